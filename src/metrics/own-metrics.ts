import { argumentProblem, type Problem } from "../errors.js";
import type { MetricDefinition } from "./metric.js";
import { METRIC_NAMES } from "./metrics.js";

/** All that is wrong with metrics of the caller: what is no metric, and names that are taken. */
export function ownMetricProblems(
  functionName: string,
  metrics: readonly MetricDefinition[] = [],
): Problem[] {
  const taken: string[] = [...METRIC_NAMES];
  return metrics.flatMap((metric) => {
    if (
      typeof metric?.name !== "string" ||
      typeof metric.label !== "string" ||
      typeof metric.value !== "function"
    )
      return [
        argumentProblem(functionName, "metrics", "must have a name, a label and a function value", metric),
      ];
    const isTaken = taken.includes(metric.name);
    taken.push(metric.name);
    return isTaken
      ? [argumentProblem(functionName, "metrics", "must have names that are not taken", metric.name)]
      : [];
  });
}
