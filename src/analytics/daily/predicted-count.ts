import {
  type NegativeBinomial,
  negativeBinomialAtLeast,
  negativeBinomialAtMost,
} from "../statistics/negative-binomial.js";

/** A count to come, as a negative binomial distribution: counts vary more than those of a Poisson distribution. */
export interface PredictedCount {
  readonly mean: number;
  /** Larger than the mean. */
  readonly variance: number;
}

/**
 * The count of a day. Its variance is that of the day itself, and that of a median of so many days, which is π/2 times that of
 * their mean.
 * @param dispersion variance over mean of a day, at least 1
 */
export function predictedCount(mean: number, dispersion: number, days: number): PredictedCount {
  return { mean, variance: dispersion * mean * (1 + Math.PI / (2 * days)) };
}

/** The p-value of a count on both sides. Of whole counts it is at most as small as stated, as it includes the count itself. */
export function twoSided(predicted: PredictedCount, value: number): number {
  const counts = distributionOf(predicted);
  const tail = Math.min(negativeBinomialAtMost(counts, value), negativeBinomialAtLeast(counts, value));
  return Math.min(1, 2 * tail);
}

/** The least and the largest whole count that are no less likely, in two-sided p-value, than `level`. */
export function usualRange(predicted: PredictedCount, level: number): readonly [number, number] {
  const tail = level / 2;
  const counts = distributionOf(predicted);
  const low = firstWhole((count) => negativeBinomialAtMost(counts, count) > tail);
  const high = firstWhole((count) => negativeBinomialAtLeast(counts, count + 1) <= tail);
  return [low, high];
}

function distributionOf({ mean, variance }: PredictedCount): NegativeBinomial {
  return { mean, size: mean ** 2 / (variance - mean) };
}

/** The first whole number from 0 on for which it is true; from there on it stays true. */
function firstWhole(isReached: (count: number) => boolean): number {
  let high = 1;
  while (!isReached(high)) high *= 2;
  let low = -1;
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (isReached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
