import { checkOptions, namedErrors, type OptionNames } from "../arguments.js";
import { HoldfastError } from "../errors.js";
import { compareScores, type ScoreComparison } from "../metrics/evaluation/compare-scores.js";
import { checkTable } from "../table/check-table.js";
import type { Table } from "../table/table.js";
import { repeatedIds } from "../vectors/column-roles/id-groups.js";
import { readKnownLabels } from "../vectors/column-roles/labels.js";
import { checkModel } from "./check-model.js";
import type { ChurnModel } from "./churn-model.js";
import { type MeasuredWeights, measuredRows } from "./measured-rows.js";
import { type TrainedOn, trainedOn } from "./trained-on.js";

/** Options of {@link compareModels}. */
export interface CompareModelsOptions {
  /** What the two are called in the verdict. Default `"a"` and `"b"`. */
  readonly names?: readonly [string, string] | undefined;
  /** Seed of the bootstrap; default 0. */
  readonly seed?: number | undefined;
  /** Bootstrap samples behind the intervals; default 1000. */
  readonly replicates?: number | undefined;
  /** Level of the intervals and of the verdict, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
  /**
   * The column with the weight of each row, ≥ 0. Default: the one that `a` was trained with, else that of `b`, where the
   * table has it. Null: none.
   */
  readonly weights?: string | null | undefined;
}

const COMPARE_OPTIONS: OptionNames<CompareModelsOptions> = {
  names: "optional",
  seed: "optional",
  replicates: "optional",
  level: "optional",
  weights: "optional",
};

/** Two models on the same rows; plain data, goes to JSON. */
export interface ModelComparison extends ScoreComparison {
  /** How many of the rows each was trained on; null as in `model.evaluate`. */
  readonly trainedOn: { readonly a: TrainedOn | null; readonly b: TrainedOn | null };
  /** The weights by which both were measured; null where there are none. */
  readonly weights: MeasuredWeights | null;
}

/**
 * Compares two models on labelled rows that neither was trained on: ROC AUC by DeLong's paired test, the rest by a paired
 * bootstrap (rows of one id are drawn together), a verdict of one sentence, and how many rows each was trained on after all.
 * @example compareModels(old, candidate, march, { names: ["old", "candidate"] }).verdict
 * @throws HoldfastError when a column that either model reads is missing, for labels that either does not know, and
 * where the two were trained to predict different labels.
 */
export function compareModels(
  a: ChurnModel,
  b: ChurnModel,
  table: Table,
  options: CompareModelsOptions = {},
): ModelComparison {
  checkModel("compareModels", "a", a);
  checkModel("compareModels", "b", b);
  checkTable("compareModels", "table", table);
  checkOptions("compareModels", options, COMPARE_OPTIONS);
  return namedErrors("compareModels", () => compared(a, b, table, options));
}

function compared(
  a: ChurnModel,
  b: ChurnModel,
  given: Table,
  { weights: weightColumn, ...options }: CompareModelsOptions,
): ModelComparison {
  if (a.label.column !== b.label.column || a.label.positive !== b.label.positive) {
    throw new HoldfastError({
      code: "argument.invalid",
      path: { function: "compareModels", argument: "b" },
      expected: `must predict ${a.label.column} = ${a.label.positive}, as a does`,
      received: `${b.label.column} = ${b.label.positive}`,
    });
  }
  const { table, weights, by } = measuredRows("compareModels", given, weightColumn, a.weights ?? b.weights);
  const labels = readKnownLabels(table, a.label);
  const comparison = compareScores(labels, a.probabilities(table), b.probabilities(table), {
    ...options,
    groups: repeatedIds(table, a.id),
    weights,
  });
  const seen = { a: trainedOn(a.scorer, table, labels), b: trainedOn(b.scorer, table, labels) };
  return { ...comparison, trainedOn: seen, weights: by };
}
