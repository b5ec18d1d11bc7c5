import type { OptionNames } from "../../arguments.js";
import { argumentProblem } from "../../errors.js";
import { wilsonInterval } from "../../math/wilson-interval.js";
import { countedRows, METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { addLevelProblem } from "../sample/level.js";
import { rankScores } from "../sample/ranking.js";
import { cutMass, sum, tallyRanking } from "../sample/tally.js";

/** Options of {@link liftTable}. */
export interface LiftTableOptions extends MetricOptions {
  /** How many groups of equal mass. Default 10, or the number of rows when there are fewer. */
  readonly groupCount?: number | undefined;
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
}

const LIFT_TABLE_OPTIONS: OptionNames<LiftTableOptions> = {
  ...METRIC_OPTIONS,
  groupCount: "optional",
  level: "optional",
};

/** One group of a lift table: group 1 has the highest scores. */
export interface LiftGroup {
  readonly group: number;
  /** Rows (weight, where given) in the group. */
  readonly n: number;
  readonly meanScore: number;
  /** Churners per row. */
  readonly observedRate: number;
  readonly observedRateLow: number;
  readonly observedRateHigh: number;
  /** Observed rate over the overall rate. */
  readonly lift: number;
  readonly liftLow: number;
  readonly liftHigh: number;
  /** Share of all churners who are in this group or a higher one; 1 in the last. */
  readonly gain: number;
  /** Lift of this group and the higher ones together; 1 in the last. */
  readonly cumulativeLift: number;
}

/**
 * The lift and gain table: rows by falling score in groups of equal mass, the row of rank r (from 0) of n in group
 * ⌊groups · r / n⌋ + 1. Rows tied across an edge share the places evenly, so that the order of rows does not matter
 * (with fractional weights an edge may cut a row). Intervals of the rate are Wilson's, with unequal weights on
 * Kish's effective number of rows; those of the lift take the overall rate as known.
 * @example liftTable([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], { groupCount: 2 })[0].gain // 0.5
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite,
 * options out of their ranges.
 */
export function liftTable(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: LiftTableOptions = {},
): LiftGroup[] {
  const problems = sampleProblems("liftTable", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
    optionNames: LIFT_TABLE_OPTIONS,
  });
  const { weights, groupCount, level = 0.95 } = options;
  const rows = countedRows(labels.length, weights);
  if (groupCount !== undefined && !(Number.isInteger(groupCount) && groupCount >= 1 && groupCount <= rows)) {
    const expected = `must be a whole number from 1 to the number of rows, ${rows}`;
    problems.add(argumentProblem("liftTable", "groupCount", expected, groupCount));
  }
  addLevelProblem(problems, "liftTable", level);
  problems.throwIfAny();

  const ranking = rankScores(scores);
  const { positives, negatives, isWhole } = tallyRanking(ranking, labels, weights);
  const squaredWeights = new Float64Array(ranking.scores.length);
  for (let i = 0; i < scores.length; i++)
    squaredWeights[ranking.rankOfRow[i]] += weights === undefined ? 1 : weights[i] ** 2;
  const count = groupCount ?? Math.min(10, rows);
  const positiveTotal = sum(positives);
  const total = positiveTotal + sum(negatives);
  const rate = positiveTotal / total;

  const table: LiftGroup[] = [];
  let rank = 0;
  let filled = 0;
  // The weight at `rank` that no group has yet.
  let waiting = positives[0] + negatives[0];
  let positivesAbove = 0;
  for (let group = 1; group <= count; group++) {
    const edge = group === count ? Number.POSITIVE_INFINITY : cutMass(group / count, total, isWhole);
    let n = 0;
    let scoreSum = 0;
    let positiveSum = 0;
    let squareSum = 0;
    while (rank < positives.length && filled < edge) {
      const taken = Math.min(waiting, edge - filled);
      const share = taken === 0 ? 0 : taken / (positives[rank] + negatives[rank]);
      n += taken;
      scoreSum += taken * ranking.scores[rank];
      positiveSum += share * positives[rank];
      squareSum += share * squaredWeights[rank];
      filled += taken;
      waiting -= taken;
      if (waiting <= 0 && ++rank < positives.length) waiting = positives[rank] + negatives[rank];
    }
    positivesAbove += positiveSum;
    const observedRate = Math.min(positiveSum / n, 1);
    const interval = wilsonInterval(observedRate, (n * n) / squareSum, level);
    table.push({
      group,
      n,
      meanScore: scoreSum / n,
      observedRate,
      observedRateLow: interval.low,
      observedRateHigh: interval.high,
      lift: observedRate / rate,
      liftLow: interval.low / rate,
      liftHigh: interval.high / rate,
      gain: group === count ? 1 : positivesAbove / positiveTotal,
      cumulativeLift: group === count ? 1 : positivesAbove / filled / rate,
    });
  }
  return table;
}
