import type { Evaluation } from "../metrics/evaluation/evaluate-scores.js";
import { evaluateSegments, type SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
import type { MetricDefinition } from "../metrics/metric.js";
import type { ModelContent } from "../model-file/churn/content.js";
import { printAsText } from "../printing/print-as-text.js";
import type { LongWork } from "../progress.js";
import type { Table } from "../table/table.js";
import { type TierSummary, tierTable } from "../tiers/tier-table.js";
import { type ValueGridCell, valueGrid } from "../tiers/value-grid.js";
import { repeatedIds } from "../vectors/column-roles/id-groups.js";
import { readKnownLabels } from "../vectors/column-roles/labels.js";
import { segmentColumns } from "../vectors/column-roles/segment-columns.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import { PRINTED_MODEL_EVALUATION } from "./evaluation-lines.js";

/** How well a model does on labelled rows it was not trained on. */
export interface ModelEvaluation extends Evaluation {
  readonly tierTable: readonly TierSummary[];
  /** Risk tiers by value bands; null where the model has no value column. */
  readonly valueGrid: readonly ValueGridCell[] | null;
  /** Segment by segment, those that are off beyond chance first. */
  readonly segments: readonly SegmentEvaluation[];
}

export interface EvaluateOptions {
  /** Seed of the bootstrap; default 0. */
  readonly seed?: number | undefined;
  /** Bootstrap samples behind the intervals; default 500. */
  readonly replicates?: number | undefined;
  /** Metrics of your own, measured beside those of this package. Default: none. */
  readonly metrics?: readonly MetricDefinition[] | undefined;
  /**
   * Columns to cut the rows by, such as tenure band, tariff, group or region: any of the table, numbers in five bands.
   * Default: the categories that the model reads, of at most 20 levels.
   */
  readonly segments?: readonly string[] | undefined;
}

export interface EvaluateInWorkersOptions extends EvaluateOptions, LongWork {
  /** Threads of the bootstrap. Default: as many as there are processors, one where the work is small. */
  readonly threads?: number | undefined;
}

/** Categories of more levels are no segments unless asked for. */
const MOST_LEVELS = 20;

/** What there is to measure of a model on a table, and all there is to say beside the metrics. */
export function evaluationOf(
  { label, id, inputs, tiers, value, valueBands }: ModelContent,
  table: Table,
  probabilitiesOf: (table: Table) => Float64Array,
  { segments, ...bootstrap }: EvaluateOptions,
) {
  const labels = readKnownLabels(table, label);
  const probabilities = probabilitiesOf(table);
  const values = value === null ? undefined : valuesOf(table, value);
  const groups = repeatedIds(table, id);
  const cuts = segmentColumns(table, segments ?? segmentsByDefault(inputs));
  const complete = (evaluation: Evaluation): ModelEvaluation => {
    const completed: ModelEvaluation = {
      ...evaluation,
      tierTable: tierTable(tiers, probabilities, labels, { values }),
      valueGrid: values && valueBands ? valueGrid(tiers, valueBands, probabilities, values, labels) : null,
      segments: evaluateSegments(labels, probabilities, cuts, { groups }),
    };
    return printAsText(completed, PRINTED_MODEL_EVALUATION);
  };
  return { labels, probabilities, bootstrap: { ...bootstrap, groups }, complete };
}

function segmentsByDefault(inputs: ModelContent["inputs"]): string[] {
  return inputs.flatMap((input) =>
    input.kind === "categorical" && input.levels.length <= MOST_LEVELS ? [input.name] : [],
  );
}
