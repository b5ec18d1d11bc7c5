import type { Folds } from "../vectors/folds.js";
import { takeVectorRows, type Vectors } from "../vectors/vectors.js";
import type { Classifier, FitOptions, FittedClassifier } from "./classifier.js";
import { outOfFoldOf } from "./margins.js";

/** The rows whose weight is not 0; undefined: all of them, or none. */
export function rowsOfWeight(weights: Float64Array | undefined): Int32Array | undefined {
  if (weights?.includes(0) !== true) return undefined;
  const rows = Int32Array.from(weights.keys()).filter((row) => weights[row] !== 0);
  return rows.length === 0 ? undefined : rows;
}

/**
 * A classifier for which rows of weight 0 are as if absent: no bin, knot, mean, part of rows or draw is theirs. In
 * cross-fitting they get the margin of their fold's model, like all held-out rows.
 */
export function withoutEmptyRows<Fitted extends FittedClassifier>(
  classifier: Classifier<Fitted>,
): Classifier<Fitted> {
  return {
    name: classifier.name,
    async fit(vectors, labels, options = {}) {
      const rows = rowsOfWeight(options.weights);
      if (rows === undefined) return classifier.fit(vectors, labels, options);
      const taken = takeCounted(rows, vectors, labels, options);
      return classifier.fit(taken.vectors, taken.labels, taken.options);
    },
    async crossFit(vectors, labels, folds, options = {}) {
      const rows = rowsOfWeight(options.weights);
      if (rows === undefined) return classifier.crossFit(vectors, labels, folds, options);
      const taken = takeCounted(rows, vectors, labels, options);
      const foldsOfRows = takeFolds(rows, folds);
      const crossFit = await classifier.crossFit(taken.vectors, taken.labels, foldsOfRows, taken.options);
      const { models } = crossFit;
      const ofAll = outOfFoldOf(vectors, folds, (fold, heldOut) =>
        (models.length === 1 ? models[0] : models[fold]).margin(heldOut),
      );
      return { ...crossFit, outOfFoldMargins: putBack(crossFit.outOfFoldMargins, rows, ofAll) };
    },
  };
}

/** The inputs of training at some rows. */
export function takeCounted<Labels extends Uint8Array | Float64Array>(
  rows: Int32Array,
  vectors: Vectors,
  labels: Labels,
  options: FitOptions,
): { readonly vectors: Vectors; readonly labels: Labels; readonly options: FitOptions } {
  const isTaken = new Uint8Array(vectors.rowCount);
  for (const row of rows) isTaken[row] = 1;
  const weights = options.weights?.filter((_, row) => isTaken[row] === 1);
  return {
    vectors: takeVectorRows(vectors, rows),
    labels: labels.filter((_, row) => isTaken[row] === 1) as Labels,
    options: weights === undefined ? options : { ...options, weights },
  };
}

/** The folds of some rows. */
export function takeFolds(rows: Int32Array, { count, of }: Folds): Folds {
  return { count, of: Uint8Array.from(rows, (row) => of[row]) };
}

/** Numbers of some rows at their places among those of all. */
export function putBack(ofRows: Float64Array, rows: Int32Array, ofAll: Float64Array): Float64Array {
  const all = ofAll.slice();
  rows.forEach((row, i) => {
    all[row] = ofRows[i];
  });
  return all;
}
