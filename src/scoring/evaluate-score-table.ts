import { checkOptions, checkTexts, namedErrors, type OptionNames } from "../arguments.js";
import { count, HoldfastError, type Problem, type ProblemPath, Problems } from "../errors.js";
import { type Evaluation, evaluateScoresInWorkers } from "../metrics/evaluation/evaluate-scores.js";
import { evaluateSegments, type SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
import type { MetricDefinition } from "../metrics/metric.js";
import { PRINTED_MODEL_EVALUATION } from "../predict/evaluation-lines.js";
import type { MeasuredWeights } from "../predict/measured-rows.js";
import { printAsText } from "../printing/print-as-text.js";
import type { LongWork } from "../progress.js";
import { checkTable, columnProblem, emptyTableProblem } from "../table/check-table.js";
import { findColumn, placeOf, type Table } from "../table/table.js";
import { repeatedIds } from "../vectors/column-roles/id-groups.js";
import { type LabelSpec, readLabels } from "../vectors/column-roles/labels.js";
import { weighedTable } from "../vectors/column-roles/row-weights.js";
import { segmentColumns } from "../vectors/column-roles/segment-columns.js";

/** Options of {@link evaluateScoreTable}. */
export interface ScoreTableOptions extends LongWork {
  /** The column of labels: which rows churned. */
  readonly label: string;
  /**
   * The label value that means churned. Default: as the two values and the name of the column say it: `churned`, `流失`; yes,
   * 是, true or 1, and no where the column is named for staying, such as `retained`. Needed where that is not certain.
   */
  readonly positive?: string | undefined;
  /** The column of probabilities, in [0, 1]. */
  readonly score: string;
  /**
   * The column of row weights, finite and ≥ 0, of which only the ratios matter: how much of the population a row stands for. A
   * row of weight 0 is as if absent. Default: every row has weight 1.
   */
  readonly weights?: string | undefined;
  /** The column of subscriber ids: the bootstrap draws rows with the same id together. Default: every row by itself. */
  readonly id?: string | undefined;
  /** Columns to cut the rows by. Default: none. */
  readonly segments?: readonly string[] | undefined;
  /** Bootstrap samples behind the intervals. Default 500. */
  readonly replicates?: number | undefined;
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
  /** The confusion matrix flags rows with a probability ≥ this. Default: the churn rate. */
  readonly threshold?: number | undefined;
  /** Your own metrics, measured in addition to those of this package. Default: none. */
  readonly metrics?: readonly MetricDefinition[] | undefined;
  /** Seed of the bootstrap samples. Default 0. */
  readonly seed?: number | undefined;
  /** Threads for the bootstrap samples. Default: the number of processors. */
  readonly threads?: number | undefined;
}

const FUNCTION = "evaluateScoreTable";

const OPTIONS: OptionNames<ScoreTableOptions> = {
  label: "required",
  score: "required",
  positive: "optional",
  weights: "optional",
  id: "optional",
  segments: "optional",
  replicates: "optional",
  level: "optional",
  threshold: "optional",
  metrics: "optional",
  seed: "optional",
  threads: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** An evaluation of scores, overall and by segment. */
export interface ScoreTableEvaluation extends Evaluation {
  readonly segments: readonly SegmentEvaluation[];
  /** The column of labels, and how its values were read. */
  readonly label: LabelSpec;
  /** The weights by which all of it was measured; null where there are none. */
  readonly weights: MeasuredWeights | null;
}

/**
 * The full evaluation of a table of scores, from any model in any language, as `model.evaluate` does it for a model's own.
 * @example await evaluateScoreTable(await readTable("scores.csv"), { label: "churn", score: "probability" })
 * @throws HoldfastError for a table without rows, unknown options and columns that do not exist; with the cells that are
 * not a probability or weight, by row, or how many there are; for labels that are not two values,
 * and options out of their ranges; with code `aborted` when `signal` was aborted.
 */
export async function evaluateScoreTable(
  table: Table,
  options: ScoreTableOptions,
): Promise<ScoreTableEvaluation> {
  checkTable(FUNCTION, "table", table);
  checkOptions(FUNCTION, options, OPTIONS);
  checkColumns(table, options);
  return namedErrors(FUNCTION, () => evaluated(table, options), placeOfLabels);
}

/** Labels are read by a function that does not know which option names their column. */
function placeOfLabels(path: ProblemPath): ProblemPath {
  return path.argument === undefined && path.column !== undefined ? { ...path, argument: "label" } : path;
}

/** @throws HoldfastError for a table without rows, and with all columns that do not exist. */
function checkColumns(table: Table, options: ScoreTableOptions): void {
  const empty = emptyTableProblem(FUNCTION, "table", table);
  if (empty !== undefined) throw new HoldfastError(empty);
  if (options.segments !== undefined) checkTexts(FUNCTION, "segments", options.segments);
  const problems = (["label", "score", "weights", "id"] as const).flatMap((option): Problem[] => {
    const name: unknown = options[option];
    if (name === undefined) return [];
    const isThere = typeof name === "string" && findColumn(table, name) !== undefined;
    return isThere ? [] : [columnProblem(FUNCTION, option, table, name)];
  });
  if (problems.length > 0) throw new HoldfastError(problems);
}

async function evaluated(given: Table, options: ScoreTableOptions): Promise<ScoreTableEvaluation> {
  const { label, positive, score, weights: weightColumn, id, segments = [], ...evaluation } = options;
  const problems = new Problems();
  numbersOf(given, "score", score, PROBABILITY, problems);
  if (weightColumn !== undefined) numbersOf(given, "weights", weightColumn, WEIGHT, problems);
  problems.throwIfAny();
  const { table, weights } = weighedTable(given, weightColumn);
  const probabilities = numbersOf(table, "score", score, PROBABILITY, problems);
  const read = readLabels(table, label, positive);
  const labels = read.values;
  const groups = repeatedIds(table, id);
  const cuts = segmentColumns(table, segments);
  const measured: ScoreTableEvaluation = {
    ...(await evaluateScoresInWorkers(labels, probabilities, { ...evaluation, weights, groups })),
    segments: evaluateSegments(labels, probabilities, cuts, { weights, groups, level: options.level }),
    label: { column: label, positive: read.positive, negative: read.negative },
    weights: weightColumn === undefined ? null : { column: weightColumn, areApplied: true },
  };
  return printAsText(measured, PRINTED_MODEL_EVALUATION);
}

/** What a column must hold. */
interface Rule {
  readonly expected: string;
  isFine(value: number): boolean;
  /** What is probably the matter with all numbers of a column. */
  hint(numbers: Float64Array): string | undefined;
}

const PROBABILITY: Rule = {
  expected: "must be a probability in [0, 1]",
  isFine: (value) => value >= 0 && value <= 1,
  hint: (numbers) =>
    numbers.every((value) => Number.isNaN(value) || (value >= 0 && value <= 100))
      ? "divide percentages by 100"
      : "of margins in log-odds, take 1 / (1 + exp(-margin))",
};

const WEIGHT: Rule = {
  expected: "must be finite and not negative",
  isFine: (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
  hint: () => undefined,
};

/** More cells with the same fault are counted. */
const SHOWN_CELLS = 5;

function numbersOf(table: Table, option: string, name: string, rule: Rule, problems: Problems): Float64Array {
  const column = findColumn(table, name);
  const path = { function: FUNCTION, ...placeOf(table), argument: option, column: name };
  if (column?.kind !== "numeric") {
    const received = column?.kind;
    problems.add({ code: "data.wrong-type", path, expected: "must hold numbers", received });
    return new Float64Array();
  }
  const { values } = column;
  const { expected } = rule;
  const cellOf = (row: number) => (Number.isNaN(values[row]) ? "nothing" : values[row]);
  const wrong: number[] = [];
  for (let row = 0; row < values.length; row++) if (!rule.isFine(values[row])) wrong.push(row);
  const [first] = wrong;
  if (wrong.length <= SHOWN_CELLS) {
    for (const row of wrong) {
      const place = { ...path, row: row + 1 };
      problems.add({ code: "data.wrong-type", path: place, expected, received: cellOf(row) });
    }
    return values;
  }
  const missing = wrong.filter((row) => Number.isNaN(values[row])).length;
  const ofMissing =
    missing === 0 ? "" : `, ${missing === wrong.length ? "all" : count(missing, "cell")} of them missing`;
  const hint = missing === wrong.length ? "leave such rows out with filterRows" : rule.hint(values);
  problems.add({
    code: "data.wrong-type",
    path: { ...path, row: first + 1 },
    expected: `${expected}, ${count(wrong.length, "cell is", "cells are")} not${ofMissing}`,
    received: cellOf(first),
    ...(hint === undefined ? {} : { hint }),
  });
  return values;
}
