import type { Problems } from "../../errors.js";
import { argumentProblem } from "../../errors.js";
import type { MetricOptions } from "../sample/input.js";

/** A metric with its uncertainty. */
export interface MetricInterval {
  /** Of the sample itself. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Options of the bootstrap: samples, level, seed, and rows that are drawn together. */
export interface BootstrapOptions extends MetricOptions {
  /** How many bootstrap samples. Default 1000. */
  readonly replicates?: number | undefined;
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
  /** Same data, options and seed, same intervals. A whole number, default 0. */
  readonly seed?: number | undefined;
  /** Which rows belong together, a number each: a subscriber in several snapshots is drawn as a whole. */
  readonly groups?: ArrayLike<number> | undefined;
  /**
   * Whether every bootstrap sample has the same number of churners as the data. Default false: that number is random
   * too, and fixing it makes the intervals of log loss, Brier score and calibration too short.
   */
  readonly stratified?: boolean | undefined;
}

/** Adds what is wrong with the options of a bootstrap. */
export function addBootstrapProblems(
  problems: Problems,
  functionName: string,
  rows: number,
  { replicates = 1, level = 0.95, seed = 0, groups }: BootstrapOptions,
): void {
  const add = (argument: string, expected: string, received: unknown) =>
    problems.add(argumentProblem(functionName, argument, expected, received));
  if (!(Number.isInteger(replicates) && replicates >= 1)) {
    add("replicates", "must be a whole number of at least 1", replicates);
  }
  if (!(level > 0 && level < 1)) add("level", "must be between 0 and 1", level);
  if (!Number.isSafeInteger(seed)) add("seed", "must be a whole number", seed);
  if (groups === undefined) return;
  if (groups.length !== rows) add("groups", `must have the length of labels, ${rows}`, groups.length);
  for (let i = 0; i < groups.length; i++) {
    if (!Number.isFinite(groups[i])) add(`groups[${i}]`, "must be finite", groups[i]);
  }
}
