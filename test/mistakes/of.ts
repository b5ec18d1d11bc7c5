import type { Mistake } from "./mistake.js";

/** What a caller without a type checker passes. */
export const wrong = (value: unknown) => value as never;

/** A wrong call of a function, and where and how it must be answered. */
export function of(
  functionName: string,
  name: string,
  argument: string | undefined,
  call: () => unknown,
  says: RegExp,
): Mistake {
  const path = { function: functionName, ...(argument === undefined ? {} : { argument }) };
  return { name: `${functionName} ${name}`, call, path, says };
}
