import { type HistoryTables, type SnapshotRow, schemaOf } from "../support/history/history-tables.js";

const use = (subscriber_id: string, month: string, minutes: number, known_at: string | null = null) => ({
  subscriber_id,
  month,
  minutes,
  known_at,
});
const on = (
  subscriber_id: string,
  tariff: string,
  monthly_fee: number,
  [valid_from, valid_to]: readonly [string, string | null],
  known_at: string | null = null,
) => ({ subscriber_id, tariff, monthly_fee, valid_from, valid_to, known_at });

const cost = (
  tariff: string,
  product: string,
  [fee, included, price_beyond]: readonly (number | null)[],
  [valid_from, valid_to]: readonly [string, string | null],
) => ({ tariff, product, fee, included, price_beyond, valid_from, valid_to });

/** Ends of months, a leap day, late knowledge and corrections. */
export const HISTORY: HistoryTables = {
  subscribers: [
    ["leap", "2024-02-29", null, "1984-02-29", null],
    ["first", "2024-01-01", null, "2000-03-01", null],
    // An end on the anniversary, which became known three days later.
    ["end", "2024-01-31", "2025-01-31", null, "2025-02-03"],
    ["new", "2024-12-01", null, null, null],
    ["late", "2024-06-01", "2025-03-30", null, null],
  ].map(([subscriber_id, activated_on, ended_on, birth_date, known_at]) => ({
    subscriber_id,
    activated_on,
    ended_on,
    birth_date,
    known_at,
  })),
  tariffs: [
    on("first", "A", 10, ["2024-01-01", "2025-01-15"]),
    on("first", "B", 90, ["2025-01-15", "2025-01-15"]),
    on("first", "C", 30, ["2025-01-15", "2025-02-28"]),
    on("leap", "S", 10, ["2024-02-29", null]),
    // What was signed on the leap day was another tariff: known a year later.
    on("leap", "M", 20, ["2024-02-29", null], "2025-02-10"),
  ],
  usage: [
    ...["2024-10", "2024-11", "2024-12", "2025-01", "2025-02"].map((month) => use("leap", month, 10)),
    use("first", "2024-11", 60),
    use("first", "2025-01", 30, "2025-02-10"),
  ],
  payments: ["2024-09-30", "2024-10-01", "2025-01-30", "2025-01-31"].map((paid_on) => ({
    subscriber_id: "first",
    paid_on,
    amount: 5,
  })),
  contacts: [
    { subscriber_id: "first", at: "2025-01-30", channel: "call", outcome: "accepted" },
    { subscriber_id: "first", at: "2025-02-27", channel: "mail", outcome: "held_out" },
  ],
  activity: ["2025-01-30", "2025-01-31"].map((day) => ({ subscriber_id: "first", day, mb: 1.5 })),
  managers: [
    { subscriber_id: "leap", manager: "Li", valid_from: "2024-02-29", valid_to: "2025-01-31" },
    { subscriber_id: "leap", manager: "Wang", valid_from: "2025-01-31", valid_to: null },
  ],
  prices: [
    cost("S", "base", [10, null, null], ["2024-01-01", "2025-02-28"]),
    cost("S", "base", [5, null, null], ["2025-02-28", null]),
    cost("S", "minutes", [null, 4, 0.5], ["2024-01-01", null]),
    cost("M", "base", [12, null, null], ["2024-01-01", null]),
  ],
};
export const SCHEMA = schemaOf(HISTORY);

