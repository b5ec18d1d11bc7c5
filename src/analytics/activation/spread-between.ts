/** A count, and what is expected of it. */
export interface ExpectedCount {
  readonly observed: number;
  /** Above 0. */
  readonly expected: number;
}

/**
 * How much the means of dealers vary beyond chance: the squared coefficient of variation by moments, 0 where counts vary no more
 * than Poisson counts (Breslow 1984).
 */
export function spreadBetween(counts: readonly ExpectedCount[]): number {
  let excess = 0;
  let squares = 0;
  for (const { observed, expected } of counts) {
    excess += (observed - expected) ** 2 - expected;
    squares += expected ** 2;
  }
  return squares > 0 ? Math.max(0, excess / squares) : 0;
}

/** The median of a squared standard normal variable, the chi-squared distribution with one degree of freedom. */
const MEDIAN_SQUARE = 0.4549364231195724;

/**
 * The same by the median dealer, so that it holds with outliers among the dealers as long as they are fewer than half; 0 where the
 * median dealer is off by no more than the standard deviation of a Poisson count. Of an even number it is the upper of the two in the
 * middle, where median of simple-statistics is their mean.
 */
export function medianSpread(counts: readonly ExpectedCount[]): number {
  const sorted = counts
    .map(({ observed, expected }) => ((observed - expected) ** 2 - expected) / expected ** 2)
    .sort((a, b) => a - b);
  if (sorted.length === 0) return 0;
  return Math.max(0, sorted[sorted.length >> 1]) / MEDIAN_SQUARE;
}
