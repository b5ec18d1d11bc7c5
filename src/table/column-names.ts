import type { Problems } from "../errors.js";
import type { Place } from "./resolve-column.js";

/** The names of a file's columns without surrounding white space and composed (Unicode NFC); an empty or repeated one is a problem. */
export function checkColumnNames(names: readonly string[], problems: Problems, place: Place): string[] {
  const positions = new Map<string, number>();
  return names.map((raw, index) => {
    const name = raw.trim().normalize("NFC");
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
