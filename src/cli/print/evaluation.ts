import type { Evaluation } from "../../metrics/evaluate-scores.js";
import { decilesTable, metricsTable, tiersTable } from "../../report/evaluation-tables.js";
import { type TableText, textTable } from "../../report/text-table.js";
import type { TierSummary } from "../../tiers/tier-table.js";

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

function drawn({ head, rows }: TableText): string {
  return textTable(head, rows);
}
