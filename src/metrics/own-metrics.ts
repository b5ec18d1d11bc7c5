import type { Problem } from "../errors.js";
import { ownPartProblems } from "../own-parts.js";
import { METRIC_NAMES } from "./metrics.js";

/** All that is wrong with metrics of the caller. @param metrics of any type, as JavaScript may give it. */
export function ownMetricProblems(functionName: string, metrics: unknown): Problem[] {
  const rules = { texts: ["name", "label"], functions: ["value"], taken: METRIC_NAMES };
  return ownPartProblems(functionName, "metrics", metrics, rules);
}
