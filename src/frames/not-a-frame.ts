import { argumentProblem, type Problem } from "../errors.js";
import { hasMethods } from "./frame-kind.js";
import { isVector } from "./kinds/arrow-table.js";
import { isLazyFrame } from "./kinds/polars.js";

const EXPECTED = "must be a data frame, row objects or columns as arrays";

/** What is often passed in the place of a frame, as a problem; undefined for anything else. */
export function notAFrame(source: unknown): Problem | undefined {
  const problem = (instead: string, hint?: string, received?: unknown) =>
    argumentProblem("tableFrom", "source", `${EXPECTED}${instead}`, received, hint);
  if (typeof source === "string") return problem("", "read a file with await readTable(path)", source);
  if (source === undefined) return problem(", not undefined");
  if (typeof source !== "object" || source === null) return problem("", undefined, source);
  const { $isSeries, duckdb, postgres, stream, then } = source as Readonly<Record<string, unknown>>;
  if (source instanceof Promise || (typeof then === "function" && Object.keys(source).length === 0))
    return problem(", not a promise of one", "await it first");
  if ($isSeries === true)
    return problem(", not a Series", "name its column: tableFrom({ name: series.values })");
  if (
    Object.prototype.toString.call(source) === "[object Series]" ||
    hasMethods(source, "toArray", "toFrame")
  )
    return problem(", not a Series", "make a frame of it: series.toFrame()");
  if (isVector(source))
    return problem(", not a Vector of Arrow", "name its column: new Table({ name: vector })");
  if (isLazyFrame(source)) return problem(", not a lazy frame", "run it first: await frame.collect()");
  if (
    typeof duckdb === "string" ||
    typeof postgres === "string" ||
    (stream !== undefined && !Array.isArray(stream))
  )
    return problem(", not a query or a stream", "read it with await readTable(source)");
  if (ArrayBuffer.isView(source) && !(source instanceof Uint8Array))
    return problem(", not a single column", "name it: tableFrom({ name: values })");
  return undefined;
}

/** The problem of an object that no kind of frame recognizes. */
export function unknownFrame(source: object): Problem {
  const isIterable = Symbol.iterator in source || Symbol.asyncIterator in source;
  const hint = isIterable
    ? "make a list of row objects of it: Array.from(rows)"
    : Object.values(source).some(Array.isArray)
      ? "every member must be an array, the values of a column"
      : "put a single row into a list: [row]";
  return argumentProblem("tableFrom", "source", EXPECTED, isIterable ? "an iterable" : source, hint);
}
