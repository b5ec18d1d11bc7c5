import { checkTexts, type OptionNames } from "../arguments.js";
import { HoldfastError } from "../errors.js";
import type { Evaluation } from "../metrics/evaluation/evaluate-scores.js";
import { evaluateSegments, type SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
import type { MetricDefinition } from "../metrics/metric.js";
import type { ModelContent } from "../model-file/churn/content.js";
import { printAsText } from "../printing/print-as-text.js";
import type { LongWork } from "../progress.js";
import { emptyTableProblem } from "../table/check-table.js";
import type { Table } from "../table/table.js";
import type { TierSummary } from "../tiers/summary/tier-summary.js";
import { tierTable } from "../tiers/summary/tier-table.js";
import { type ValueGridCell, valueGrid } from "../tiers/summary/value-grid.js";
import { repeatedIds } from "../vectors/column-roles/id-groups.js";
import { readKnownLabels } from "../vectors/column-roles/labels.js";
import { segmentColumns } from "../vectors/column-roles/segment-columns.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import { formatOfColumn } from "./column-format.js";
import { PRINTED_MODEL_EVALUATION } from "./evaluation-lines.js";
import { type MeasuredRows, type MeasuredWeights, measuredRows } from "./measured-rows.js";
import type { Scorer } from "./scorer.js";
import { type TierDrift, tierDrift, worthOfRows } from "./tier-drift.js";
import { type TrainedOn, trainedOn } from "./trained-on.js";

/** How well a model does on labelled rows it was not trained on. */
export interface ModelEvaluation extends Evaluation {
  readonly tierTable: readonly TierSummary[];
  /** Risk tiers by value bands; null where the model has no value column. */
  readonly valueGrid: readonly ValueGridCell[] | null;
  /** One entry per segment, significantly miscalibrated or worse ranked ones first. */
  readonly segments: readonly SegmentEvaluation[];
  /**
   * How many of the rows and subscribers the model was trained on; null where it keeps no fingerprints, and for tables
   * without its id column.
   */
  readonly trainedOn: TrainedOn | null;
  /** The share of rows in each tier compared with that of training; null for models whose tier table is another one. */
  readonly tierDrift: readonly TierDrift[] | null;
  /** The weights by which all of it was measured; null where there are none. */
  readonly weights: MeasuredWeights | null;
}

/** Options of `ChurnModel.evaluate`. */
export interface EvaluateOptions {
  /** Seed of the bootstrap; default 0. */
  readonly seed?: number | undefined;
  /** Bootstrap samples behind the intervals; default 500. */
  readonly replicates?: number | undefined;
  /** Your own metrics, measured in addition to those of this package. Default: none. */
  readonly metrics?: readonly MetricDefinition[] | undefined;
  /**
   * Columns that divide the rows into segments, such as tenure band, tariff, group or region: any of the table, numbers
   * in five bands. Default: the categorical inputs of the model with at most 20 levels.
   */
  readonly segments?: readonly string[] | undefined;
  /**
   * The column with the weight of each row, ≥ 0: how much of the population it stands for. Default: the one that the model was
   * trained with, where the table has it. Null: none.
   */
  readonly weights?: string | null | undefined;
  /**
   * For large tables: bootstrap samples are measured on probabilities that are rounded to so many bands of equal weight, at least
   * 100. Of a million rows 4,096 bands are several times as fast, and change intervals no more than another seed does; values do not
   * change. Default: no bands.
   */
  readonly bands?: number | undefined;
  /** Whether the result has `curves` (ROC, precision-recall, gain, lift, calibration, a histogram). Default false. */
  readonly curves?: boolean | undefined;
}

/** Options of `ChurnModel.evaluateInWorkers`: those of `evaluate`, threads, progress and abort signal. */
export interface EvaluateInWorkersOptions extends EvaluateOptions, LongWork {
  /** Threads of the bootstrap. Default: one per processor, or one in all where the work is small. */
  readonly threads?: number | undefined;
}

/** The names of {@link EvaluateOptions}. */
export const EVALUATE_OPTIONS: OptionNames<EvaluateOptions> = {
  seed: "optional",
  replicates: "optional",
  metrics: "optional",
  segments: "optional",
  weights: "optional",
  bands: "optional",
  curves: "optional",
};

/** The names of {@link EvaluateInWorkersOptions}. */
export const EVALUATE_IN_WORKERS_OPTIONS: OptionNames<EvaluateInWorkersOptions> = {
  ...EVALUATE_OPTIONS,
  threads: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** Categories of more levels are not segments by default. */
const MOST_LEVELS = 20;

/** Labelled rows that a model has scored, with what measuring them needs. */
export interface RowsToMeasure extends Pick<MeasuredRows, "table" | "weights" | "by"> {
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
  /** Of the model's value column. */
  readonly values: Float64Array | undefined;
  /** Rows of one number are of one subscriber; undefined where all are of different ones. */
  readonly groups: ArrayLike<number> | undefined;
}

/** The inputs of the metrics of a model on a table, and everything else in its evaluation. */
export function evaluationOf(
  scorer: Scorer,
  given: Table,
  probabilitiesOf: (table: Table) => Float64Array,
  { weights: weightColumn, ...options }: EvaluateOptions,
) {
  const { content } = scorer;
  const { value } = content;
  if (options.segments !== undefined) checkTexts("evaluate", "segments", options.segments);
  const empty = emptyTableProblem("evaluate", "table", given);
  if (empty !== undefined) throw new HoldfastError(empty);
  const { table, weights, by } = measuredRows("evaluate", given, weightColumn, content.weights);
  const labels = readKnownLabels(table, content.label);
  const probabilities = probabilitiesOf(table);
  const values = value === null ? undefined : valuesOf(table, value, formatOfColumn(content, value));
  const groups = repeatedIds(table, content.id);
  return evaluationOfRows(scorer, { table, weights, by, labels, probabilities, values, groups }, options);
}

/** The same, of rows that have been read and scored. */
export function evaluationOfRows(
  scorer: Scorer,
  { table, weights, by, labels, probabilities, values, groups }: RowsToMeasure,
  { segments, ...bootstrap }: Omit<EvaluateOptions, "weights">,
) {
  const { inputs, tiers, valueBands } = scorer.content;
  const cuts = segmentColumns(table, segments ?? segmentsByDefault(inputs));
  const complete = (evaluation: Evaluation): ModelEvaluation => {
    const shown = tierTable(tiers, probabilities, labels, { values, weights });
    const completed: ModelEvaluation = {
      ...evaluation,
      tierTable: shown,
      valueGrid:
        values && valueBands
          ? valueGrid(tiers, valueBands, probabilities, values, labels, { weights })
          : null,
      segments: evaluateSegments(labels, probabilities, cuts, { groups, weights }),
      trainedOn: trainedOn(scorer, table, labels),
      tierDrift: tierDrift(scorer.content.training, shown, worthOfRows(weights, labels.length)),
      weights: by,
    };
    return printAsText(completed, PRINTED_MODEL_EVALUATION);
  };
  return { labels, probabilities, bootstrap: { ...bootstrap, groups, weights }, complete };
}

function segmentsByDefault(inputs: ModelContent["inputs"]): string[] {
  return inputs.flatMap((input) =>
    input.kind === "categorical" && input.levels.length <= MOST_LEVELS ? [input.name] : [],
  );
}
