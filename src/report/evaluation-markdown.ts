import type { Evaluation } from "../metrics/evaluation/evaluate-scores.js";
import type { SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
import type { MetricDefinition } from "../metrics/metric.js";
import type { TierSummary } from "../tiers/tier-table.js";
import type { ValueGridCell } from "../tiers/value-grid.js";
import {
  confusionTable,
  decilesTable,
  metricsTable,
  segmentsTable,
  tiersTable,
  valueGridTable,
} from "./evaluation-tables.js";
import { decimal, percent, whole } from "./format.js";
import { markdownTable, type TableText } from "./text-table.js";

/** An evaluation of scores, or of a model, which knows more: what `evaluateScores` and `model.evaluate` return. */
export interface EvaluationReport extends Evaluation {
  readonly tierTable?: readonly TierSummary[];
  readonly valueGrid?: readonly ValueGridCell[] | null;
  readonly segments?: readonly SegmentEvaluation[];
}

/** Options of {@link evaluationMarkdown}. */
export interface EvaluationMarkdownOptions {
  /** The heading. Default `"Evaluation"`. */
  readonly title?: string | undefined;
  /** How many of the segments that are not off are listed. Default 0: only those that are off beyond chance. */
  readonly soundSegments?: number | undefined;
  /** Metrics of your own in the evaluation, for their labels. Default: they are called by their names. */
  readonly metrics?: readonly MetricDefinition[] | undefined;
}

/**
 * An evaluation as Markdown, its tables aligned so that it reads in a terminal as it stands.
 * @example await writeFile("evaluation.md", evaluationMarkdown(model.evaluate(march), { title: "March 2026" }))
 */
export function evaluationMarkdown(
  evaluation: EvaluationReport,
  { title = "Evaluation", soundSegments = 0, metrics }: EvaluationMarkdownOptions = {},
): string {
  const { rows, positives, baseRate, tierTable, valueGrid, segments } = evaluation;
  const sections = [
    `# ${title}`,
    `${whole(rows)} rows, ${whole(positives)} churned, churn rate ${percent(baseRate)}`,
    "## Metrics",
    markdownTable(metricsTable(evaluation, metrics)),
    `Intervals: ${evaluation.replicates} bootstrap samples, seed ${evaluation.seed}.`,
    ...calibrationText(evaluation),
    ...(tierTable === undefined ? [] : table("Risk tiers", tiersTable(tierTable))),
    ...(valueGrid
      ? table("Risk tiers by value: subscribers and expected loss", valueGridTable(valueGrid))
      : []),
    ...(segments === undefined ? [] : segmentsText(segments, soundSegments)),
    ...table("Tenths by falling probability", decilesTable(evaluation)),
    "## Decisions",
    markdownTable(confusionTable(evaluation)),
    decisionsText(evaluation),
  ];
  return `${sections.join("\n\n")}\n`;
}

function table(title: string, text: TableText): string[] {
  return [`## ${title}`, markdownTable(text)];
}

function calibrationText({ calibration }: Evaluation): string[] {
  if (calibration === null) return [];
  const { inTheLarge, spiegelhalter, squaredError, brier } = calibration;
  const side = inTheLarge < 0 ? "too high" : "too low";
  const lines = [
    `- mean probability: ${side} by ${decimal(Math.abs(inTheLarge), 3)} in log-odds`,
    ...(spiegelhalter === null
      ? []
      : [`- Spiegelhalter's z ${decimal(spiegelhalter.z, 2)}, p = ${decimal(spiegelhalter.pValue, 3)}`]),
    ...(squaredError.debiased === null
      ? []
      : [`- squared calibration error, debiased ${decimal(squaredError.debiased, 5)}`]),
    `- Brier score ${decimal(brier.brier)} = reliability ${decimal(brier.reliability)} − resolution ${decimal(brier.resolution)} + uncertainty ${decimal(brier.uncertainty)} + within bins ${decimal(brier.withinBin)}`,
  ];
  return ["## Calibration", lines.join("\n")];
}

function segmentsText(segments: readonly SegmentEvaluation[], soundSegments: number): string[] {
  const off = segments.filter((each) => each.isMiscalibrated || each.isRankedWorse);
  const sound = segments.length - off.length;
  const shown = segments.slice(0, off.length + soundSegments);
  const count =
    off.length === 0
      ? `None of ${whole(segments.length)} segments is off beyond chance.`
      : `${whole(off.length)} of ${whole(segments.length)} segments ${off.length === 1 ? "is" : "are"} off beyond chance, all tests taken together (Holm); ${whole(sound)} are not.`;
  return ["## Segments", count, ...(shown.length === 0 ? [] : [markdownTable(segmentsTable(shown))])];
}

function decisionsText({ confusion: { precision, recall, f1 } }: Evaluation): string {
  const shown = (value: number | null) => (value === null ? "–" : percent(value));
  return `Precision ${shown(precision)}, recall ${shown(recall)}, F1 ${shown(f1)}.`;
}
