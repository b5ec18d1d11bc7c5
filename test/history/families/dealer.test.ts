import { describe, expect, test } from "vitest";
import { dealer } from "../../../src/history/families/dealer.js";
import { snapshotRows } from "../../support/history/history-tables.js";

const AT = { at: "2025-07", observe: 6 };
const subscriber = (
  subscriber_id: string,
  dealer_id: string | null,
  activated_on: string,
  ended_on: string | null = null,
  payment_kind = "prepaid",
) => ({ subscriber_id, dealer_id, activated_on, ended_on, payment_kind });

const HISTORY = {
  subscribers: [
    subscriber("A", "甲", "2025-03-01"),
    subscriber("B", "甲", "2025-03-01"),
    subscriber("C", "甲", "2025-03-01", "2025-06-10"),
    subscriber("D", "乙", "2025-03-01"),
    subscriber("E", "乙", "2023-01-01"),
    subscriber("F", "乙", "2025-02-01", null, "invoice"),
    subscriber("G", null, "2025-02-01"),
    // Left before the observation window, and after the cutoff.
    subscriber("H", "乙", "2023-02-01", "2024-12-31"),
    subscriber("I", "甲", "2025-04-01", "2025-07-20"),
  ],
};

describe("dealer", () => {
  test("counts those activated on the same day, fewer than three as 1", async () => {
    const rows = await snapshotRows(HISTORY, AT, [dealer()]);
    const counts = rows.map((row) => [row.subscriber_id, row.dealer_same_day_activations]);
    expect(Object.fromEntries(counts)).toMatchObject({ A: 3, B: 3, D: 1, E: 1, G: 1 });
  });

  test("compares those who left in the window with all dealers', of one kind of payment and year of life", async () => {
    const rows = await snapshotRows(HISTORY, AT, [dealer()]);
    const excess = Object.fromEntries(rows.map((row) => [row.subscriber_id, row.dealer_excess_churn]));
    // New prepaid: 1 of 6 left (A, B, C, D, G, I); of 甲 1 of 4, shrunk by 50 subscribers of the rate of all.
    expect(excess.A).toBeCloseTo((1 + 50 / 6) / 54 - 1 / 6, 12);
    expect(excess.D).toBeCloseTo((0 + 50 / 6) / 51 - 1 / 6, 12);
    expect(excess.E).toBe(0);
    expect(excess.F).toBe(0);
    expect(excess.G).toBe(0);
  });

  test("has no features without dealers, and no churn without ends", async () => {
    const named = (subscribers: readonly object[]) =>
      snapshotRows({ subscribers } as never, AT, [dealer()]).then(([row]) =>
        Object.keys(row).filter((name) => name.startsWith("dealer")),
      );
    const plain = { subscriber_id: "A", activated_on: "2025-01-01", ended_on: null };
    expect(await named([plain])).toEqual([]);
    expect(await named([{ ...plain, dealer_id: "甲" }])).toEqual([
      "dealer_same_day_activations",
      "dealer_excess_churn",
    ]);
  });
});
