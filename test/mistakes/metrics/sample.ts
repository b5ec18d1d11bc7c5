import * as metrics from "../../../src/metrics/index.js";
import { tableFromRows } from "../../../src/table/rows.js";
import { findColumn } from "../../../src/table/table.js";
import { untypedOf } from "../every-function.js";

/** The metrics, to be called as JavaScript allows it. */
export const untyped = untypedOf(metrics);

export const labels = [0, 1, 0, 1];
export const scores = [0.1, 0.2, 0.3, 0.9];
export const texts = ["No", "Yes", "No", "Yes"];
export const table = tableFromRows(scores.map((score, row) => ({ score, churn: texts[row] })));
/** The labels as a column of a table. */
export const churn = findColumn(table, "churn");
export const predictions = scores.map((probability, row) => ({ id: `S${row}`, probability, tier: "low" }));
/** Numbers of many rows. */
export const many = Array.from({ length: 10_000 }, (_, row) => row);
