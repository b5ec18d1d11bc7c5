import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { invalidArgument } from "../errors.js";
import type { ChurnModel, Prediction, PredictOptions } from "../model/churn-model.js";
import type { LongWork } from "../progress.js";
import { formatOf } from "../table/format.js";
import { type ReadTableOptions, readTable } from "../table/read-table.js";
import {
  type CategoricalColumn,
  type Column,
  createTable,
  type Table,
  type TextColumn,
} from "../table/table.js";
import { writeTable } from "../table/write-table.js";
import type { UnseenCategories } from "../vectors/vectorizer.js";

export interface ScoreFileOptions extends LongWork, PredictOptions {
  /** How the input is read; kinds of the model's columns come from the model. */
  readonly read?: Pick<ReadTableOptions, "format" | "encoding" | "delimiter">;
}

/** What a scoring run did. */
export interface ScoreSummary {
  readonly rows: number;
  readonly meanProbability: number;
  /** Rows per tier, the highest first. */
  readonly tiers: readonly { readonly tier: string; readonly rows: number }[];
  readonly unseenCategories: readonly UnseenCategories[];
}

/**
 * Scores a file into a file (CSV, Parquet, JSON or NDJSON by extension) with the columns of {@link scoreTable};
 * without an id column in the model, `id` is the number of the row, from 1. The output is written whole or not at all.
 * @throws HoldfastError when the input can't be read or scored, or the output can't be written.
 */
export async function scoreFile(
  model: ChurnModel,
  input: string,
  output: string,
  options: ScoreFileOptions = {},
): Promise<ScoreSummary> {
  if (await isSameFile(input, output)) {
    invalidArgument("scoreFile", "output", "must be another file than the input", output);
  }
  // An output that can't be written is better known before the work than after it.
  formatOf("scoreFile", "output", output);
  const { read = {}, intervals, onProgress, signal } = options;
  const table = await readTable(input, { ...read, columns: model.columnKinds, onProgress, signal });
  const scores = scoreTable(model, table, { intervals });
  await writeTable(scores, output, { onProgress, signal });
  return summaryOf(model, table, scores);
}

/** Whether two paths lead to one file, also by links. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  if (resolve(one) === resolve(other)) return true;
  const [first, second] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)));
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

/**
 * The predictions of a table's rows as a table: `id`, `probability`, `tier`; with `intervals` also `probability_low`,
 * `probability_high` and `uncertain`; and where the model has a value column `value`, `value_band` and `expected_loss`.
 */
export function scoreTable(model: ChurnModel, table: Table, options: PredictOptions = {}): ScoresTable {
  const predictions = model.predict(table, options);
  const names = model.tiers.map(({ name }) => name);
  const id: TextColumn = {
    kind: "text",
    name: "id",
    values: predictions.map(({ id }, row) => (model.id === null ? String(row + 1) : id)),
  };
  const values = Float64Array.from(predictions, ({ probability }) => probability);
  const tier: CategoricalColumn = {
    kind: "categorical",
    name: "tier",
    codes: Int32Array.from(predictions, (prediction) => names.indexOf(prediction.tier)),
    categories: names,
  };
  const probability = { kind: "numeric" as const, name: "probability", values };
  const more = [
    ...(options.intervals === true ? doubtColumns(predictions) : []),
    ...(model.value === null ? [] : worthColumns(predictions)),
  ];
  return createTable([id, probability, tier, ...more], table.source) as ScoresTable;
}

function doubtColumns(predictions: readonly Prediction[]): Column[] {
  return [
    numberColumn("probability_low", predictions, ({ interval }) => interval?.[0]),
    numberColumn("probability_high", predictions, ({ interval }) => interval?.[1]),
    {
      kind: "categorical",
      name: "uncertain",
      codes: Int32Array.from(predictions, ({ uncertain }) => (uncertain === true ? 1 : 0)),
      categories: ["false", "true"],
    },
  ];
}

function worthColumns(predictions: readonly Prediction[]): Column[] {
  const bands = [...new Set(predictions.map(({ valueBand }) => valueBand ?? ""))];
  const codeOf = new Map(bands.map((band, code) => [band, code]));
  return [
    numberColumn("value", predictions, ({ value }) => value),
    {
      kind: "categorical",
      name: "value_band",
      codes: Int32Array.from(predictions, ({ valueBand }) => codeOf.get(valueBand ?? "") ?? -1),
      categories: bands,
    },
    numberColumn("expected_loss", predictions, ({ expectedLoss }) => expectedLoss),
  ];
}

function numberColumn(
  name: string,
  predictions: readonly Prediction[],
  numberOf: (prediction: Prediction) => number | undefined,
): Column {
  const values = Float64Array.from(predictions, (prediction) => numberOf(prediction) ?? Number.NaN);
  return { kind: "numeric", name, values };
}

/** A table of scores: `id`, `probability`, `tier` and what else there is, with the tiers' names as categories, the highest first. */
export type ScoresTable = Table & {
  readonly columns: readonly [
    TextColumn,
    { readonly values: Float64Array },
    CategoricalColumn,
    ...(readonly Column[]),
  ];
};

function summaryOf(model: ChurnModel, table: Table, scores: ScoresTable): ScoreSummary {
  const [, probability, tier] = scores.columns;
  const rows = new Array<number>(tier.categories.length).fill(0);
  for (const code of tier.codes) rows[code]++;
  return {
    rows: table.rowCount,
    meanProbability: probability.values.reduce((sum, value) => sum + value, 0) / table.rowCount,
    tiers: tier.categories.map((name, code) => ({ tier: name, rows: rows[code] })),
    unseenCategories: model.unseenCategories(table),
  };
}
