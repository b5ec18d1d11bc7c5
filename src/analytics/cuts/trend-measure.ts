import { invalidArgument } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import type { FactsQuery } from "../query/facts-query.js";

/**
 * The measure of `usage` whose trend is cut by: the given one, or the first; undefined without usage.
 * @throws HoldfastError for a measure that usage has not.
 */
export function trendMeasure(
  functionName: string,
  query: FactsQuery,
  given: string | undefined,
): string | undefined {
  const measures = query.columns("usage").flatMap(({ name, kind }) => (kind === "number" ? [name] : []));
  if (given === undefined || measures.includes(given)) return given ?? measures[0];
  const expected = measures.length === 0 ? "must be in usage" : `must be one of ${measures.join(", ")}`;
  return invalidArgument(functionName, "measure", expected, given, didYouMean(given, measures));
}
