import type { GlobalExplanation } from "../../../predict/explaining/explain-globally.js";
import { createRandom, shuffle } from "../../../random.js";
import { type Table, takeRows } from "../../../table/table.js";
import type { ReportedSample } from "../report.js";

/** Rows that a description of the data is computed on at most. */
export const PROFILE_ROWS = 10_000;
/** Predictions with permuted columns that are worth their time, unless there are so many columns that too few rows were left. */
const PREDICTIONS = 100_000;
const EXPLAINED_ROWS = { least: 1500, most: 5000 };
const FEW_INPUTS = 40;

/** On how many rows, and how often, columns are permuted. @param inputs of the model. */
export function permutationsOf(inputs: number): { readonly rows: number; readonly repeats: number } {
  const repeats = inputs <= FEW_INPUTS ? 4 : 2;
  const affordable = Math.floor(PREDICTIONS / (Math.max(1, inputs) * repeats));
  return { rows: Math.min(EXPLAINED_ROWS.most, Math.max(EXPLAINED_ROWS.least, affordable)), repeats };
}

/** A random sample of the rows of a table in their order, or the table where it is not larger. @param purpose makes samples independent. */
export function sampleOfTable(table: Table, most: number, seed: number, purpose: string): Table {
  if (table.rowCount <= most) return table;
  const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  shuffle(rows, createRandom(seed, "report", purpose));
  return takeRows(table, rows.subarray(0, most).sort());
}

/** How many rows the parts that do not use all of them were computed on. */
export function samplesOf(
  rows: number,
  profiled: number,
  explanation: GlobalExplanation | null,
): ReportedSample[] {
  const samples: ReportedSample[] = [{ part: "profile", rows: profiled, of: rows }];
  if (explanation !== null) {
    const { contributions, curves, curveRows } = explanation;
    samples.push({ part: "explanation", rows: explanation.rows.used, of: rows });
    if (contributions !== null) samples.push({ part: "contributions", rows: contributions.rows, of: rows });
    if (curves.length > 0) samples.push({ part: "curves", rows: curveRows, of: rows });
  }
  return samples.filter((sample) => sample.rows < sample.of);
}
