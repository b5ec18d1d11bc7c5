import { betaPower, incompleteBeta } from "../../../math/incomplete-beta.js";
import { normalQuantile } from "../../../math/normal-quantile.js";

/** Half of the smallest double: no tail is called empty. */
const LEAST_TAIL = Number.MIN_VALUE;

/**
 * How many standard deviations of a normal variable are as improbable as `hits` of `trials`: the normal quantile of the mid-p value,
 * P(fewer) + ½ P(just so many) of the binomial distribution (Lancaster 1961). Above 0 where there are more than expected.
 * It is right for small counts too, whose own standard deviations are not normal; at most 38.5 in size.
 * @param hits whole numbers, as `trials`.
 * @param rate expected, in (0, 1).
 */
export function binomialZ(hits: number, trials: number, rate: number): number {
  const [lower, upper] = midTails(hits, trials, rate);
  return lower < upper
    ? normalQuantile(Math.max(lower, LEAST_TAIL))
    : -normalQuantile(Math.max(upper, LEAST_TAIL));
}

/** P(fewer) + ½ P(just so many), and P(more) + ½ P(just so many), each without loss of digits where it is small. */
export function midTails(hits: number, trials: number, rate: number): readonly [number, number] {
  // DLMF 8.17.5: binomial tails are incomplete beta functions.
  const fewer = hits === 0 ? 0 : incompleteBeta(trials - hits + 1, hits, 1 - rate);
  const more = hits === trials ? 0 : incompleteBeta(hits + 1, trials - hits, rate);
  const half = probabilityOf(hits, trials, rate) / 2;
  return [fewer + half, more + half];
}

/** C(trials, hits) · rate^hits · (1 − rate)^(trials − hits). */
function probabilityOf(hits: number, trials: number, rate: number): number {
  if (hits === 0) return Math.exp(trials * Math.log1p(-rate));
  if (hits === trials) return rate ** trials;
  const missed = trials - hits;
  return (betaPower(hits, missed, rate) * trials) / (hits * missed);
}
