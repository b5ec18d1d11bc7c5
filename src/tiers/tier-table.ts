import type { OptionNames } from "../arguments.js";
import { sampleProblems } from "../metrics/sample/input.js";
import {
  type CellColumns,
  meanProbabilityOf,
  type ObservedRate,
  observedRateOf,
  sumCells,
} from "./cell-sums.js";
import { addValueProblems } from "./row-problems.js";
import { stepsProblem } from "./steps-problem.js";
import { isByExpectedLoss, missingValue, type RiskTiers, stepOf } from "./tiers.js";

/**
 * The summary of one tier on labelled rows. In what a training reports, `rows`, `share`, `value` and `expectedLoss` are of the
 * rows that the kept model puts into the tier; the rest is of those that out-of-fold probabilities put there.
 */
export interface TierSummary {
  readonly tier: string;
  /** Lowest probability (or expected loss, where `by` says so) in the tier, by its definition. */
  readonly from: number;
  /** Present when `from` is money, a limit on probability × value. */
  readonly by?: "expectedLoss";
  /** Of weight above 0. */
  readonly rows: number;
  /** Of all rows; of the population where rows have weights. */
  readonly share: number;
  /** Mean predicted probability; null when the tier is empty. */
  readonly meanProbability: number | null;
  /** Share that churned, with its 95% Wilson interval; null when the tier is empty. */
  readonly observedRate: ObservedRate | null;
  /**
   * Whether the mean predicted probability lies in the interval of the observed rate; null when the tier is empty. A
   * perfect model fails in about one tier of twenty.
   */
  readonly isCalibrated: boolean | null;
  /** Observed rate divided by the rate of all rows; null when the tier is empty. */
  readonly lift: number | null;
  /** How many churned. */
  readonly churners: number;
  /** Share of all churners who are in this tier. */
  readonly captured: number;
  /** The total value of the subscribers of the tier; null when no values were given. */
  readonly value: number | null;
  /** The total value of those who churned; null when no values were given. */
  readonly capturedValue: number | null;
  /** Sum of probability × value; null when no values were given. */
  readonly expectedLoss: number | null;
}

/** Options of {@link tierTable}. */
export interface TierTableOptions {
  /** The value of each subscriber, not negative. Tiers by expected loss need it. */
  readonly values?: ArrayLike<number> | undefined;
  /**
   * How much of the population each row stands for, ≥ 0: shares and rates are then of the population, and money is that of a
   * population of as many subscribers as there are rows. Default: 1 each. A row of weight 0 is as if absent.
   */
  readonly weights?: ArrayLike<number> | undefined;
}

const TIER_TABLE_OPTIONS: OptionNames<TierTableOptions> = {
  values: "optional",
  weights: "optional",
};

/**
 * What was predicted and what happened in each tier, the highest first: rows, mean probability, observed rate with its
 * 95% Wilson interval, lift, captured churners, and with `values` the money. Use out-of-fold or later rows.
 * Empty tiers stay in the table.
 * @param probabilities in [0, 1]
 * @param labels 1 = churned, 0 = stayed, one per probability
 * @example
 * const tiers = [{ name: "high", from: 0.5 }, { name: "low", from: 0 }];
 * tierTable(tiers, [0.9, 0.2, 0.1], [1, 0, 0])[0].captured // 1
 * @throws HoldfastError for lengths that differ, no rows, probabilities outside [0, 1], labels other than 0 and 1,
 * values that are negative or not finite, tiers by expected loss without values (`argument.missing`).
 */
export function tierTable(
  tiers: RiskTiers,
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: TierTableOptions = {},
): TierSummary[] {
  const problems = sampleProblems("tierTable", labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
    scoresFirst: true,
    optionNames: TIER_TABLE_OPTIONS,
  });
  const { values, weights } = options;
  const wrongTiers = stepsProblem("tierTable", "tiers", tiers);
  if (wrongTiers !== undefined) problems.add(wrongTiers);
  if (values !== undefined) addValueProblems(problems, "tierTable", values, probabilities.length);
  else if (wrongTiers === undefined && isByExpectedLoss(tiers))
    problems.add(missingValue("tierTable", "values"));
  problems.throwIfAny();

  const columns = { probabilities, labels, values, weights };
  return tierSummaries(tiers, columns, tierPositions(tiers, probabilities, values));
}

/** {@link tierTable} of columns that have been checked. @param tierOf which tier a row is in, by its place. */
export function tierSummaries(
  tiers: RiskTiers,
  columns: CellColumns,
  tierOf: (row: number) => number,
): TierSummary[] {
  const { values } = columns;
  const cells = sumCells(tiers.length, columns, tierOf);
  const mass = cells.reduce((sum, cell) => sum + cell.mass, 0);
  const churnerMass = cells.reduce((sum, cell) => sum + cell.churnerMass, 0);
  return tiers.map(({ name, from, by }, position) => {
    const cell = cells[position];
    const meanProbability = meanProbabilityOf(cell);
    const observedRate = observedRateOf(cell);
    return {
      tier: name,
      from,
      ...(by === undefined ? {} : { by }),
      rows: cell.rows,
      share: shareOf(cell.mass, mass),
      meanProbability,
      observedRate,
      isCalibrated: isWithin(meanProbability, observedRate),
      lift: observedRate === null || churnerMass === 0 ? null : observedRate.value / (churnerMass / mass),
      churners: cell.churners,
      captured: shareOf(cell.churnerMass, churnerMass),
      value: values === undefined ? null : cell.value,
      capturedValue: values === undefined ? null : cell.churnerValue,
      expectedLoss: values === undefined ? null : cell.expectedLoss,
    };
  });
}

/** Rounding of sums may take a share just above 1. */
function shareOf(part: number, all: number): number {
  return all === 0 ? 0 : Math.min(part / all, 1);
}

/** Which tier each row is in, by its place among the tiers; the columns have been checked. */
export function tierPositions(
  tiers: RiskTiers,
  probabilities: ArrayLike<number>,
  values: ArrayLike<number> | undefined,
): (row: number) => number {
  return values !== undefined && isByExpectedLoss(tiers)
    ? (row) => stepOf(tiers, probabilities[row] * values[row])
    : (row) => stepOf(tiers, probabilities[row]);
}

/** Whether a mean probability lies in the interval of the observed rate; null where there is neither. */
export function isWithin(meanProbability: number | null, rate: ObservedRate | null): boolean | null {
  if (meanProbability === null || rate === null) return null;
  return rate.low <= meanProbability && meanProbability <= rate.high;
}
