import type { OptionNames } from "../../arguments.js";
import { sampleProblems } from "../../metrics/sample/input.js";
import { printAsText } from "../../printing/print-as-text.js";
import { addValueProblems } from "../row-problems.js";
import { stepsProblem } from "../steps-problem.js";
import { isByExpectedLoss, missingValue, type RiskTiers, stepOf } from "../tiers.js";
import {
  type CellColumns,
  meanProbabilityOf,
  type ObservedRate,
  observedRateOf,
  sumCells,
} from "./cell-sums.js";
import type { TierSummary } from "./tier-summary.js";
import { PRINTED_TIERS } from "./tiers-text.js";

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
  return printAsText(
    tierSummaries(tiers, columns, tierPositions(tiers, probabilities, values)),
    PRINTED_TIERS,
  );
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
