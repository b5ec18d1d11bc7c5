import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import { tableFromRows } from "../../src/table/rows.js";
import type { Table } from "../../src/table/table.js";
import { type SubscriberRow, subscriberRows } from "../support/subscribers.js";

/** Options of a training that takes a moment. */
export const QUICK = {
  label: "churned",
  id: "subscriber",
  classifier: [logisticRegression({ lambda: 0.01 })],
  repeats: 1,
  replicates: 5,
};

/** A table of subscribers whose ids are text. */
export function tableOf(rows: readonly SubscriberRow[]): Table {
  return tableFromRows([...rows], { columns: { subscriber: "text" } });
}

/** Subscribers with one more column. */
export function withColumn(
  name: string,
  of: (row: SubscriberRow, i: number) => SubscriberRow[string],
  count = 300,
): Table {
  return tableOf(subscriberRows(count).map((row, i) => ({ ...row, [name]: of(row, i) })));
}
