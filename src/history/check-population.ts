import { invalidArgument } from "../errors.js";
import type { PopulationFigures } from "./query/population.js";

/** Members by which what is passed in the place of figures is recognised. */
interface Members {
  readonly then?: unknown;
  readonly session?: unknown;
}

/** Makes sure that an argument is the result of `populationFigures`. @throws HoldfastError that says how to get it. */
export function checkPopulation(
  functionName: string,
  population: unknown,
  argument = "population",
): asserts population is PopulationFigures {
  const { at, schema, relations } = (population ?? {}) as Partial<PopulationFigures>;
  if (typeof at === "string" && typeof schema === "object" && typeof relations === "object") return;
  const expected = "must be the result of populationFigures";
  const fail = (received: unknown, hint: string): never =>
    invalidArgument(functionName, argument, expected, received, hint);
  if (typeof population === "string") fail(population, "parse the text of its file: JSON.parse(text)");
  const { then, session } = (population ?? {}) as Members;
  if (typeof then === "function") fail("a promise", "await it first");
  const make = "make them with await populationFigures(history, at)";
  fail(session === undefined ? population : "a history", make);
}
