import type { OptionNames } from "../arguments.js";
import { argumentProblem } from "../errors.js";
import { normalCdf } from "../math/normal-cdf.js";
import { addGroupProblems } from "../metrics/sample/groups.js";
import { sampleProblems } from "../metrics/sample/input.js";
import { sum } from "../metrics/sample/tally.js";
import { drawGroups, drawRows, orderedShares } from "./order-bootstrap.js";
import { isTierCount, tierNames } from "./tier-rule.js";
import { type RiskTiers, stepOf } from "./tiers.js";
import { countOf, countsByScore, joined, NO_ROWS, type WeightedCount } from "./weighted-count.js";

/** Options of {@link autoTiers}. */
export interface AutoTierOptions {
  /** The maximum number of tiers, 2 to 5. Default 5. */
  readonly max?: number | undefined;
  /** Decides the bootstrap. Default 0. */
  readonly seed?: number | undefined;
  /** Bootstrap replicates, 20 or more. Default 500. */
  readonly replicates?: number | undefined;
  /** Rows of one number are drawn together, as those of one subscriber. Default: each row separately. */
  readonly groups?: ArrayLike<number> | undefined;
  /**
   * How much of the population each row stands for, ≥ 0; counts in the tests are then those of as many equally weighted rows.
   * Default: 1 each.
   */
  readonly weights?: ArrayLike<number> | undefined;
}

const AUTO_TIER_OPTIONS: OptionNames<AutoTierOptions> = {
  max: "optional",
  seed: "optional",
  replicates: "optional",
  groups: "optional",
  weights: "optional",
};

/** The least number of churners in a tier: with fewer a rate is uncertain by more than a factor of two. */
const LEAST_CHURNERS = 10;
/** The probability that tiers are drawn where there is no difference at all. */
const SIGNIFICANCE = 0.05;
/** The share of replicates in which a tier's rate must be above that of the tier below. */
const LEAST_REPLICATE_SHARE = 0.95;
/**
 * The initial cuts of the rows, in percent from the riskiest on: twentieths, and finer at the top, where churners are.
 */
const FIRST_CUTS = [1, 2, ...Array.from({ length: 20 }, (_, i) => 5 * (i + 1))];

/** Some neighbouring bins, as one tier. */
interface Segment extends WeightedCount {
  /** The lowest probability in it. */
  readonly from: number;
}

/**
 * Draws the number of tiers that the data can distinguish. Rows are cut at quantiles of the probability (every
 * twentieth of the rows, and the top 1% and 2%; equal probabilities stay together), then the two neighbours that differ
 * least by the two-proportion z-test are merged, one pair after the other (ChiMerge, Kerber 1992), until
 *
 * - every tier has at least 10 churners,
 * - every tier churns more than the one below, with p ≤ 0.05 after Bonferroni's correction for all cuts tried,
 * - there are at most `max` tiers,
 * - and in at least 95% of bootstrap replicates each tier's rate is above that of the tier below; a cut that fails is
 *   removed, the weakest first.
 *
 * So observed rates fall strictly from tier to tier. The tiers are called high and low; or high, medium, low; with four
 * very high comes first, with five very low last. Where no difference is found (all probabilities equal, random
 * predictions, fewer than 20 churners) one tier, `all`, holds all rows. The result does not depend on the order of
 * the rows. The test assumes independent rows; the bootstrap keeps rows of one group together.
 *
 * @param probabilities in [0, 1], out-of-fold; otherwise the rates are those of rows the model has seen
 * @param labels 1 = churned, 0 = stayed, one per probability
 * @returns the tiers, the highest first, with the p-value and the share of replicates of each cut as `evidence`
 * @example autoTiers(outOfFold, labels, { seed: 1, max: 3 }).map(({ name, from }) => `${name} from ${from}`)
 * @throws HoldfastError for lengths that differ, probabilities outside [0, 1], labels other than 0 and 1, one class
 * only, groups that are not finite, wrong options.
 */
export function autoTiers(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: AutoTierOptions = {},
): RiskTiers {
  check(probabilities, labels, options);
  const { max = 5, seed = 0, replicates = 500, groups, weights } = options;
  const bins = firstBins(labels, probabilities, weights);
  const sharesOf = (segments: readonly Segment[]) => {
    const draw =
      groups === undefined
        ? drawRows(segments.map(countOf))
        : drawGroups(
            Uint8Array.from(probabilities, (each) => stepOf(segments, each)),
            labels,
            groups,
            weights,
          );
    return orderedShares(draw, segments.length, replicates, seed);
  };

  let segments = separated(bins, max, bins.length - 1);
  let shares = sharesOf(segments);
  while (shares.some((share) => share < LEAST_REPLICATE_SHARE)) {
    segments = separated(withoutCut(segments, shares.indexOf(Math.min(...shares))), max, bins.length - 1);
    shares = sharesOf(segments);
  }

  const names = tierNames(segments.length);
  return segments.map((segment, position) => {
    const below = segments[position + 1];
    if (below === undefined) return { name: names[position], from: 0 };
    const pValue = adjustedPValue(separation(segment, below), bins.length - 1);
    return {
      name: names[position],
      from: segment.from,
      evidence: { pValue, replicateShare: shares[position] },
    };
  });
}

