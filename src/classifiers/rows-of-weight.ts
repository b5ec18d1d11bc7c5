import type { Folds } from "../vectors/folds.js";
import { takeVectorRows, type Vectors } from "../vectors/vectors.js";
import type { Classifier, CrossFit, FitOptions, FittedClassifier } from "./classifier.js";
import { outOfFoldOf } from "./margins.js";

/** The rows whose weight is above 0; undefined: all of them. */
export function rowsOfWeight(weights: Float64Array | undefined): Int32Array | undefined {
  if (weights?.includes(0) !== true) return undefined;
  return Int32Array.from(weights.keys()).filter((row) => weights[row] > 0);
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
      const taken = takeRows(rows, vectors, labels, options);
      return classifier.fit(taken.vectors, taken.labels, taken.options);
    },
    async crossFit(vectors, labels, folds, options = {}) {
      const rows = rowsOfWeight(options.weights);
      if (rows === undefined) return classifier.crossFit(vectors, labels, folds, options);
      const taken = takeRows(rows, vectors, labels, options);
      const foldsOfRows = { ...folds, of: Uint8Array.from(rows, (row) => folds.of[row]) };
      const crossFit = await classifier.crossFit(taken.vectors, taken.labels, foldsOfRows, taken.options);
      return { ...crossFit, outOfFoldMargins: marginsOfAll(crossFit, rows, vectors, folds) };
    },
  };
}

function takeRows(rows: Int32Array, vectors: Vectors, labels: Uint8Array, options: FitOptions) {
  const { weights } = options;
  return {
    vectors: takeVectorRows(vectors, rows),
    labels: Uint8Array.from(rows, (row) => labels[row]),
    options: { ...options, weights: weights && Float64Array.from(rows, (row) => weights[row]) } as FitOptions,
  };
}

/** Out-of-fold margins of the rows of weight; of the others from the model of their fold, or the only one. */
function marginsOfAll(
  { models, outOfFoldMargins }: CrossFit,
  rows: Int32Array,
  vectors: Vectors,
  folds: Folds,
): Float64Array {
  const margins = outOfFoldOf(vectors, folds, (fold, heldOut) =>
    (models.length === 1 ? models[0] : models[fold]).margin(heldOut),
  );
  rows.forEach((row, i) => {
    margins[row] = outOfFoldMargins[i];
  });
  return margins;
}
