import { HoldfastError, type ProblemCode } from "../errors.js";

/** Stopped by Ctrl-C, as shells report it. */
export const INTERRUPTED = 130;

const BY_FAMILY: Readonly<Record<string, number>> = { argument: 2, data: 3, model: 4, aborted: INTERRUPTED };

/** 0 ok, 2 wrong usage, 3 bad input data, 4 bad model file, 130 interrupted, 1 anything else. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof HoldfastError)) return 1;
  const family = (error.code satisfies ProblemCode).split(".")[0];
  return BY_FAMILY[family] ?? 1;
}
