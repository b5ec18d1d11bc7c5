import { describe, expect, test } from "vitest";
import { partialChurn } from "../../../src/history/churn/partial-churn.js";
import type { PlainFact } from "../../support/history/random-history.js";
import { thrownBy } from "../../support/thrown.js";
import { type Asked, labels, outcomes, subscribers } from "./labelled-rows.js";

/** Usage from a month on, one value per month; null is a month without a row. */
function minutesFrom(
  first: string,
  values: Readonly<Record<string, readonly (number | null)[]>>,
  measure = "minutes",
): PlainFact[] {
  const [year, month] = first.split("-").map(Number);
  return Object.entries(values).flatMap(([subscriber_id, all]) =>
    all.flatMap((value, i) => {
      const day = new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 10);
      return value === null ? [] : [{ subscriber_id, month: day, [measure]: value }];
    }),
  );
}

function usageFrom(
  first: string,
  values: Readonly<Record<string, readonly (number | null)[]>>,
  measure?: string,
) {
  const people = subscribers(Object.fromEntries(Object.keys(values).map((id) => [id, {}])));
  return { subscribers: people, usage: minutesFrom(first, values, measure) };
}

// Baseline of October to December 2024; January is the gap; recent are February and March 2025.
const ASKED: Asked = { observe: 3, gap: 1, horizon: 2 };
const minutes = { table: "usage", measure: "minutes" } as const;

describe("partialChurn({ table, measure })", () => {
  test("churn is a level of 0.2 of the subscriber's baseline or less, whatever the gap and the months around", async () => {
    const facts = usageFrom("2024-09", {
      // Sep | Oct Nov Dec | Jan | Feb Mar | Apr. Baseline 100: 20 is at the share, 20.5 above it.
      at: [0, 90, 100, 110, 500, 30, 10, 500],
      above: [0, 90, 100, 110, 0, 30, 11, 0],
      silent: [900, 90, 100, 110, 500, 0, 0, 500],
    });
    expect(await labels(facts, partialChurn(minutes), ASKED)).toEqual({ at: 1, above: 0, silent: 1 });
  });

  test("the churn day is the last day of the prediction window", async () => {
    const facts = usageFrom("2024-10", { fell: [50, 50, 50, 50, 0, 0], stayed: [50, 50, 50, 50, 50, 50] });
    expect(await outcomes(facts, partialChurn(minutes), ASKED)).toEqual({
      fell: { churnDay: "2025-03-31", reason: null, outDay: null },
      stayed: { churnDay: null, reason: null, outDay: null },
    });
    expect(await labels(facts, partialChurn(minutes), { ...ASKED, followedUntil: "2025-04-01" })).toEqual({
      fell: 1,
      stayed: 0,
    });
    expect(await labels(facts, partialChurn(minutes), { ...ASKED, followedUntil: "2025-03-31" })).toEqual({
      fell: null,
      stayed: null,
    });
  });

  test("a level at the share is churn, however the share is rounded", async () => {
    // 0.29 × 100 = 28.999999999999996 and 0.57 × 100 = 56.99999999999999 in doubles; 0.0001 more is above.
    for (const share of [0.05, 0.1, 0.29, 0.3, 0.57, 0.7]) {
      const level = Number((share * 100).toFixed(4));
      const facts = usageFrom("2024-10", {
        at: [100, 100, 100, 0, level, level],
        above: [100, 100, 100, 0, level, level + 0.0002],
      });
      expect(await labels(facts, partialChurn({ ...minutes, share }), ASKED)).toEqual({ at: 1, above: 0 });
    }
  });

  test("a month without a row, or without a value, counts as 0", async () => {
    const facts = usageFrom("2024-10", {
      // Baseline (60 + 0 + 0) / 3 = 20: 4 is at the share. Over one month it would be 60, and 5 below it.
      baseline: [60, null, null, null, 5, 5],
      "baseline at": [60, null, null, null, 4, 4],
      // Recent (39 + 0) / 2 = 19.5 of 100.
      recent: [100, 100, 100, null, 39, null],
    });
    const { usage } = usageFrom("2024-10", { recent: [] });
    const empty = { subscriber_id: "recent", month: "2025-03-01", minutes: null };
    const churn = partialChurn(minutes);
    expect(await labels(facts, churn, ASKED)).toEqual({ baseline: 0, "baseline at": 1, recent: 1 });
    expect(await labels({ ...facts, usage: [...facts.usage, ...usage, empty] }, churn, ASKED)).toEqual({
      baseline: 0,
      "baseline at": 1,
      recent: 1,
    });
  });

  test("the baseline begins with the first month that begins on the day of activation or later", async () => {
    const values = [10, 100, 100, 0, 15, 15];
    const facts = {
      subscribers: subscribers({
        // October counts: baseline 70, 15 is above 14.
        "on the 1st": { activated_on: "2024-10-01" },
        // Only November and December do: baseline 100, 15 is below 20.
        "on the 2nd": { activated_on: "2024-10-02" },
        // No whole month before the cutoff: not at risk.
        "in December": { activated_on: "2024-12-02" },
      }),
      usage: minutesFrom("2024-10", { "on the 1st": values, "on the 2nd": values, "in December": values }),
    };
    expect(await labels(facts, partialChurn(minutes), ASKED)).toEqual({ "on the 1st": 0, "on the 2nd": 1 });
  });

  test("a baseline below the minimum is not at risk, and neither is one of 0", async () => {
    const facts = usageFrom("2024-10", {
      // Means of 30, 29.9999 and 0.
      at: [20, 30, 40, 0, 0, 0],
      below: [20, 30, 39.9997, 0, 0, 0],
      nothing: [0, 0, 0, 0, 0, 0],
    });
    expect(await labels(facts, partialChurn({ ...minutes, minimumBaseline: 30 }), ASKED)).toEqual({ at: 1 });
    expect(await labels(facts, partialChurn(minutes), ASKED)).toEqual({ at: 1, below: 1 });
  });

  test("a subscriber whose subscription ends before the window does has no row", async () => {
    const fell = [50, 50, 50, 50, 0, 0];
    const ended = (ended_on: string) => ({ ended_on, end_reason: "voluntary" });
    const facts = {
      subscribers: subscribers({
        "in the window": ended("2025-03-01"),
        "on its last day": ended("2025-03-31"),
        "after it": ended("2025-04-01"),
      }),
      usage: minutesFrom("2024-10", { "in the window": fell, "on its last day": fell, "after it": fell }),
    };
    expect(await labels(facts, partialChurn(minutes), ASKED)).toEqual({ "after it": 1 });
  });

  test("only whole months count where windows begin or end within one", async () => {
    // t = 2025-01-15: baseline of October to December; window [2025-02-15, 2025-04-15): only March.
    const facts = usageFrom("2024-09", { 张三: [0, 100, 100, 100, 0, 100, 20, 100] });
    expect(await labels(facts, partialChurn(minutes), { ...ASKED, at: "2025-01-15" })).toEqual({ 张三: 1 });
  });

  test("measures of bills and Chinese names", async () => {
    const facts = usageFrom("2024-10", { 李四: [5, 5, 5, 5, 1, 1] }, "流量");
    expect(await labels(facts, partialChurn({ table: "usage", measure: "流量" }), ASKED)).toEqual({
      李四: 1,
    });
    const billing = minutesFrom("2024-10", { 李四: [50, 50, 50, 50, 10, 11] }, "revenue");
    const revenue = { table: "billing", measure: "revenue" } as const;
    expect(await labels({ ...facts, billing }, partialChurn(revenue), ASKED)).toEqual({ 李四: 0 });
    expect(await labels({ ...facts, billing }, partialChurn({ ...revenue, share: 0.21 }), ASKED)).toEqual({
      李四: 1,
    });
  });
});

