import { describe, expect, test } from "vitest";
import { arpu } from "../../../src/history/families/arpu.js";
import { tariff } from "../../../src/history/families/tariff.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

const AT = { at: "2025-07", observe: 6 };
const subscriber = (subscriber_id: string, ended_on: string | null = null) => ({
  subscriber_id,
  activated_on: "2023-01-01",
  ended_on,
});
const FEES: Readonly<Record<string, number>> = { basic: 10, smart: 20, "畅享 59": 59 };
const on = (
  subscriber_id: string,
  name: string,
  valid_from: string,
  valid_to: string | null,
  known_at: string | null = null,
) => ({ subscriber_id, tariff: name, monthly_fee: FEES[name] ?? null, valid_from, valid_to, known_at });
const HISTORY = {
  subscribers: [
    subscriber("A"),
    subscriber("B"),
    subscriber("C", "2025-05-05"),
    subscriber("D", "2024-12-31"),
    subscriber("E", "2025-07-15"),
    subscriber("F"),
    subscriber("无套餐"),
  ],
  tariffs: [
    on("A", "basic", "2023-06-01", "2024-01-10"),
    on("A", "smart", "2024-01-10", "2025-03-01"),
    on("A", "畅享 59", "2025-03-01", null),
    on("B", "smart", "2024-01-01", null),
    on("C", "smart", "2024-01-01", "2025-05-05"),
    on("D", "畅享 59", "2024-01-01", "2024-12-31"),
    on("E", "smart", "2023-06-01", "2024-06-01"),
    on("E", "畅享 59", "2024-06-01", null),
    on("F", "smart", "2024-02-01", "2025-02-01"),
    on("F", "畅享 59", "2025-02-01", "2025-02-15"),
    on("F", "smart", "2025-02-15", "2025-03-01"),
    on("F", "畅享 59", "2025-03-01", "2025-04-01"),
    on("F", "smart", "2025-04-01", null),
  ],
};
/** Days as months of mean length; from 2025-03-01 to the cutoff they are 122, from 2025-04-01 91. */
const months = (days: number) => days / 30.436875;

describe("tariff", () => {
  test("gives the tariff, the time on it, the changes and the fee", async () => {
    const rows = await snapshotRows(HISTORY, AT, [tariff()]);
    const features = rows.map((row) => [
      row.subscriber_id,
      row.tariff,
      row.months_on_tariff,
      row.tariff_changes,
      row.monthly_fee,
      row.monthly_fee_change,
    ]);
    expect(features).toEqual([
      // The change from basic lies before the window.
      ["A", "畅享 59", months(122), 1, 59, 39],
      ["B", "smart", months(547), 0, 20, 0], // 366 days of 2024, 181 of 2025
      ["E", "畅享 59", months(395), 0, 59, 0],
      ["F", "smart", months(91), 4, 20, 0],
      ["无套餐", null, null, null, null, null],
    ]);
  });

  test("a change on the first day of the window counts, with the fee before it", async () => {
    const tariffs = [on("A", "basic", "2024-01-01", "2025-01-01"), on("A", "smart", "2025-01-01", null)];
    const [row] = await snapshotRows({ ...HISTORY, tariffs }, AT, [tariff()]);
    expect(row).toMatchObject({ tariff: "smart", tariff_changes: 1, monthly_fee_change: 10 });
  });

  test("gives the share who left each tariff in the window, shrunk by 100 subscribers with the overall share", async () => {
    const rows = await snapshotRows(HISTORY, AT, [tariff()]);
    const rates = Object.fromEntries(rows.map((row) => [row.subscriber_id, row.tariff_past_churn_rate]));
    // Active in the window: A, B, C, E, F, of whom C left: 1 / 5 of all. D had left before, the end of E is not known yet.
    // On smart: A, B, C and F, who counts once; E was on it before: (1 + 100 · 0.2) / (4 + 100).
    // On 畅享 59: A, E and F, who counts once here too; none of them left from it: (0 + 100 · 0.2) / (3 + 100).
    expect(rates).toEqual({
      A: 20 / 103,
      B: 21 / 104,
      E: 20 / 103,
      F: 21 / 104,
      无套餐: 0.2,
    });
  });

  test("divides the fee, or the mean bill where there is one, by the use", async () => {
    const used = {
      ...HISTORY,
      usage: [
        { subscriber_id: "A", month: "2025-05", minutes: 100, 流量: 0 },
        { subscriber_id: "A", month: "2025-06", minutes: 200, 流量: 0 },
      ],
    };
    const [row] = await snapshotRows(used, AT, [tariff()]);
    expect(row).toMatchObject({ price_per_minutes: 59 / 150, price_per_流量: null });

    const billing = [
      { subscriber_id: "A", month: "2025-05", revenue: 30 },
      { subscriber_id: "A", month: "2025-06", revenue: 60 },
    ];
    const [billed] = await snapshotRows({ ...used, billing }, AT, [arpu(), tariff()]);
    expect(billed).toMatchObject({ arpu_mean: 45, price_per_minutes: 45 / 150, price_per_流量: null });
  });

  test("leaves out fees and departures without their columns", async () => {
    const history = {
      subscribers: HISTORY.subscribers.map(({ ended_on: _, ...facts }) => facts),
      tariffs: HISTORY.tariffs.map(({ monthly_fee: _, ...facts }) => facts),
      usage: [{ subscriber_id: "A", month: "2025-05", minutes: 100 }],
    };
    const [row] = await snapshotRows(history, AT, [tariff()]);
    expect(Object.keys(row).slice(2)).toEqual(["tariff", "months_on_tariff", "tariff_changes"]);
  });

  test("does not use facts that begin, end or become known on the cutoff or later", async () => {
    const later = {
      subscribers: [{ ...subscriber("G", "2025-07-02"), activated_on: "2025-07-01" }],
      tariffs: [
        on("B", "basic", "2025-07-01", null),
        on("F", "basic", "2025-06-01", null, "2025-07-01"),
        on("G", "smart", "2025-07-01", "2025-07-02"),
      ],
    };
    const ending = {
      subscribers: HISTORY.subscribers.map((fact) => ({ ...fact, ended_on: fact.ended_on ?? "2025-07-01" })),
      tariffs: HISTORY.tariffs.map((fact) => ({ ...fact, valid_to: fact.valid_to ?? "2025-07-01" })),
    };
    expect(await snapshotRows(withFacts(ending, later), AT, [tariff()])).toEqual(
      await snapshotRows(HISTORY, AT, [tariff()]),
    );
  });
});
