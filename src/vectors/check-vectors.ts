import { argumentProblem, HoldfastError, type Problem } from "../errors.js";
import type { Vectors } from "./vectors.js";

/** Members by which what is often passed in the place of vectors is recognised. */
interface MistakenMembers {
  readonly rowCount?: unknown;
  readonly features?: unknown;
  readonly columns?: unknown;
  readonly vectorizer?: unknown;
  readonly transform?: unknown;
  readonly then?: unknown;
  readonly predictOne?: unknown;
}

const OF_TABLE = "Vectorizer.fit(table).vectorizer.transform(table) makes them";

/**
 * Makes sure that an argument is vectors, for public functions.
 * @throws HoldfastError that says what it is instead and how vectors are made of it.
 */
export function checkVectors(
  functionName: string,
  argument: string,
  vectors: unknown,
): asserts vectors is Vectors {
  const problem = vectorsProblem(functionName, argument, vectors);
  if (problem !== undefined) throw new HoldfastError(problem);
}

/** What {@link checkVectors} would throw, or undefined. */
export function vectorsProblem(
  functionName: string,
  argument: string,
  vectors: unknown,
): Problem | undefined {
  const problem = (instead: string, hint = OF_TABLE, received?: unknown) =>
    argumentProblem(functionName, argument, `must be vectors${instead}`, received, hint);
  if (vectors === undefined) return problem(", not undefined");
  if (Array.isArray(vectors)) {
    return problem(", not an array of rows", `of const table = tableFromRows(rows), ${OF_TABLE}`);
  }
  if (typeof vectors !== "object" || vectors === null) return problem("", OF_TABLE, vectors);
  const { rowCount, features, columns, vectorizer, transform, then, predictOne }: MistakenMembers = vectors;
  if (typeof rowCount === "number" && Array.isArray(features)) return undefined;
  if (typeof rowCount === "number" && Array.isArray(columns)) return problem(", not a Table");
  if (typeof transform === "function")
    return problem(", not a Vectorizer", "pass vectorizer.transform(table)");
  if (vectorizer !== undefined) return problem(", not a Vectorizer", "pass its .vectorizer.transform(table)");
  if (typeof then === "function") return problem(", not a promise of them", "await it first");
  if (typeof predictOne === "function") return problem(", not a ChurnModel");
  return problem("", OF_TABLE, vectors);
}
