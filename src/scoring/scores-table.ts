import { checkOptions, namedErrors, type OptionNames } from "../arguments.js";
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
import { cellsOfTable } from "../vectors/input-details.js";
import { reasonColumns } from "./reasons/reason-columns.js";
import {
  type AskedReasons,
  askedReasons,
  SCORE_REASON_OPTIONS,
  type ScoreReasonOptions,
} from "./reasons/reason-options.js";
import { ReasonWriter } from "./reasons/reason-writer.js";
import { RowReasons } from "./reasons/row-reasons.js";

/** A table of scores: `id`, `probability`, `tier` and possibly more columns; the categories of `tier` are the tiers' names, the highest first. */
export type ScoresTable = Table & {
  readonly columns: readonly [
    TextColumn,
    { readonly values: Float64Array },
    CategoricalColumn,
    ...(readonly Column[]),
  ];
};

/** Which columns scores have besides those that they always have. */
export interface ScoreColumnOptions extends Pick<PredictOptions, "intervals">, ScoreReasonOptions {}

const SCORE_TABLE_OPTIONS: OptionNames<ScoreColumnOptions> = {
  intervals: "optional",
  ...SCORE_REASON_OPTIONS,
};

/**
 * The predictions of a table's rows as a table: `id`, `probability`, `tier`; with `intervals` also `probability_low`,
 * `probability_high` and `uncertain`; where the model has a value column `value`, `value_band` and `expected_loss`; and with
 * `reasons` as many columns `reason_1`, `reason_2` and so on: sentences on what raises the risk, the most important first.
 * Without an id column in the model, `id` is the number of the row, from 1.
 * @param options `intervals`, default false; `reasons`, default 0; `reasonsFor`, names of the tiers whose rows have reasons,
 * default all; `locale` `"en"` (default) or `"zh"`; `templates`, your own sentences by column.
 * @example await writeTable(scoreTable(model, table, { reasons: 3, reasonsFor: ["high"] }), "scores.parquet")
 * @throws HoldfastError with all problems of the table, as `model.predict` does; for tiers that the model does not have; and
 * `model.unexplained` for reasons of a model of an older version.
 */
export function scoreTable(model: ChurnModel, table: Table, options: ScoreColumnOptions = {}): ScoresTable {
  checkBatchModel("scoreTable", model, "scoreTable(model, table)");
  checkTable("scoreTable", "table", table);
  checkOptions("scoreTable", options, SCORE_TABLE_OPTIONS);
  const { intervals, ...ofReasons } = options;
  checkPredictOptions("scoreTable", { intervals }, COLUMN_OPTIONS);
  const asked = askedReasons("scoreTable", ofReasons, namesOf(model));
  return namedErrors("scoreTable", () => {
    const reasons = asked && new RowReasons(model.explainer.ofReasons, asked.options);
    const { ids, ...scored } = model.predictColumns(table, { intervals });
    const named = ids ?? Array.from(scored.probabilities, (_, row) => String(row + 1));
    const further = reasons && reasonsOf(model, table, scored, asked, reasons);
    return scoresTable(model, named, scored, further, table.source);
  });
}

function reasonsOf(
  model: ChurnModel,
  table: Table,
  { tiers }: ScoreColumns,
  asked: AskedReasons,
  reasons: RowReasons,
): Column[] {
  const vectors = model.scorer.vectorizer.transform(table);
  const cellOfRow = cellsOfTable(model.inputs, table);
  return new ReasonWriter(asked, model.inputs).columnsNow(reasons, tiers, vectors, cellOfRow);
}

function namesOf({ tiers }: ChurnModel): string[] {
  return tiers.map(({ name }) => name);
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
export function emptyScores(
  model: ChurnModel,
  { intervals = false, reasons = 0 }: Pick<ScoreColumnOptions, "intervals" | "reasons">,
): ScoresTable {
  const values = model.value === null ? undefined : new Float64Array();
  const scored = model.scorer.columnsOf(new Float64Array(), values, intervals);
  return scoresTable(model, [], scored, reasonColumns(reasons, 0, [], []));
}

/** Scores as columns. @param further columns that follow them */
export function scoresTable(
  model: ChurnModel,
  ids: TextColumn["values"],
  scored: ScoreColumns,
  further: readonly Column[] = [],
  source?: string,
): ScoresTable {
  const { probabilities, tiers, doubt, worth } = scored;
  const columns: Column[] = [
    { kind: "text", name: "id", values: ids },
    numeric("probability", probabilities),
    { kind: "categorical", name: "tier", codes: tiers, categories: namesOf(model) },
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
  return createTable([...columns, ...further], source) as ScoresTable;
}

function numeric(name: string, values: Float64Array): Column {
  return { kind: "numeric", name, values };
}
