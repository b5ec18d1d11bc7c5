import { describe, expect, test } from "vitest";
import { usageTrend } from "../../../src/history/families/usage-trend.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

const AT = { at: "2025-07", observe: 6 };
const use = (
  subscriber_id: string,
  month: string,
  minutes: number | null,
  流量: number | null = null,
  known_at: string | null = null,
) => ({ subscriber_id, month, minutes, 流量, known_at });
const HISTORY = {
  subscribers: [
    { subscriber_id: "A", activated_on: "2024-01-01" },
    { subscriber_id: "B", activated_on: "2024-01-01" },
  ],
  usage: [
    use("A", "2024-12", 9999, 9999),
    use("A", "2025-01", 100, 0),
    use("A", "2025-02", 100, 8),
    use("A", "2025-03", 100, 4),
    use("A", "2025-04", 50, 0),
    // No subscriber has a row of May: the table does not know that month.
    use("A", "2025-06", 10, null),
  ],
};

describe("usageTrend", () => {
  test("gives level, change, volatility and silent months of each measure", async () => {
    const [row] = await snapshotRows(HISTORY, AT, [usageTrend()]);
    expect(row).toEqual({
      subscriber_id: "A",
      cutoff: "2025-07-01",
      minutes_mean: 72, // (100 + 100 + 100 + 50 + 10) / 5
      minutes_last: 10,
      minutes_last_to_mean: 10 / 72,
      minutes_last_to_previous: null, // May is not known
      // Squares of the distances from 72: 3 · 28² + 22² + 62² = 6680, over 5 = 1336.
      minutes_volatility: expect.closeTo(Math.sqrt(1336) / 72, 12),
      minutes_active_months: 5,
      minutes_silent_months: 0,
      minutes_recency: 1,
      // June to March (10 − 100) / 3 = −30, April to January −50 / 3; of two slopes the mean.
      minutes_slope: expect.closeTo((-30 - 50 / 3) / 2, 12),
      minutes_fell_80: 1, // 10 ≤ 0.2 · (100 + 100 + 100 + 50) / 4 = 17.5
      minutes_last3_to_previous3: 30 / 100, // the means of 50 and 10, and of three times 100
      流量_mean: 3, // (0 + 8 + 4 + 0) / 4
      流量_last: null,
      流量_last_to_mean: null,
      流量_last_to_previous: null,
      // 3² + 5² + 1² + 3² = 44, over 4 = 11.
      流量_volatility: expect.closeTo(Math.sqrt(11) / 3, 12),
      流量_active_months: 2,
      流量_silent_months: 2,
      流量_recency: 4,
      流量_slope: 0, // April to January: (0 − 0) / 3; the other pairs miss a month
      流量_fell_80: 0, // the last month is not known
      流量_last3_to_previous3: 0, // 0 / 4
    });
  });

  test("counts no use in the five months that the table has, for a subscriber without rows", async () => {
    const [, row] = await snapshotRows(HISTORY, AT, [usageTrend(["流量"])]);
    expect(row).toEqual({
      subscriber_id: "B",
      cutoff: "2025-07-01",
      流量_mean: 0,
      流量_last: 0,
      流量_last_to_mean: null,
      流量_last_to_previous: null,
      流量_volatility: null,
      流量_active_months: 0,
      流量_silent_months: 5,
      流量_recency: null,
      流量_slope: 0,
      流量_fell_80: 0,
      流量_last3_to_previous3: null,
    });
  });

  test("a fall to just a fifth counts as one by 80 %, a fall to more does not", async () => {
    const fell = async (last: number) => {
      const usage = [use("A", "2025-04", 30), use("A", "2025-05", 20), use("A", "2025-06", last)];
      const [row] = await snapshotRows({ ...HISTORY, usage }, AT, [usageTrend(["minutes"])]);
      return row.minutes_fell_80;
    };
    expect(await fell(5)).toBe(1); // the mean before is 25
    expect(await fell(5.001)).toBe(0);
  });

  test.each([
    // Two whole months that are shorter than two mean ones.
    ["2025-01-01", "2025-03-01", 2],
    ["2025-01-02", "2025-03-01", 1],
    ["2025-01-31", "2025-03-31", 1],
    ["2024-12-16", "2025-01-15", 0],
    ["2024-02-01", "2024-03-01", 1],
  ])("activated on %s, at %s silent for %i whole months", async (activated_on, at, months) => {
    const history = {
      subscribers: [{ subscriber_id: "A", activated_on }],
      usage: ["2024-12", "2025-01", "2025-02"]
        .map((month) => use("another", month, 1))
        .concat([use("another", "2024-02", 1)]),
    };
    const [row] = await snapshotRows(history, { at, observe: 6 }, [usageTrend(["minutes"])]);
    expect(row.minutes_silent_months).toBe(months);
  });

  test("leaves out features that a short window is not enough for", async () => {
    const columns = async (observe: number | { days: number }) => {
      const [row] = await snapshotRows(HISTORY, { at: "2025-07", observe }, [usageTrend(["minutes"])]);
      return Object.keys(row);
    };
    expect(await columns(6)).toContain("minutes_last3_to_previous3");
    expect(await columns(5)).not.toContain("minutes_last3_to_previous3");
    expect(await columns(4)).toContain("minutes_slope");
    expect(await columns(3)).not.toContain("minutes_slope");
    expect(await columns(1)).not.toContain("minutes_fell_80");
    expect(await columns({ days: 20 })).toEqual(["subscriber_id", "cutoff"]);
  });

  test("refuses an unknown measure, and lists those that exist", async () => {
    await expect(snapshotRows(HISTORY, AT, [usageTrend(["minutes", "sms"])])).rejects.toThrow(
      /usageTrend: measures\[1\]: must be a measure of usage: minutes, 流量, received "sms"/,
    );
  });

  test("uses neither the month of the cutoff, nor facts that become known on it or later", async () => {
    const known = withFacts(HISTORY, { usage: [use("B", "2025-05", 7, 7, "2025-06-30")] });
    const later = {
      usage: [
        use("A", "2025-07", 500, 500),
        use("A", "2025-05", 500, 500, "2025-07-01"),
        use("B", "2025-06", 500, 500, "2025-08-01"),
      ],
    };
    const rows = await snapshotRows(withFacts(known, later), AT, [usageTrend()]);
    expect(rows).toEqual(await snapshotRows(known, AT, [usageTrend()]));
    // May is known from this row on, which came 30 days late: one of June may still come, the other months are without use.
    expect(rows[1].流量_mean).toBe(7 / 5);
  });

  test("compares the last month with the one before", async () => {
    const usage = [use("A", "2025-05", 40, 0), use("A", "2025-06", 10, 5)];
    const [row] = await snapshotRows({ ...HISTORY, usage }, AT, [usageTrend()]);
    expect(row).toMatchObject({ minutes_last_to_previous: 0.25, 流量_last_to_previous: null });
  });

  test("uses only whole months before a cutoff within a month", async () => {
    const usage = withFacts(HISTORY, { usage: [use("A", "2025-07", 500, 500)] });
    const [row] = await snapshotRows(usage, { at: "2025-07-20", observe: 6 }, [usageTrend(["minutes"])]);
    expect(row).toMatchObject({ minutes_last: 10, minutes_mean: 72 });
  });
});
