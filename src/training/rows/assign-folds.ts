import { type Folds, foldsFor } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import { seedOfRepeat } from "../candidates/cross-fit-repeatedly.js";
import type { TrainOptions } from "../train-options.js";
import type { TrainingRows } from "./read-rows.js";

/** Folds of every repeat of cross-fitting; at least one. */
export type FoldsOfRepeats = readonly [Folds, ...Folds[]];

/** Assigns rows to folds, stratified by label, rows of one group to one fold; every repeat has another assignment. */
export function assignFolds(
  { labels, vectors, groups }: TrainingRows,
  options: TrainOptions,
): FoldsOfRepeats {
  const { folds = 5, seed = 0, repeats = repeatsFor(vectors) } = options;
  const ofRepeat = (repeat: number) =>
    foldsFor(
      { function: "trainChurnModel", argument: "label" },
      labels.values,
      folds,
      seedOfRepeat(seed, repeat),
      groups,
      options.group === undefined ? "id" : "group",
    );
  return [ofRepeat(0), ...Array.from({ length: repeats - 1 }, (_, repeat) => ofRepeat(repeat + 1))];
}

/** Averages of more models gain most where data are few, and cost most where they are many. */
function repeatsFor({ rowCount, features }: Vectors): number {
  const values = rowCount * features.length;
  if (values <= 300_000) return 3;
  return values <= 4_000_000 ? 2 : 1;
}
