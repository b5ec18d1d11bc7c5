import { softplus } from "../math/logistic.js";
import { checkVectors } from "../vectors/check-vectors.js";
import { type Folds, rowsOfFold } from "../vectors/folds.js";
import { copyRows, takeVectorRows, type Vectors } from "../vectors/vectors.js";
import type { FittedClassifier } from "./classifier.js";

/** Rows copied together; small enough for the cache. */
const BLOCK_ROWS = 256;

/**
 * Mean log loss of the labels of some rows, given margins (and weights) of all; never overflows. NaN when there are no
 * rows.
 */
export function meanLogLossOfMargins(
  margins: Float64Array,
  labels: Uint8Array,
  rows: Int32Array,
  weights?: Float64Array,
): number {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const wrong = labels[row] === 1 ? -margins[row] : margins[row];
    const weight = weights === undefined ? 1 : weights[row];
    sum += weight * softplus(wrong);
    total += weight;
  }
  return sum / total;
}

/** One margin per row, from a function of row-major rows and where the row starts in them. */
export function marginsByBlock(
  vectors: Vectors,
  marginAt: (rows: Float64Array, from: number) => number,
): Float64Array {
  checkVectors("margin", "vectors", vectors);
  const width = vectors.features.length;
  const rows = new Float64Array(BLOCK_ROWS * width);
  const margins = new Float64Array(vectors.rowCount);
  for (let from = 0; from < vectors.rowCount; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, vectors.rowCount);
    copyRows(vectors, from, to, rows);
    for (let row = from; row < to; row++) margins[row] = marginAt(rows, (row - from) * width);
  }
  return margins;
}

/** One margin per row, from the model of its fold: the same bits as the model gives everywhere else. */
export function outOfFoldMarginsOf(
  models: readonly FittedClassifier[],
  vectors: Vectors,
  folds: Folds,
): Float64Array {
  return outOfFoldOf(vectors, folds, (fold, heldOut) => models[fold].margin(heldOut));
}

/** One number per row, from what a fold's model makes of the rows of the fold. */
export function outOfFoldOf(
  vectors: Vectors,
  folds: Folds,
  valuesOf: (fold: number, heldOut: Vectors) => Float64Array,
): Float64Array {
  const values = new Float64Array(vectors.rowCount);
  for (let fold = 0; fold < folds.count; fold++) {
    const rows = rowsOfFold(folds, fold);
    const ofFold = valuesOf(fold, takeVectorRows(vectors, rows));
    rows.forEach((row, i) => {
      values[row] = ofFold[i];
    });
  }
  return values;
}
