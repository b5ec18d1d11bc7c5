import { textsProblem } from "../../arguments.js";
import { argumentProblem, type Problem } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import { METRIC_NAMES, type MetricName } from "../metrics.js";

/** What other libraries call metrics that have another name here. Without dashes, underscores and capitals. */
const ELSEWHERE: Readonly<Record<string, MetricName>> = {
  prauc: "averagePrecision",
  auprc: "averagePrecision",
  aucpr: "averagePrecision",
  ap: "averagePrecision",
  binarylogloss: "logLoss",
  neglogloss: "logLoss",
  crossentropy: "logLoss",
  brierscoreloss: "brierScore",
  ece: "expectedCalibrationError",
  lift: "topDecileLift",
};

/** What is wrong with metrics that are asked for by name. */
export function metricNameProblems(functionName: string, metrics: unknown): Problem[] {
  if (Array.isArray(metrics) && metrics.some((metric) => typeof metric === "function")) {
    const hint = 'name them, as in ["rocAuc"]; bootstrapMetric(labels, scores, metric) takes a function';
    return [
      argumentProblem(functionName, "metrics", "must be names of metrics, not functions", undefined, hint),
    ];
  }
  if (metrics === undefined) {
    const hint = `as in ${functionName}(labels, scores, ["rocAuc"])`;
    return [
      argumentProblem(functionName, "metrics", "must be a list of texts, not undefined", undefined, hint),
    ];
  }
  const problem = textsProblem(functionName, "metrics", metrics);
  if (problem !== undefined) return [problem];
  const names: readonly string[] = METRIC_NAMES;
  return (metrics as readonly string[])
    .filter((metric) => !names.includes(metric))
    .map((metric) =>
      argumentProblem(
        functionName,
        "metrics",
        `must be among ${names.join(", ")}`,
        metric,
        suggestion(metric),
      ),
    );
}

function suggestion(metric: string): string | undefined {
  const here = ELSEWHERE[metric.toLowerCase().replace(/[_\s-]/gu, "")];
  return here === undefined ? didYouMean(metric, METRIC_NAMES) : `did you mean ${JSON.stringify(here)}?`;
}
