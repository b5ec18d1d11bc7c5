import { checkOptions, type OptionNames } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import type { SnapshotOptions } from "../../history/snapshot-options.js";
import { dayProblem } from "../../history/windows/day-problem.js";
import { monthOf, parseDay } from "../../table/calendar.js";
import { TRAIN_OPTIONS, type TrainOptions } from "../train-options.js";

/**
 * Options of `backtest`: which months, those of training, and for a history those of its snapshots.
 */
export interface BacktestOptions
  extends Omit<TrainOptions, "label" | "id">,
    Omit<SnapshotOptions, "at" | "churn" | "censored"> {
  /** The first month that is scored, such as `2025-03`. Default: the first in which a prediction window had ended before. */
  readonly from?: string | undefined;
  /** The last month that is scored. Default: the last that has snapshots. */
  readonly to?: string | undefined;
  /** How many months a model scores until the next training, 1 to 120. Default 1. */
  readonly retrainEvery?: number | undefined;
  /**
   * How many months of cutoffs a training uses, 1 to 120, counted back from the last one whose labels were known. Default: all
   * that are known.
   */
  readonly window?: number | undefined;
  /** The column of cutoffs. Default `"cutoff"`, as of `snapshots`. */
  readonly cutoff?: string | undefined;
  /** The label column. Default `"churn"`, as of `snapshots`. */
  readonly label?: string | undefined;
  /** The column that names a subscriber. Default `"subscriber_id"`, as of `snapshots`. */
  readonly id?: string | undefined;
  /**
   * Of a history: the cutoffs of its snapshots. Default: the first days of all months from the first that has the observation
   * window behind it.
   */
  readonly at?: SnapshotOptions["at"] | undefined;
  /** Of a history: what counts as churn. Default: `disconnected()`. */
  readonly churn?: Exclude<SnapshotOptions["churn"], false>;
}

const BACKTEST_OPTIONS: OptionNames<BacktestOptions> = {
  from: "optional",
  to: "optional",
  retrainEvery: "optional",
  window: "optional",
  at: "optional",
  observe: "optional",
  gap: "optional",
  horizon: "optional",
  features: "optional",
  churn: "optional",
  followedUntil: "optional",
  cutoff: "optional",
  ...TRAIN_OPTIONS,
  label: "optional",
};

/** The names of columns in the snapshots of a backtest. */
export interface BacktestColumns {
  readonly cutoff: string;
  readonly label: string;
  readonly id: string;
}

/** Which months a backtest is asked for, each counted from January 1970 = 0. */
export interface AskedPeriod {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly retrainEvery: number;
  readonly window: number | undefined;
}

/** Makes sure that options are those of a backtest, and reads which months they ask for. @throws HoldfastError. */
export function askedPeriod(options: BacktestOptions): AskedPeriod {
  checkOptions("backtest", options, BACKTEST_OPTIONS);
  const problems = new Problems();
  const { from, to, retrainEvery = 1, window } = options;
  const months = Object.entries({ from, to }).map(([argument, text]) => {
    if (text === undefined) return undefined;
    const problem = dayProblem("backtest", argument, text, "must be a month such as 2025-03");
    if (problem === undefined) return monthOf(parseDay(text) as number);
    problems.add(problem);
    return undefined;
  });
  const [first, last] = months;
  if (first !== undefined && last !== undefined && last < first)
    problems.add(argumentProblem("backtest", "to", `must not lie before ${from}`, to));
  for (const [argument, count] of Object.entries({ retrainEvery, window })) {
    if (count === undefined || (Number.isInteger(count) && count >= 1 && count <= 120)) continue;
    const expected = "must be a whole number of months from 1 to 120";
    problems.add(argumentProblem("backtest", argument, expected, count));
  }
  problems.throwIfAny();
  return { from: first, to: last, retrainEvery, window };
}

/** The options of every training: the cutoff and the prediction window, where the table has columns of it, are no features unless they are included. */
export function trainOptionsOf(
  options: BacktestOptions,
  { cutoff, label, id }: BacktestColumns,
  columns: readonly string[],
): TrainOptions {
  const given = Object.entries(options).filter(([name]) => Object.hasOwn(TRAIN_OPTIONS, name));
  const { exclude = [], include = [] } = options;
  const ofTime = [cutoff, ...WINDOW_COLUMNS.filter((name) => columns.includes(name))];
  const hidden = ofTime.filter((name) => !include.includes(name));
  return {
    ...Object.fromEntries(given),
    label,
    id,
    exclude: Array.isArray(exclude) ? [...new Set([...exclude, ...hidden])] : exclude,
  };
}

/** Names of columns that say where the prediction window of a row begins and ends. */
const WINDOW_COLUMNS: readonly string[] = ["label_from", "label_to"];
