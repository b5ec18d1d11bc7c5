import { Problems } from "../../errors.js";
import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Folds } from "../../vectors/folds.js";
import type { KnownRoles } from "../train-options.js";
import { noteDuplicates } from "./duplicate-rows.js";
import { checkLeaks } from "./leaks.js";
import { noteNearCopies } from "./near-copies.js";
import { noteLabel } from "./note-label.js";
import { noteExtremes, noteScarcity, noteWithoutWeight } from "./notes.js";
import type { TrainingRows } from "./read-rows.js";

/**
 * Notes about unusual rows and columns, and about features that were added.
 * @throws HoldfastError for other features that determine the label.
 */
export function noteRows(
  { labels, vectorizer, vectors, weights, withoutWeight }: TrainingRows,
  folds: Folds,
  { label, allowLeaks = [], weights: weightColumn }: Pick<KnownRoles, "label" | "allowLeaks" | "weights">,
): TrainingNote[] {
  // Without the column there is no total that it is part of.
  const features = vectors.features.slice(0, vectorizer.columns.length);
  const problems = new Problems();
  const notes = [
    ...noteLabel(label, labels),
    ...checkLeaks(features, labels.values, folds, allowLeaks, problems),
    ...noteDuplicates(vectors, labels.values, folds),
    ...noteNearCopies(features, folds),
    ...noteWithoutWeight(withoutWeight, weightColumn),
    ...noteScarcity(labels.values, weights),
    ...noteExtremes(vectors),
    ...vectorizer.totals.map(({ name }): TrainingNote => {
      const detail = `added up ${name} as a feature (totals: false, --no-totals)`;
      return { kind: "total", column: null, detail };
    }),
  ];
  problems.throwIfAny();
  return notes;
}
