import type { Evaluation } from "../../metrics/evaluation/evaluate-scores.js";
import type { SegmentEvaluation } from "../../metrics/evaluation/evaluate-segments.js";
import { metricsTable } from "../../metrics/evaluation/metrics-table.js";
import { type TableText, textTable } from "../../printing/text-table.js";
import { decilesTable, segmentsTable, valueGridTable } from "../../report/evaluation-tables.js";
import type { TierSummary } from "../../tiers/summary/tier-summary.js";
import { tiersTable } from "../../tiers/summary/tiers-text.js";
import type { ValueGridCell } from "../../tiers/summary/value-grid.js";

/** The metrics with their bootstrap intervals. */
export function metricsText(evaluation: Evaluation): string {
  return `${drawn(metricsTable(evaluation))}\n(intervals: bootstrap, ${evaluation.replicates} samples)`;
}

/** Lift and gain per tenth of the rows. */
export function decilesText(evaluation: Evaluation): string {
  return drawn(decilesTable(evaluation));
}

/** The risk tiers with what was observed in them; money where values were given. */
export function tiersText(tiers: readonly TierSummary[]): string {
  return drawn(tiersTable(tiers));
}

/** Risk tiers down, value bands across. */
export function valueGridText(cells: readonly ValueGridCell[]): string {
  return drawn(valueGridTable(cells));
}

/** Segments as they come. */
export function segmentsText(segments: readonly SegmentEvaluation[]): string {
  return drawn(segmentsTable(segments));
}

function drawn({ head, rows }: TableText): string {
  return textTable(head, rows);
}
