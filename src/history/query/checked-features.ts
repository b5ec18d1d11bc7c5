import { HoldfastError, optionText } from "../../errors.js";
import { SNAPSHOT_COLUMNS } from "../snapshot-columns.js";

/** Names of the columns of a snapshot that are not features. */
const RESERVED: ReadonlySet<string> = new Set(Object.values(SNAPSHOT_COLUMNS));

/**
 * Returns the features.
 * @param functionName the public function that errors name.
 * @throws HoldfastError when two have the same name, or one has the name of another column.
 */
export function checkedFeatures<Named extends { readonly name: string; readonly family: string }>(
  features: readonly Named[],
  functionName?: string,
): readonly Named[] {
  const called = functionName === undefined ? {} : { function: functionName };
  const familyOf = new Map<string, string>();
  const problems = features.flatMap(({ name, family }) => {
    const other = RESERVED.has(name.toLowerCase()) ? "the snapshot itself" : familyOf.get(name.toLowerCase());
    familyOf.set(name.toLowerCase(), family);
    if (other === undefined) return [];
    return [
      {
        code: "argument.invalid" as const,
        path: { ...called, argument: "features", column: name },
        expected: `must have a name that is not taken, ${other} has that column too`,
        received: family,
        hint: `a column of yours is mapped to another name when the history is opened: ${optionText("columns", { [`own_${name}`]: name })}`,
      },
    ];
  });
  if (problems.length > 0) throw new HoldfastError(problems);
  return features;
}
