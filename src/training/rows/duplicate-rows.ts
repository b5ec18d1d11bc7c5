import type { TrainingNote } from "../../model-file/churn/training-note.js";
import { alikeRows } from "../../vectors/alike-rows.js";
import type { Folds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";

/**
 * Rows whose features all equal those of a row in another fold: where they are the same subscriber, a model has seen
 * rows that it is measured on.
 */
export function noteDuplicates(vectors: Vectors, labels: Uint8Array, folds: Folds): TrainingNote[] {
  // Numbers first: they tell most rows apart.
  const cells = [
    ...vectors.features.flatMap((feature) => (feature.kind === "numeric" ? [feature.values] : [])),
    ...vectors.features.flatMap((feature) => (feature.kind === "categorical" ? [feature.codes] : [])),
  ];
  let rows = 0;
  let contrary = 0;
  for (const alike of alikeRows(cells)) {
    const [first] = alike;
    if (!alike.some((row) => folds.of[row] !== folds.of[first])) continue;
    rows += alike.length;
    if (alike.some((row) => labels[row] !== labels[first])) contrary += alike.length;
  }
  if (rows === 0) return [];
  const share = `${((100 * rows) / vectors.rowCount).toFixed(1)}%`;
  const detail =
    `${rows} rows (${share}) have the same features as a row of another fold, ${contrary} of them in groups of both labels; ` +
    "where these are the same subscribers, name the id or a group so that they share a fold";
  return [{ kind: "duplicate-rows", column: null, detail }];
}
