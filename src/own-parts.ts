import { argumentProblem, type Problem } from "./errors.js";

/** What a part that the caller wrote, such as a metric, must have. */
export interface PartRules {
  /** Members that are strings, `name` among them. */
  readonly texts: readonly string[];
  /** Members that are functions. */
  readonly functions: readonly string[];
  /** Names that the parts of this package have. */
  readonly taken: readonly string[];
}

/**
 * All problems of a list of parts that the caller wrote: items without the needed members, and names that are taken.
 * Without this check they would fail at first use, perhaps after a long training, or in a file that can't be loaded.
 */
export function ownPartProblems(
  functionName: string,
  argument: string,
  parts: unknown,
  { texts, functions, taken }: PartRules,
): Problem[] {
  const problem = (expected: string, received: unknown) =>
    argumentProblem(functionName, argument, expected, received);
  if (parts === undefined) return [];
  if (!Array.isArray(parts)) return [problem("must be a list", parts)];
  // Results are objects with the parts' names as keys, and this key would set the prototype instead.
  const names = new Set([...taken, "__proto__"]);
  return parts.flatMap((part: Record<string, unknown> | null | undefined) => {
    const missing = [
      ...texts.filter((text) => typeof part?.[text] !== "string" || part[text] === ""),
      ...functions.filter((each) => typeof part?.[each] !== "function"),
    ];
    if (missing.length > 0) {
      const members = [...texts.map((text) => `${text} (a string)`), ...functions.map((each) => `${each}()`)];
      return [problem(`must have ${members.join(", ")}; missing: ${missing.join(", ")}`, part)];
    }
    const name = part?.name as string;
    const isTaken = names.has(name);
    names.add(name);
    return isTaken ? [problem("must have names that are not taken", name)] : [];
  });
}
