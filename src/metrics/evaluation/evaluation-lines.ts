import { alignedLines } from "../../printing/aligned-lines.js";
import { counted, decimal, percent, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import type { MetricInterval } from "../bootstrap/bootstrap-options.js";
import { METRICS, metricLabel } from "../metrics.js";
import { metricsTable } from "./metrics-table.js";
import { leadsWithInterval, metricParts, metricText } from "./shown-metric.js";

/** What is printed of an evaluation. */
export interface PrintedEvaluation {
  readonly rows: number;
  readonly positives: number;
  readonly baseRate: number;
  readonly metrics: Readonly<Record<string, MetricInterval | null>>;
  readonly level: number;
  readonly replicates: number;
}

/** Metrics that the leaderboard or the comparison of two models shows. */
const MAIN_METRICS: readonly string[] = METRICS.filter(
  (metric) => "leaderboard" in metric || "comparison" in metric,
).map(({ name }) => name);

/**
 * The main metrics and those of the caller, as cells of a line each: name, value and interval, or with few churners
 * name, interval and value.
 */
export function mainMetricCells({
  metrics,
  positives,
}: Pick<PrintedEvaluation, "metrics" | "positives">): string[][] {
  const own = Object.keys(metrics).filter((name) => METRICS.every((metric) => metric.name !== name));
  return [...MAIN_METRICS, ...own].flatMap((name) => {
    const metric = metrics[name] ?? null;
    if (metric === null) return [];
    const [first, second] = metricParts(metric, positives);
    return [[metricLabel(name), first, `(${second})`]];
  });
}

/** Rows and churn rate, and the main metrics with their intervals. */
export const PRINTED_EVALUATION: Printed<PrintedEvaluation> = {
  lines: (evaluation) => {
    const { metrics, level, replicates } = evaluation;
    const shown = mainMetricCells(evaluation);
    const measured = Object.values(metrics).filter((metric) => metric !== null).length;
    const rest = measured - shown.length;
    return [
      headingOf(evaluation),
      ...alignedLines(shown),
      ...(rest > 0 ? [`  … and ${rest} more in metrics`] : []),
      `  (${Math.round(level * 100)}% intervals, ${counted(replicates, "bootstrap sample")})`,
    ];
  },
  short: ({ rows, positives, metrics }) => {
    const rocAuc = metrics.rocAuc ?? null;
    const shown = (metric: MetricInterval) =>
      leadsWithInterval(positives) ? metricText(metric, positives) : decimal(metric.value);
    return `Evaluation ${counted(rows, "row")}${rocAuc === null ? "" : `, ROC AUC ${shown(rocAuc)}`}`;
  },
  parts: (evaluation) => [
    headingOf(evaluation),
    metricsTable(evaluation),
    `Intervals by ${counted(evaluation.replicates, "bootstrap sample")}.`,
  ],
};

function headingOf({ rows, positives, baseRate }: PrintedEvaluation): string {
  return `Evaluation on ${counted(rows, "row")}: ${whole(positives)} churned, churn rate ${percent(baseRate)}`;
}
