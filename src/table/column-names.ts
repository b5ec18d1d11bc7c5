import { optionText, type Problem, type Problems } from "../errors.js";
import { didYouMean } from "../nearest-name.js";
import { columnName } from "./column-name.js";
import type { Place } from "./resolve-column.js";

/** The names of a file's columns without surrounding white space and composed (Unicode NFC); an empty or repeated one is a problem. */
export function checkColumnNames(names: readonly string[], problems: Problems, place: Place): string[] {
  const positions = new Map<string, number>();
  return names.map((raw, index) => {
    const name = columnName(raw);
    const first = positions.get(name);
    const path = { ...place, column: name };
    if (name === "") {
      const expected = `must have a name in every column, column ${index + 1} has none`;
      const hint = "name it in the header line, or drop it";
      problems.add({ code: "data.duplicate-column", path: place, expected, received: undefined, hint });
    } else if (first !== undefined) {
      const expected = `must appear once, columns ${first + 1} and ${index + 1} have the same name`;
      problems.add({ code: "data.duplicate-column", path, expected, received: undefined });
    } else {
      positions.set(name, index);
    }
    return name;
  });
}

/** A declared column that the input does not have is a problem. */
export function checkDeclaredColumns(
  declared: Readonly<Record<string, unknown>>,
  names: readonly string[],
  problems: Problems,
  place: Place,
): void {
  const known = new Set(names);
  for (const column of Object.keys(declared)) {
    if (known.has(column)) continue;
    const expected = "must be a column of the input";
    problems.add({ code: "data.missing-column", path: { ...place, column }, expected, received: undefined });
  }
}

/**
 * Which columns are read: all but those to exclude. A name that the input does not have is a problem, and so is excluding
 * all columns.
 */
export function readColumns(
  names: readonly string[],
  exclude: readonly string[] = [],
  problems: Problems,
  place: Place,
): boolean[] {
  const path = { ...place, argument: "exclude" };
  for (const column of exclude) {
    if (names.includes(column)) continue;
    const hint = didYouMean(column, names);
    problems.add({
      code: "data.missing-column",
      path: { ...path, column },
      expected: "must be a column of the input",
      received: undefined,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const isRead = names.map((name) => !exclude.includes(name));
  if (names.length > 0 && !isRead.includes(true)) {
    const expected = "must leave a column to read";
    problems.add({ code: "argument.invalid", path, expected, received: exclude });
  }
  return isRead;
}

/** The problem of a column whose type has no cells, such as lists. @param received the type. */
export function typeProblem(column: string, received: string, place: Place): Problem {
  return {
    code: "data.wrong-type",
    path: { ...place, column },
    expected: "must hold numbers, text, booleans or dates",
    received,
    hint: `leave it out: ${optionText("exclude", [column])}; or split it into plain columns`,
  };
}
