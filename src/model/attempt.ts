import { HoldfastError, type Problems } from "../errors.js";

/** What a call returns; where it throws a HoldfastError, its problems are noted and the result is undefined. */
export function attempt<Result>(problems: Problems, call: () => Result): Result | undefined {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    for (const problem of error.problems) problems.add(problem);
    return undefined;
  }
}
