import { describe, expect, test } from "vitest";
import { arpu } from "../../../src/history/families/arpu.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

const AT = { at: "2025-07", observe: 6 };
const bill = (subscriber_id: string, month: string, revenue: number, known_at: string | null = null) => ({
  subscriber_id,
  month,
  revenue,
  known_at,
});
const HISTORY = {
  subscribers: ["A", "B", "无"].map((subscriber_id) => ({ subscriber_id, activated_on: "2022-01-01" })),
  billing: [
    bill("A", "2024-12", 999),
    bill("A", "2025-01", 60),
    bill("A", "2025-02", 60),
    bill("A", "2025-03", 60),
    bill("A", "2025-04", 30),
    bill("A", "2025-05", 300),
    bill("A", "2025-06", 30),
    bill("B", "2025-06", 30),
  ],
};

describe("arpu", () => {
  test("gives level, change, trend and volatility of the bill, and its band among all", async () => {
    const [row, other, without] = await snapshotRows(HISTORY, AT, [arpu()]);
    expect(row).toEqual({
      subscriber_id: "A",
      cutoff: "2025-07-01",
      arpu_mean: 90, // 540 / 6
      arpu_last: 30,
      arpu_change: -60,
      arpu_last_to_mean: 30 / 90,
      arpu_last_to_previous: 0.1,
      // 3 · 30² + 2 · 60² + 210² = 54,000, over 6 = 9,000.
      arpu_volatility: expect.closeTo(Math.sqrt(9000) / 90, 12),
      // June to March −10, May to February +80, April to January −10: the odd month of May does not move the median.
      arpu_slope: -10,
      arpu_band: "2 and over", // 90 against the mean of 90, 5 and 0
    });
    expect(other).toMatchObject({
      arpu_mean: 5, // one bill of 30 in six months
      arpu_change: 25,
      arpu_last_to_previous: null,
      arpu_volatility: expect.closeTo(Math.sqrt((25 ** 2 + 5 * 5 ** 2) / 6) / 5, 12),
      arpu_slope: 0, // 10, 0 and 0
      arpu_band: "under 0.5",
    });
    expect(without).toMatchObject({ arpu_mean: 0, arpu_last: 0, arpu_band: "under 0.5" });
  });

  test("compares the mean bill with that of the tariff", async () => {
    const on = (subscriber_id: string, tariff: string) => ({
      subscriber_id,
      tariff,
      valid_from: "2024-01-01",
      valid_to: null,
    });
    const tariffs = [on("A", "畅享"), on("B", "畅享"), on("无", "畅享")];
    const rows = await snapshotRows({ ...HISTORY, tariffs }, AT, [arpu()]);
    expect(rows.map((row) => row.arpu_to_tariff_mean)).toEqual([90, 5, 0].map((mean) => mean / (95 / 3)));
  });

  test("uses neither the month of the cutoff, nor facts that become known on it", async () => {
    const later = withFacts(HISTORY, {
      billing: [bill("A", "2025-07", 7), bill("B", "2025-05", 7, "2025-07-01")],
    });
    expect(await snapshotRows(later, AT, [arpu()])).toEqual(await snapshotRows(HISTORY, AT, [arpu()]));
  });
});
