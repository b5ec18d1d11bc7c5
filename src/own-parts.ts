import { argumentProblem, type Problem } from "./errors.js";

/** What a part of the caller's own, such as a metric, must have to be used. */
export interface PartRules {
  /** Members that are texts, `name` among them. */
  readonly texts: readonly string[];
  /** Members that are functions. */
  readonly functions: readonly string[];
  /** Names that the parts of this package have. */
  readonly taken: readonly string[];
}

/**
 * All that is wrong with a list of parts of the caller's own: what is no such part, and names that are taken. Without it
 * they fail where they are first used, after a long training perhaps, or in a file that no one can load.
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
  // Results hold parts by name, and this one is no key like others.
  const names = new Set([...taken, "__proto__"]);
  return parts.flatMap((part: Record<string, unknown> | null | undefined) => {
    const missing = [
      ...texts.filter((text) => typeof part?.[text] !== "string" || part[text] === ""),
      ...functions.filter((each) => typeof part?.[each] !== "function"),
    ];
    if (missing.length > 0) {
      const members = [...texts.map((text) => `${text} (a text)`), ...functions.map((each) => `${each}()`)];
      return [problem(`must have ${members.join(", ")}; missing: ${missing.join(", ")}`, part)];
    }
    const name = part?.name as string;
    const isTaken = names.has(name);
    names.add(name);
    return isTaken ? [problem("must have names that are not taken", name)] : [];
  });
}
