import { describe, expect, test } from "vitest";
import { payments } from "../../../src/history/families/payments.js";
import { snapshotRows, withFacts } from "../../support/history/history-tables.js";

const AT = { at: "2025-07", observe: 6 };
const payment = (
  paid_on: string,
  amount: number,
  days_late: number | null,
  balance: number | null,
  known_at: string | null = null,
) => ({ subscriber_id: "甲", paid_on, amount, days_late, balance, known_at });
const HISTORY = {
  subscribers: ["甲", "乙"].map((subscriber_id) => ({ subscriber_id, activated_on: "2022-01-01" })),
  payments: [
    payment("2024-12-31", 99, 30, -50),
    payment("2025-01-10", 10.5, 0, 5),
    payment("2025-02-09", 20, 4, 3),
    payment("2025-04-10", 30, -2, 8),
    payment("2025-04-10", 30.25, null, -1.5),
  ],
};

describe("payments", () => {
  test("gives amounts, delays, rhythm and balance within the window", async () => {
    const [without, row] = await snapshotRows(HISTORY, AT, [payments()]);
    expect(row).toEqual({
      subscriber_id: "甲",
      cutoff: "2025-07-01",
      payment_count: 4,
      payment_mean: 22.6875, // (10.5 + 20 + 30 + 30.25) / 4
      payment_total: 90.75,
      days_since_payment: 82, // 20 of April, 31 of May, 30 of June, and the day itself
      payment_rhythm: 30, // 90 days from the first to the last, in 3 steps
      payment_overdue: 82 / 30,
      late_payments: 1,
      days_late_worst: 4,
      days_late_mean: expect.closeTo((0 + 4 + 0) / 3, 12), // what is not known does not count, early is not late
      balance_last: -1.5, // the lower of the two of the last day
      in_arrears: 1,
    });
    expect(without).toEqual({
      subscriber_id: "乙",
      cutoff: "2025-07-01",
      payment_count: 0,
      payment_mean: null,
      payment_total: 0,
      days_since_payment: null,
      payment_rhythm: null,
      payment_overdue: null,
      late_payments: 0,
      days_late_worst: null,
      days_late_mean: null,
      balance_last: null,
      in_arrears: 0,
    });
  });

  test("sums without rounding error, the same in any order of rows", async () => {
    const tenths = Array.from({ length: 10 }, () => payment("2025-03-03", 0.1, 0.1, null));
    const [, row] = await snapshotRows({ ...HISTORY, payments: tenths }, AT, [payments()]);
    // Ten doubles of 0.1 add up to 0.9999999999999999.
    expect(row).toMatchObject({ payment_total: 1, payment_mean: 0.1, days_late_mean: 0.1 });
  });

  test("has no rhythm for payments on a single day", async () => {
    const [row] = await snapshotRows(
      { subscribers: HISTORY.subscribers.slice(0, 1), payments: HISTORY.payments.slice(3) },
      AT,
      [payments()],
    );
    expect(row).toMatchObject({ payment_count: 2, payment_rhythm: 0, payment_overdue: null });
  });

  test("leaves out delays and balances without their columns", async () => {
    const facts = HISTORY.payments.map(({ subscriber_id, paid_on, amount }) => ({
      subscriber_id,
      paid_on,
      amount,
    }));
    const [row] = await snapshotRows({ ...HISTORY, payments: facts }, AT, [payments()]);
    expect(Object.keys(row).slice(2)).toEqual([
      "payment_count",
      "payment_mean",
      "payment_total",
      "days_since_payment",
      "payment_rhythm",
      "payment_overdue",
    ]);
  });

  test("does not use payments that are made or become known on the cutoff or later", async () => {
    const later = {
      payments: [payment("2025-07-01", 500, 9, 9), payment("2025-06-20", 500, 9, 9, "2025-07-01")],
    };
    expect(await snapshotRows(withFacts(HISTORY, later), AT, [payments()])).toEqual(
      await snapshotRows(HISTORY, AT, [payments()]),
    );
  });
});
