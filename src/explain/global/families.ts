import { listHint } from "../../arguments.js";
import { argumentProblem, HoldfastError, type Problem } from "../../errors.js";
import { didYouMean, listOfNames } from "../../nearest-name.js";
import type { Subject } from "./subject.js";

/** Inputs that are looked at together. */
export interface Family {
  readonly name: string;
  readonly inputs: readonly string[];
  /** Of the inputs, in the order of `inputs`. */
  readonly positions: readonly number[];
}

/** Families of inputs, and those none of whose columns the model reads. */
export interface Families {
  readonly found: readonly Family[];
  readonly unread: readonly string[];
}

/**
 * The families that a caller names, without columns that the model was trained without.
 * @param leftOut columns of the training table that are no inputs.
 * @throws HoldfastError with all columns that neither are inputs nor were left out.
 */
export function familiesOf(
  functionName: string,
  { inputs }: Pick<Subject, "inputs">,
  groups: unknown,
  leftOut: readonly string[],
): Families {
  const positionOf = new Map(inputs.map(({ name }, position) => [name, position]));
  const known = new Set([...positionOf.keys(), ...leftOut]);
  const problems: Problem[] = [];
  const families = entriesOf(functionName, groups).map(([name, columns]): Family => {
    if (!Array.isArray(columns) || columns.length === 0) {
      const hint = typeof columns === "string" ? listHint(columns) : undefined;
      problems.push(
        argumentProblem(functionName, `groups.${name}`, "must be a list of columns", columns, hint),
      );
      return { name, inputs: [], positions: [] };
    }
    for (const column of columns) {
      if (known.has(column)) continue;
      const names = inputs.map((input) => input.name);
      const expected = `must name inputs of the model: ${listOfNames(names)}`;
      const hint = typeof column === "string" ? didYouMean(column, names) : undefined;
      problems.push(argumentProblem(functionName, `groups.${name}`, expected, column, hint));
    }
    const read = [...new Set<string>(columns)].filter((column) => positionOf.has(column));
    return { name, inputs: read, positions: read.map((column) => positionOf.get(column) as number) };
  });
  if (problems.length > 0) throw new HoldfastError(problems);
  return {
    found: families.filter(({ positions }) => positions.length > 0),
    unread: families.flatMap(({ name, positions }) => (positions.length > 0 ? [] : [name])),
  };
}

function entriesOf(functionName: string, groups: unknown): [string, unknown][] {
  if (groups === undefined) return [];
  if (typeof groups === "object" && groups !== null && !Array.isArray(groups)) return Object.entries(groups);
  const expected = 'must be an object of lists of columns such as { usage: ["minutes", "data_mb"] }';
  throw new HoldfastError(argumentProblem(functionName, "groups", expected, groups));
}
