import type { OptionNames } from "../../arguments.js";
import type { Problems } from "../../errors.js";
import { argumentProblem } from "../../errors.js";
import { addGroupProblems } from "../sample/groups.js";
import { METRIC_OPTIONS, type MetricOptions } from "../sample/input.js";
import { addLevelProblem } from "../sample/level.js";

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
  /**
   * How many rows (or groups) a bootstrap sample draws, as a share of those there are, in (0, 1]. Fewer give the intervals of
   * a smaller sample (m out of n; Bickel, Götze & van Zwet 1997). Default 1.
   */
  readonly drawnShare?: number | undefined;
}

/** The names of {@link BootstrapOptions}. */
export const BOOTSTRAP_OPTIONS: OptionNames<BootstrapOptions> = {
  ...METRIC_OPTIONS,
  replicates: "optional",
  level: "optional",
  seed: "optional",
  groups: "optional",
  stratified: "optional",
  drawnShare: "optional",
};

/** Adds what is wrong with the options of a bootstrap. */
export function addBootstrapProblems(
  problems: Problems,
  functionName: string,
  rows: number,
  { replicates = 1, level = 0.95, seed = 0, groups, stratified = false, drawnShare = 1 }: BootstrapOptions,
): void {
  const add = (argument: string, expected: string, received: unknown) =>
    problems.add(argumentProblem(functionName, argument, expected, received));
  if (!(Number.isInteger(replicates) && replicates >= 1)) {
    add("replicates", "must be a whole number of at least 1", replicates);
  }
  addLevelProblem(problems, functionName, level);
  if (!Number.isSafeInteger(seed)) add("seed", "must be a whole number", seed);
  if (!(drawnShare > 0 && drawnShare <= 1)) add("drawnShare", "must be above 0 and at most 1", drawnShare);
  if (typeof stratified !== "boolean") add("stratified", "must be true or false", stratified);
  if (groups !== undefined) addGroupProblems(problems, functionName, rows, groups);
}
