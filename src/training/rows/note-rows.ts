import { Problems } from "../../errors.js";
import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Folds } from "../../vectors/folds.js";
import type { KnownRoles } from "../train-options.js";
import { noteDuplicates } from "./duplicate-rows.js";
import { type AucOfFeature, checkLeaks } from "./leaks.js";
import { noteNearCopies } from "./near-copies.js";
import { noteLabel } from "./note-label.js";
import { noteExtremes, noteScarcity, noteWithoutWeight } from "./notes.js";
import type { TrainingRows } from "./read-rows.js";

type NoteOptions = Pick<KnownRoles, "label" | "allowLeaks" | "weights">;

/**
 * Notes about unusual rows and columns, and about features that were added.
 * @throws HoldfastError for other features that determine the label.
 */
export function noteRows(rows: TrainingRows, folds: Folds, options: NoteOptions): TrainingNote[] {
  const problems = new Problems();
  const notes = notesOfRows(rows, folds, options, problems);
  problems.throwIfAny();
  return notes;
}

/** What is not as in a training. */
interface NoteChanges {
  /** For a caller that has measured features alone before. */
  readonly aucOf?: AucOfFeature | undefined;
  /** Whether to look for rows that nearly equal others. Default true. */
  readonly nearCopies?: boolean;
}

/** The same, whose problems are added to others. */
export function notesOfRows(
  { labels, vectorizer, vectors, weights, withoutWeight }: TrainingRows,
  folds: Folds,
  { label, allowLeaks = [], weights: weightColumn }: NoteOptions,
  problems: Problems,
  { aucOf, nearCopies = true }: NoteChanges = {},
): TrainingNote[] {
  // Without the column there is no total that it is part of.
  const features = vectors.features.slice(0, vectorizer.columns.length);
  return [
    ...noteLabel(label, labels),
    ...checkLeaks(features, labels.values, folds, allowLeaks, problems, aucOf),
    ...noteDuplicates(vectors, labels.values, folds),
    ...(nearCopies ? noteNearCopies(features, folds) : []),
    ...noteWithoutWeight(withoutWeight, weightColumn),
    ...noteScarcity(labels.values, weights),
    ...noteExtremes(vectors),
    ...vectorizer.totals.map(({ name }): TrainingNote => {
      const detail = `added up ${name} as a feature (totals: false, --no-totals)`;
      return { kind: "total", column: null, detail };
    }),
  ];
}