describe("options of partialChurn()", () => {
  test.each([
    [
      { table: "payments" as "usage" },
      'partialChurn: table: must be "usage" or "billing", received "payments"',
    ],
    [{ measure: "" }, 'partialChurn: measure: must name a column, received ""'],
    [{ share: 0 }, "partialChurn: share: must lie between 0 and 1, both excluded, received 0"],
    [{ share: 1 }, "partialChurn: share: must lie between 0 and 1, both excluded, received 1"],
    [{ share: Number.NaN }, "partialChurn: share: must lie between 0 and 1, both excluded, received NaN"],
    [{ minimumBaseline: 0 }, "partialChurn: minimumBaseline: must be finite and above 0, received 0"],
  ])("%j is refused", async (options, message) => {
    expect((await thrownBy(() => partialChurn({ ...minutes, ...options }))).message).toContain(message);
  });

  test("a column that is not a measure, and windows without a whole month, are refused", async () => {
    const facts = usageFrom("2024-10", { 张三: [1] });
    const refusal = async (options: Parameters<typeof partialChurn>[0], asked: Asked) =>
      (await thrownBy(() => labels(facts, partialChurn(options), asked))).message;
    expect(await refusal({ table: "usage", measure: "month" }, ASKED)).toBe(
      'partialChurn: measure: must be one of minutes, 流量, received "month"',
    );
    expect(await refusal(minutes, { ...ASKED, horizon: { days: 20 } })).toBe(
      'partialChurn: horizon: must hold a whole month at every cutoff, received "2025-01-01"',
    );
    expect(await refusal(minutes, { ...ASKED, observe: { days: 20 } })).toContain(
      "partialChurn: observe: must hold",
    );
  });
});
