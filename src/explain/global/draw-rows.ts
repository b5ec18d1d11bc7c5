import { createRandom, shuffle } from "../../random.js";
import { takeVectorRows } from "../../vectors/vectors.js";
import type { ExplainedRows } from "./subject.js";

/**
 * Row numbers of a random sample without replacement, rising; all of them where there are no more than `most`.
 * @param purpose makes samples for different purposes independent.
 */
export function drawRows(rowCount: number, most: number, seed: number, purpose: string): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  if (rowCount <= most) return rows;
  shuffle(rows, createRandom(seed, "explain", purpose));
  return rows.subarray(0, most).sort();
}

/** A random sample of rows with their weights. */
export function sampleOfRows(
  rows: ExplainedRows,
  most: number,
  seed: number,
  purpose: string,
): ExplainedRows {
  const { vectors, weights } = rows;
  if (vectors.rowCount <= most) return rows;
  const drawn = drawRows(vectors.rowCount, most, seed, purpose);
  return {
    vectors: takeVectorRows(vectors, drawn),
    weights: weights && Float64Array.from(drawn, (row) => weights[row]),
  };
}