/** Worked out by hand from the rules in docs/history-and-snapshots.md. Months are those of 30.436875 days. */
export const FEATURES: Readonly<Record<string, Readonly<Record<string, Readonly<SnapshotRow>>>>> = {
  "2025-01-31": {
    leap: {
      tenure_band: "7-12",
      months_to_anniversary: 1,
      age: 40,
      minutes_mean: 10,
      tariff: "S",
      has_manager: 1,
      days_with_manager: 337,
      manager_changes: 0,
      // 10 + 0.5 × 6 in S, 12 in M.
      tariff_saving: 1,
      tariff_saving_share: 1 / 13,
      cheapest_tariff: "M",
      contacts: 0,
      longest_pause_30: 30,
    },
    first: {
      tenure_band: "13-24",
      months_to_anniversary: 12,
      // October without a row, November, December without a row.
      minutes_mean: 20,
      minutes_last: 0,
      minutes_silent_months: 2,
      // From 2024-10-01 on, without the day of the cutoff.
      payment_count: 2,
      days_since_payment: 1,
      tariff: "C",
      tariff_changes: 1,
      monthly_fee: 30,
      monthly_fee_change: 20,
      months_on_tariff: 16 / 30.436875,
      // C has no prices.
      tariff_saving: null,
      days_since_contact: 1,
      offers_accepted: 1,
      last_channel: "call",
      active_days_30: 1,
      longest_pause_30: 29,
      has_manager: 0,
    },
    end: { tenure_band: "13-24", months_to_anniversary: 12 },
    new: { is_new: 1, tenure_band: "1-3", minutes_mean: 0, minutes_silent_months: 1, minutes_last: 0 },
    late: { tenure_band: "7-12", months_to_anniversary: 5 },
  },
  "2025-02-01": {
    leap: {
      months_to_anniversary: 1,
      tariff: "S",
      monthly_fee: 10,
      tariff_changes: 0,
      days_with_manager: 1,
      manager_changes: 1,
    },
    first: {
      months_to_anniversary: 11,
      minutes_mean: 20,
      minutes_last: 0,
      payment_count: 2,
      active_days_30: 2,
    },
    // Ended the day before, but that is not known.
    end: { tenure_band: "13-24", months_to_anniversary: 12 },
    new: { is_new: 1, months_to_anniversary: 10 },
    late: { months_to_anniversary: 4 },
  },
  "2025-02-28": {
    // The last day of February completes the month of the 29th.
    leap: {
      tenure_band: "13-24",
      months_to_anniversary: 12,
      age: 41,
      tariff: "M",
      monthly_fee: 20,
      tariff_saving: 0,
      cheapest_tariff: "M",
    },
    first: {
      months_to_anniversary: 11,
      age: 24,
      minutes_mean: 30,
      minutes_last: 30,
      payment_count: 2,
      days_since_payment: 28,
      tariff: "C",
    },
    new: { is_new: 1, tenure_band: "1-3", months_to_anniversary: 10 },
    late: { months_to_anniversary: 4 },
  },
  "2025-03-01": {
    leap: {
      tenure_band: "13-24",
      months_to_anniversary: 12,
      minutes_mean: 10,
      tariff_changes: 0,
      tariff_saving: 4,
      cheapest_tariff: "S",
    },
    first: {
      months_to_anniversary: 10,
      age: 25,
      // December without a row, January; that of January came ten days late, so one of February may still come.
      minutes_mean: 15,
      minutes_last: null,
      minutes_silent_months: 1,
      payment_count: 2,
      // It ended on 2025-02-28, and no other began.
      tariff: null,
      months_on_tariff: null,
      monthly_fee: null,
      // The one of the day before was drawn for a control group.
      contacts: 1,
      days_since_contact: 30,
      active_days_30: 2,
      days_since_activity: 29,
      longest_pause_30: 28,
    },
    new: { is_new: 0, tenure_band: "4-6", months_to_anniversary: 9 },
    late: { months_to_anniversary: 3 },
  },
};
/** Prediction windows of one month after a gap of one: from 2025-01-31 it is [2025-02-28, 2025-03-31). */
export const LABELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "2025-01-31": { leap: 0, first: 0, new: 0, late: 1 },
  "2025-02-01": { leap: 0, first: 0, new: 0, late: 1 },
  "2025-02-28": { leap: 0, first: 0, new: 0, late: 1 },
};
