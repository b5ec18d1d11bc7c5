import { argumentProblem, type Problem } from "../errors.js";
import { ownPartProblems } from "../own-parts.js";
import { METRIC_NAMES, METRICS } from "./metrics.js";

/** All that is wrong with metrics of the caller. @param metrics of any type, as JavaScript may give it. */
export function ownMetricProblems(functionName: string, metrics: unknown): Problem[] {
  if (Array.isArray(metrics)) {
    const name = metrics.map(nameOfBuiltIn).find((each) => each !== undefined);
    if (name !== undefined) {
      const hint = "metrics of this package are measured anyway: leave them out";
      return [argumentProblem(functionName, "metrics", "must be your own metrics", name, hint)];
    }
  }
  const rules = { texts: ["name", "label"], functions: ["value"], taken: METRIC_NAMES };
  return ownPartProblems(functionName, "metrics", metrics, rules);
}

/** The name of a metric of this package that is given by name, or as its function; undefined for anything else. */
function nameOfBuiltIn(metric: unknown): string | undefined {
  return METRICS.find(({ name, value }) => metric === name || metric === value)?.name;
}