function check(probabilities: ArrayLike<number>, labels: ArrayLike<number>, options: AutoTierOptions): void {
  const problems = sampleProblems("autoTiers", labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: true,
    scoresFirst: true,
    optionNames: AUTO_TIER_OPTIONS,
  });
  const { max = 5, seed = 0, replicates = 500, groups } = options;
  const add = (argument: string, expected: string, received: unknown) =>
    problems.add(argumentProblem("autoTiers", argument, expected, received));
  if (!isTierCount(max)) add("max", "must be a whole number from 2 to 5", max);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    add("seed", "must be a whole number from 0 to 2^53 − 1", seed);
  }
  if (!Number.isSafeInteger(replicates) || replicates < 20) {
    add("replicates", "must be a whole number ≥ 20, to determine 95% of them", replicates);
  }
  if (groups !== undefined) addGroupProblems(problems, "autoTiers", labels.length, groups);
  problems.throwIfAny();
}

/** The rows cut at quantiles, the riskiest first. A tie across a cut stays above it. */
function firstBins(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Segment[] {
  const { scores, others, churners } = countsByScore(labels, probabilities, weights);
  const total = sum(others.mass) + sum(churners.mass);
  const bins: Segment[] = [];
  let reached = 0;
  let cut = 0;
  let bin = NO_ROWS;
  for (let rank = 0; rank < scores.length; rank++) {
    bin = joined(bin, {
      mass: [others.mass[rank], churners.mass[rank]],
      squares: [others.squares[rank], churners.squares[rank]],
    });
    const mass = bin.mass[0] + bin.mass[1];
    // The last row fills the last cut, whatever the rounding of sums.
    if (rank < scores.length - 1 && 100 * (reached + mass) < FIRST_CUTS[cut] * total) continue;
    bins.push({ ...bin, from: scores[rank] });
    reached += mass;
    bin = NO_ROWS;
    while (100 * reached >= FIRST_CUTS[cut] * total) cut++;
  }
  return bins;
}

/** Merges neighbours, the least different first, until all are large and different enough and there are at most `max`. */
function separated(bins: readonly Segment[], max: number, cutsTried: number): readonly Segment[] {
  let segments = bins;
  for (;;) {
    const differences = segments.slice(1).map((below, cut) => separation(segments[cut], below));
    const isSmall = segments.map((segment) => countOf(segment).churners < LEAST_CHURNERS);
    const besideSmall = differences.map((z, cut) =>
      isSmall[cut] || isSmall[cut + 1] ? z : Number.POSITIVE_INFINITY,
    );
    const hasSmall = besideSmall.some(Number.isFinite);
    const candidates = hasSmall ? besideSmall : differences;
    const least = Math.min(...candidates);
    const isFine = !hasSmall && segments.length <= max && adjustedPValue(least, cutsTried) <= SIGNIFICANCE;
    if (segments.length === 1 || isFine) return segments;
    segments = withoutCut(segments, candidates.indexOf(least));
  }
}

function withoutCut(segments: readonly Segment[], cut: number): Segment[] {
  const above = segments[cut];
  const below = segments[cut + 1];
  const merged: Segment = { ...joined(above, below), from: below.from };
  return [...segments.slice(0, cut), merged, ...segments.slice(cut + 2)];
}

/** The z of the two-proportion test with pooled rate; above 0 when the upper segment churns more. */
function separation(upper: Segment, lower: Segment): number {
  const above = countOf(upper);
  const below = countOf(lower);
  const pooled = (above.churners + below.churners) / (above.rows + below.rows);
  const variance = pooled * (1 - pooled) * (1 / above.rows + 1 / below.rows);
  // No row or every row churned in both: no difference.
  if (variance === 0) return 0;
  return (above.churners / above.rows - below.churners / below.rows) / Math.sqrt(variance);
}

/** Two-sided, times the number of cuts tried; 1 where the order is wrong. */
function adjustedPValue(z: number, cutsTried: number): number {
  return z <= 0 ? 1 : Math.min(1, 2 * normalCdf(-z) * cutsTried);
}
