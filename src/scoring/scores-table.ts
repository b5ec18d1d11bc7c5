import { namedErrors } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import { checkModel } from "../predict/check-model.js";
import type { ChurnModel } from "../predict/churn-model.js";
import { COLUMN_OPTIONS, checkPredictOptions, type PredictOptions } from "../predict/prediction.js";
import type { ScoreColumns } from "../predict/scorer.js";
import { checkTable, tableProblem } from "../table/check-table.js";
import {
  type CategoricalColumn,
  type Column,
  createTable,
  type Table,
  type TextColumn,
} from "../table/table.js";

/** A table of scores: `id`, `probability`, `tier` and possibly more columns; the categories of `tier` are the tiers' names, the highest first. */
export type ScoresTable = Table & {
  readonly columns: readonly [
    TextColumn,
    { readonly values: Float64Array },
    CategoricalColumn,
    ...(readonly Column[]),
  ];
};

/**
 * The predictions of a table's rows as a table: `id`, `probability`, `tier`; with `intervals` also `probability_low`,
 * `probability_high` and `uncertain`; and where the model has a value column `value`, `value_band` and `expected_loss`.
 * Without an id column in the model, `id` is the number of the row, from 1.
 * @param options `intervals`, default false.
 * @example await writeTable(scoreTable(model, table, { intervals: true }), "scores.parquet")
 * @throws HoldfastError with all problems of the table, as `model.predict` does.
 */
export function scoreTable(
  model: ChurnModel,
  table: Table,
  options: Pick<PredictOptions, "intervals"> = {},
): ScoresTable {
  checkBatchModel("scoreTable", model, "scoreTable(model, table)");
  checkTable("scoreTable", "table", table);
  checkPredictOptions("scoreTable", options, COLUMN_OPTIONS);
  const { ids, ...scored } = namedErrors("scoreTable", () => model.predictColumns(table, options));
  const named = ids ?? Array.from(scored.probabilities, (_, row) => String(row + 1));
  return scoresTable(model, named, scored, table.source);
}

/**
 * Makes sure that the first argument of batch scoring is a model.
 * @param order how the function is called, for the hint where a table came first.
 */
export function checkBatchModel(functionName: string, model: unknown, order: string): void {
  if (typeof model === "object" && model !== null) {
    if (tableProblem(functionName, "model", model) === undefined) {
      const expected = "must be a ChurnModel, not a Table";
      invalidArgument(functionName, "model", expected, undefined, `the order is ${order}`);
    }
    if ("current" in model && "predictOne" in model) {
      const expected = "must be a ChurnModel, not one that is watched";
      invalidArgument(functionName, "model", expected, undefined, "pass the model in use: watched.current");
    }
  }
  checkModel(functionName, "model", model);
}

/** The table of no scores: columns and categories are those of all. */
export function emptyScores(model: ChurnModel, intervals: boolean): ScoresTable {
  const values = model.value === null ? undefined : new Float64Array();
  return scoresTable(model, [], model.scorer.columnsOf(new Float64Array(), values, intervals));
}

/** Scores as columns. */
export function scoresTable(
  model: ChurnModel,
  ids: TextColumn["values"],
  scored: ScoreColumns,
  source?: string,
): ScoresTable {
  const { probabilities, tiers, doubt, worth } = scored;
  const columns: Column[] = [
    { kind: "text", name: "id", values: ids },
    numeric("probability", probabilities),
    { kind: "categorical", name: "tier", codes: tiers, categories: model.tiers.map(({ name }) => name) },
  ];
  if (doubt !== undefined) {
    columns.push(numeric("probability_low", doubt.low), numeric("probability_high", doubt.high));
    columns.push({
      kind: "categorical",
      name: "uncertain",
      codes: doubt.uncertain,
      categories: ["false", "true"],
    });
  }
  if (worth !== undefined) {
    const bands = model.scorer.content.valueBands ?? [];
    columns.push(numeric("value", worth.values));
    columns.push({
      kind: "categorical",
      name: "value_band",
      codes: worth.bands,
      categories: bands.map(({ name }) => name),
    });
    columns.push(numeric("expected_loss", worth.expectedLoss));
  }
  return createTable(columns, source) as ScoresTable;
}

function numeric(name: string, values: Float64Array): Column {
  return { kind: "numeric", name, values };
}
