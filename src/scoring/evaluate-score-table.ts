import { HoldfastError, type Problem, Problems } from "../errors.js";
import { type Evaluation, evaluateScoresInWorkers } from "../metrics/evaluation/evaluate-scores.js";
import { evaluateSegments, type SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
import type { MetricDefinition } from "../metrics/metric.js";
import { PRINTED_MODEL_EVALUATION } from "../predict/evaluation-lines.js";
import { printAsText } from "../printing/print-as-text.js";
import type { LongWork } from "../progress.js";
import { findColumn, placeOf, type Table } from "../table/table.js";
import { repeatedIds } from "../vectors/column-roles/id-groups.js";
import { readLabels } from "../vectors/column-roles/labels.js";
import { segmentColumns } from "../vectors/column-roles/segment-columns.js";

/** Options of {@link evaluateScoreTable}. */
export interface ScoreTableOptions extends LongWork {
  /** The column of labels: which rows churned. */
  readonly label: string;
  /** The label value that means churned. Default: the one of the two that is a known word for it (1, Yes, True, churned, 是, 流失 …). */
  readonly positive?: string | undefined;
  /** The column of probabilities, in [0, 1]. */
  readonly score: string;
  /** The column of row weights, finite and ≥ 0. Default: every row has weight 1. */
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

/** An evaluation of scores, overall and by segment. */
export interface ScoreTableEvaluation extends Evaluation {
  readonly segments: readonly SegmentEvaluation[];
}

/**
 * The full evaluation of a table of scores, from any model in any language, as `model.evaluate` does it for a model's own.
 * @example await evaluateScoreTable(await readTable("scores.csv"), { label: "churn", score: "probability" })
 * @throws HoldfastError with all cells that are not a probability or weight, by row; for labels that are not two values,
 * and options out of their ranges; with code `aborted` when `signal` was aborted.
 */
export async function evaluateScoreTable(
  table: Table,
  options: ScoreTableOptions,
): Promise<ScoreTableEvaluation> {
  const { label, positive, score, weights: weightColumn, id, segments = [], ...evaluation } = options;
  const problems = new Problems();
  const probabilities = numbersOf(table, score, PROBABILITY, problems);
  const weights = weightColumn === undefined ? undefined : numbersOf(table, weightColumn, WEIGHT, problems);
  problems.throwIfAny();
  const { values: labels } = readLabels(table, label, positive);
  if (id !== undefined && findColumn(table, id) === undefined) {
    throw new HoldfastError(missingColumn(table, id, "the id"));
  }
  const groups = repeatedIds(table, id);
  const cuts = segmentColumns(table, segments);
  const measured: ScoreTableEvaluation = {
    ...(await evaluateScoresInWorkers(labels, probabilities, { ...evaluation, weights, groups })),
    segments: evaluateSegments(labels, probabilities, cuts, { weights, groups, level: options.level }),
  };
  return printAsText(measured, PRINTED_MODEL_EVALUATION);
}

/** What a column must hold. */
interface Rule {
  readonly what: string;
  readonly expected: string;
  isFine(value: number): boolean;
}

const PROBABILITY: Rule = {
  what: "the probabilities",
  expected: "must be a probability in [0, 1]",
  isFine: (value) => value >= 0 && value <= 1,
};

const WEIGHT: Rule = {
  what: "the weights",
  expected: "must be finite and not negative",
  isFine: (value) => value >= 0 && value < Number.POSITIVE_INFINITY,
};

function numbersOf(table: Table, name: string, rule: Rule, problems: Problems): Float64Array {
  const column = findColumn(table, name);
  const path = { ...placeOf(table), column: name };
  if (column === undefined) problems.add(missingColumn(table, name, rule.what));
  else if (column.kind !== "numeric") {
    problems.add({ code: "data.wrong-type", path, expected: "must hold numbers", received: column.kind });
  } else {
    column.values.forEach((value, row) => {
      if (rule.isFine(value)) return;
      const received = Number.isNaN(value) ? "nothing" : value;
      problems.add({
        code: "data.wrong-type",
        path: { ...path, row: row + 1 },
        expected: rule.expected,
        received,
      });
    });
    return column.values;
  }
  return new Float64Array();
}

function missingColumn(table: Table, column: string, what: string): Problem {
  return {
    code: "data.missing-column",
    path: { ...placeOf(table), column },
    expected: `must be there: it holds ${what}`,
    received: undefined,
    hint: `columns are ${table.columns
      .map(({ name }) => name)
      .join(", ")
      .slice(0, 300)}`,
  };
}
