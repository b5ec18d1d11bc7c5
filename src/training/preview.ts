import { attempt, type Problem, Problems } from "../errors.js";
import type { TrainingNote } from "../model-file/churn/training-note.js";
import type { Table } from "../table/table.js";
import { type Labels, readLabels } from "../vectors/column-roles/labels.js";
import { type Folds, foldsFor } from "../vectors/folds.js";
import { rolesOf } from "./known-roles.js";
import type { AucOfFeature } from "./rows/leaks.js";
import { notesOfRows } from "./rows/note-rows.js";
import { readRows, type TrainingRows } from "./rows/read-rows.js";
import type { KnownRoles, TrainOptions } from "./train-options.js";

/** What training makes of a table before it fits anything. */
export interface TrainingPreview {
  readonly options: KnownRoles;
  readonly labels: Labels;
  /** The rows as training uses them, and their folds; undefined where it refuses them. */
  readonly rows: TrainingRows | undefined;
  readonly folds: Folds | undefined;
  readonly notes: readonly TrainingNote[];
  /** Why training refuses the table; empty where it does not. */
  readonly problems: readonly Problem[];
}

/** With more rows, looking for near-copies takes longer than all else of a preview: training says it then. */
const MOST_ROWS_FOR_NEAR_COPIES = 100_000;

/**
 * Does the first steps of a training, by the same functions, so that a description of a table says what training will say.
 * @param aucOf asked once for every feature that does not determine the label.
 * @throws HoldfastError with the problems of options and label. Those of everything else are returned.
 */
export function previewTraining(table: Table, given: TrainOptions, aucOf?: AucOfFeature): TrainingPreview {
  const { options, notes: roleNotes } = rolesOf(table, { ...given, totals: false });
  const problems = new Problems();
  const rows = attempt(problems, () => readRows(table, options));
  // Where training refuses other things only, such as too few churners.
  const labels = rows?.labels ?? readLabels(table, options.label, options.positive);
  const folds = rows && attempt(problems, () => defaultFolds(rows, options));
  const notes =
    rows && folds
      ? notesOfRows(rows, folds, options, problems, {
          aucOf,
          nearCopies: table.rowCount <= MOST_ROWS_FOR_NEAR_COPIES,
        })
      : [];
  return { options, labels, rows, folds, notes: [...roleNotes, ...notes], problems: problems.list };
}

function defaultFolds({ labels, groups }: TrainingRows, { folds = 5, seed = 0 }: KnownRoles): Folds {
  const path = { function: "trainChurnModel", argument: "label" };
  return foldsFor(path, labels.values, folds, seed, groups, "id");
}
