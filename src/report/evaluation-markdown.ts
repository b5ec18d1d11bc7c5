import { checkOptions, type OptionNames } from "../arguments.js";
import { count, invalidArgument } from "../errors.js";
import type { Evaluation } from "../metrics/evaluation/evaluate-scores.js";
import type { SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
import { metricsTable } from "../metrics/evaluation/metrics-table.js";
import type { MetricDefinition } from "../metrics/metric.js";
import { type MeasuredWeights, weightsLine } from "../predict/measured-rows.js";
import { type TierDrift, tierDriftLines } from "../predict/tier-drift.js";
import type { TrainedOn } from "../predict/trained-on.js";
import { trainedOnLines } from "../predict/trained-on-lines.js";
import { decimal, percent, whole } from "../printing/numbers.js";
import { printable } from "../printing/printable.js";
import { markdownTable, type TableText } from "../printing/text-table.js";
import type { TierSummary } from "../tiers/summary/tier-summary.js";
import { tiersTable } from "../tiers/summary/tiers-text.js";
import type { ValueGridCell } from "../tiers/summary/value-grid.js";
import type { LabelSpec } from "../vectors/column-roles/labels.js";
import { confusionTable, decilesTable, segmentsTable, valueGridTable } from "./evaluation-tables.js";

/** An evaluation of scores, as `evaluateScores` returns it, or of a model, as `model.evaluate` does, with more parts. */
export interface EvaluationReport extends Evaluation {
  readonly tierTable?: readonly TierSummary[];
  readonly valueGrid?: readonly ValueGridCell[] | null;
  readonly segments?: readonly SegmentEvaluation[];
  readonly trainedOn?: TrainedOn | null;
  readonly tierDrift?: readonly TierDrift[] | null;
  readonly weights?: MeasuredWeights | null;
  readonly label?: LabelSpec;
}

/** Options of {@link evaluationMarkdown}. */
export interface EvaluationMarkdownOptions {
  /** The heading. Default `"Evaluation"`. */
  readonly title?: string | undefined;
  /** How many segments that are not off are listed too. Default 0: only segments that are off beyond chance. */
  readonly soundSegments?: number | undefined;
  /** Your own metrics in the evaluation, for their labels. Default: their names are the labels. */
  readonly metrics?: readonly MetricDefinition[] | undefined;
}

const OPTIONS: OptionNames<EvaluationMarkdownOptions> = {
  title: "optional",
  soundSegments: "optional",
  metrics: "optional",
};

/**
 * An evaluation as Markdown: its metrics with intervals, calibration, tiers, segments, tenths and decisions, as far as
 * the evaluation has them. The tables are aligned, so that it can be read in a terminal too.
 * @example await writeFile("evaluation.md", evaluationMarkdown(model.evaluate(march), { title: "March 2026" }))
 * @throws HoldfastError for what is no evaluation, and for options out of range.
 */
export function evaluationMarkdown(
  evaluation: EvaluationReport,
  options: EvaluationMarkdownOptions = {},
): string {
  checkEvaluation(evaluation);
  checkOptions("evaluationMarkdown", options, OPTIONS, "options", titleHint);
  const { title = "Evaluation", soundSegments = 0, metrics } = options;
  if (typeof title !== "string") {
    invalidArgument("evaluationMarkdown", "title", "must be a text", title);
  }
  if (!Number.isInteger(soundSegments) || soundSegments < 0) {
    invalidArgument("evaluationMarkdown", "soundSegments", "must be a whole number ≥ 0", soundSegments);
  }
  if (metrics !== undefined && !Array.isArray(metrics)) {
    invalidArgument("evaluationMarkdown", "metrics", "must be a list of metrics", metrics);
  }
  const { rows, positives, baseRate, trainedOn, tierTable, tierDrift, valueGrid, segments } = evaluation;
  const sections = [
    `# ${title}`,
    `${count(rows, "row")}, ${whole(positives)} churned${labelText(evaluation)}, churn rate ${percent(baseRate)}${weightsText(evaluation)}`,
    ...trainedOnLines(trainedOn, rows).map((line) => `**${line}**`),
    "## Metrics",
    markdownTable(metricsTable(evaluation, metrics)),
    `Intervals: ${count(evaluation.replicates, "bootstrap sample")}, seed ${evaluation.seed}.`,
    ...calibrationText(evaluation),
    ...(tierTable === undefined ? [] : table("Risk tiers", tiersTable(tierTable))),
    ...tierDriftLines(tierDrift).map((line) => `**Warning: ${line}**`),
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

/** `, weighted by w`, where there are weights. */
function weightsText({ weights }: EvaluationReport): string {
  const line = weightsLine(weights);
  return line === undefined ? "" : printable(`, ${line}`);
}

/** ` (retained = No)`, where the evaluation says how its labels were read. */
function labelText({ label }: EvaluationReport): string {
  return label === undefined ? "" : printable(` (${label.column} = ${label.positive})`);
}

/** `evaluationMarkdown(evaluation, "March")` is meant to name the title. */
function titleHint(instead: unknown): string | undefined {
  return typeof instead === "string" ? `write { title: ${JSON.stringify(instead)} }` : undefined;
}

/** Members by which what is passed in the place of an evaluation is recognised. */
interface Members {
  readonly then?: unknown;
  readonly predictOne?: unknown;
  readonly evaluation?: unknown;
  readonly rowCount?: unknown;
}

/** Makes sure that an argument is an evaluation. @throws HoldfastError that says where to find it. */
function checkEvaluation(evaluation: unknown): void {
  const { metrics, deciles, confusion } = (evaluation ?? {}) as Partial<Evaluation>;
  if (typeof metrics === "object" && Array.isArray(deciles) && typeof confusion === "object") return;
  const { then, predictOne, evaluation: inside, rowCount } = (evaluation ?? {}) as Members;
  const fail = (instead: string, hint?: string, received?: unknown): never =>
    invalidArgument("evaluationMarkdown", "evaluation", `must be an evaluation${instead}`, received, hint);
  if (typeof then === "function") fail(", not a promise of one", "await it first");
  if (typeof predictOne === "function") {
    fail(", not a model", "pass model.evaluate(table), or model.training.evaluation of the training rows");
  }
  if (inside !== undefined) fail(", not what holds one", "pass its member evaluation");
  if (rowCount !== undefined) fail(", not a Table", "pass model.evaluate(table)");
  const hint = "model.evaluate(table) and evaluateScores(labels, scores) make one";
  fail(evaluation === undefined ? ", not undefined" : "", hint, evaluation);
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
  const all = count(segments.length, "segment");
  const summary =
    off.length === 0
      ? `None of ${all} is off beyond chance.`
      : `${whole(off.length)} of ${all} ${off.length === 1 ? "is" : "are"} off beyond chance, all tests taken together (Holm); ${whole(sound)} ${sound === 1 ? "is" : "are"} not.`;
  return ["## Segments", summary, ...(shown.length === 0 ? [] : [markdownTable(segmentsTable(shown))])];
}

function decisionsText({ confusion: { precision, recall, f1 } }: Evaluation): string {
  const shown = (value: number | null) => (value === null ? "–" : percent(value));
  return `Precision ${shown(precision)}, recall ${shown(recall)}, F1 ${shown(f1)}.`;
}
