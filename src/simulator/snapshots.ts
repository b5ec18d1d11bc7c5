import { codeTexts } from "../table/resolve-column.js";
import { type Column, createTable, type Table } from "../table/table.js";
import { firstDayOf } from "./calendar.js";
import { groupDepartures, type SimulatedOperator } from "./simulated-operator.js";
import { type OperatorSnapshotOptions, type SnapshotRow, snapshotRows } from "./snapshot-rows.js";

/**
 * The flat table a data scientist would get from the operator: for each cutoff *t* one row per subscriber who was there
 * for at least one month and did not leave before *t* + gap. Every value was known before *t*; `churned` is 1 where the
 * departure falls in [*t* + gap, *t* + gap + horizon), else 0.
 * @example operatorSnapshots(simulateOperator(), { cutoffs: ["2025-02-01"] })
 * @throws HoldfastError with all options out of range, and cutoffs whose windows the simulation does not cover.
 */
export function operatorSnapshots(operator: SimulatedOperator, options: OperatorSnapshotOptions): Table {
  const { observationMonths = 6 } = options;
  const rows = snapshotRows(operator, options);
  const { subscribers, facts, firstMonth, monthCount } = operator;

  /** The fact of `monthsAgo` months before the cutoff, NaN without service. */
  const factOf = (matrix: Float64Array, { subscriber, cutoff }: SnapshotRow, monthsAgo: number) =>
    matrix[subscriber * monthCount + cutoff - monthsAgo - firstMonth];
  const totalOf = (matrix: Float64Array, row: SnapshotRow, months: number) => {
    let total = 0;
    let seen = 0;
    for (let monthsAgo = 1; monthsAgo <= months; monthsAgo++) {
      const value = factOf(matrix, row, monthsAgo);
      if (Number.isNaN(value)) continue;
      total += value;
      seen++;
    }
    return { total, mean: total / seen };
  };
  const numeric = (name: string, numberOf: (row: SnapshotRow) => number): Column => ({
    kind: "numeric",
    name,
    values: Float64Array.from(rows, numberOf),
  });
  const categorical = (name: string, textOf: (row: SnapshotRow) => string): Column => {
    const { codes, texts } = codeTexts(name, rows.map(textOf));
    return { kind: "categorical", name, codes, categories: texts };
  };
  const monthly = (name: string, matrix: Float64Array) =>
    Array.from({ length: observationMonths }, (_, i) =>
      numeric(`${name}_m${i + 1}`, (row) => factOf(matrix, row, i + 1)),
    );

  return createTable([
    { kind: "text", name: "subscriber_id", values: rows.map((row) => subscribers[row.subscriber].id) },
    {
      kind: "numeric",
      name: "cutoff",
      values: Float64Array.from(rows, (row) => firstDayOf(row.cutoff)),
      isDate: true,
    },
    numeric("tenure_months", (row) => row.cutoff - subscribers[row.subscriber].activationMonth),
    categorical("tariff", (row) => subscribers[row.subscriber].tariff),
    numeric("monthly_fee", (row) => subscribers[row.subscriber].monthlyFee),
    categorical("payment_kind", (row) => subscribers[row.subscriber].paymentKind),
    categorical("region", (row) => subscribers[row.subscriber].region),
    categorical("group_kind", (row) => subscribers[row.subscriber].groupKind),
    numeric("group_size", (row) => groupSize(operator, row)),
    numeric("group_departures_3m", (row) =>
      groupDepartures(operator, row.subscriber, row.cutoff - 3, row.cutoff),
    ),
    numeric("months_to_contract_end", (row) => {
      const left = factOf(facts.contractEnd, row, 1) - row.cutoff;
      return left >= 0 ? left : Number.NaN;
    }),
    numeric("arpu_last", (row) => factOf(facts.arpu, row, 1)),
    numeric("arpu_mean_6m", (row) => Math.round(totalOf(facts.arpu, row, 6).mean * 100) / 100),
    ...monthly("minutes", facts.minutes),
    ...monthly("data_gb", facts.dataGb),
    numeric("complaints_3m", (row) => totalOf(facts.complaints, row, 3).total),
    numeric("late_payments_6m", (row) => totalOf(facts.latePayments, row, 6).total),
    numeric("churned", (row) => row.churned),
  ]);
}

function groupSize(operator: SimulatedOperator, { subscriber, cutoff }: SnapshotRow): number {
  const { members } = operator.groups[operator.subscribers[subscriber].group];
  return members.filter(
    (member) =>
      operator.subscribers[member].activationMonth < cutoff && !(operator.departureMonth[member] < cutoff),
  ).length;
}
