import { alignedLines } from "../../printing/aligned-lines.js";
import { counted, decimal, percent, range, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import type { MetricInterval } from "../bootstrap/bootstrap-options.js";
import { METRICS, metricLabel } from "../metrics.js";

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

/** The main metrics and those of the caller: name, value, interval, as cells of a line each. */
export function mainMetricCells({ metrics }: Pick<PrintedEvaluation, "metrics">): string[][] {
  const own = Object.keys(metrics).filter((name) => METRICS.every((metric) => metric.name !== name));
  return [...MAIN_METRICS, ...own].flatMap((name) => {
    const metric = metrics[name] ?? null;
    return metric === null ? [] : [[metricLabel(name), decimal(metric.value), `(${range(metric)})`]];
  });
}

/** Rows and churn rate, and the main metrics with their intervals. */
export const PRINTED_EVALUATION: Printed<PrintedEvaluation> = {
  lines: (evaluation) => {
    const { rows, positives, baseRate, metrics, level, replicates } = evaluation;
    const shown = mainMetricCells(evaluation);
    const measured = Object.values(metrics).filter((metric) => metric !== null).length;
    const rest = measured - shown.length;
    return [
      `Evaluation on ${counted(rows, "row")}: ${whole(positives)} churned, churn rate ${percent(baseRate)}`,
      ...alignedLines(shown),
      ...(rest > 0 ? [`  … and ${rest} more in metrics`] : []),
      `  (${Math.round(level * 100)}% intervals, ${counted(replicates, "bootstrap sample")})`,
    ];
  },
  short: ({ rows, metrics }) => {
    const rocAuc = metrics.rocAuc ?? null;
    return `Evaluation ${counted(rows, "row")}${rocAuc === null ? "" : `, ROC AUC ${decimal(rocAuc.value)}`}`;
  },
};
