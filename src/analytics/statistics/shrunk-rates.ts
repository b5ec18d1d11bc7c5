import { checkOptions, type OptionNames } from "../../arguments.js";
import { checkCells, type RateCell } from "./cells.js";
import { betaBinomialPrior, type RatePrior } from "./rates/beta-binomial-prior.js";
import { betaQuantile } from "./rates/beta-quantile.js";

/** What the intervals of `shrunkRates` are. */
export interface ShrunkRateOptions {
  /** Probability that the interval holds the cell's true rate, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
}

/** What a cell's counts say about its rate, together with those of the other cells. */
export interface ShrunkRate {
  /** left / base; null without a base. */
  readonly rate: number | null;
  /** The posterior mean: the rate, drawn towards that of all cells, the more the smaller the base. */
  readonly shrunkRate: number | null;
  /** Lower and upper end of the equal-tailed credible interval. */
  readonly low: number | null;
  readonly high: number | null;
}

const OPTIONS: OptionNames<ShrunkRateOptions> = { level: "optional" };

/**
 * Rates of cells of very different size, made comparable by empirical Bayes (Robbins 1956; Carlin & Louis 2000, chapter 3): the
 * rates of the cells are taken as drawn from one Beta distribution, which is fitted to all cells by maximum likelihood
 * ({@link betaBinomialPrior}); a cell's posterior is Beta(alpha + left, beta + stayed).
 *
 * - A cell without a base has no rate, and the prior as its posterior.
 * - Where more left than were there (those who joined later count when they leave), the rate is kept, above 1; it is not shrunk
 *   (null), and the cell is left out of the prior. So are cells without a base of which some left.
 * - Where the cells differ by no more than chance (always with one cell, with cells in which none left, or all), all get the
 *   same figures: those of the posterior Beta(left + ½, stayed + ½) of all cells together (Jeffreys).
 *
 * The uncertainty of the prior itself is not in the intervals, which are a little narrow when there are only a few cells.
 * @param cells counts, whole numbers.
 * @returns one result per cell, in their order.
 * @throws HoldfastError for counts that are no whole numbers from 0 up and a level outside (0, 1).
 * @example
 * shrunkRates([{ base: 10, left: 3 }, { base: 1000, left: 20 }, { base: 2000, left: 90 }]);
 * // [{ rate: 0.3, shrunkRate: 0.085…, low: 0.02…, high: 0.19… }, …]
 */
export function shrunkRates(
  cells: readonly RateCell[],
  options: ShrunkRateOptions = {},
): readonly ShrunkRate[] {
  checkOptions("shrunkRates", options, OPTIONS);
  const { level = 0.95 } = options;
  checkCells("shrunkRates", cells, { level });
  const prior = betaBinomialPrior(cells);
  // Small cells share their counts, and quantiles take time.
  const known = new Map<string, ShrunkRate>();
  return cells.map((cell) => {
    const key = `${cell.left}/${cell.base}`;
    const result = known.get(key) ?? shrunk(cell, prior, level);
    known.set(key, result);
    return result;
  });
}

function shrunk({ base, left }: RateCell, prior: RatePrior | null, level: number): ShrunkRate {
  const rate = base > 0 ? left / base : null;
  if (prior === null || left > base) return { rate, shrunkRate: null, low: null, high: null };
  const { alpha, beta } = prior.varies
    ? { alpha: prior.alpha + left, beta: prior.beta + base - left }
    : prior;
  return {
    rate,
    shrunkRate: alpha / (alpha + beta),
    low: betaQuantile((1 - level) / 2, { alpha, beta }),
    high: betaQuantile((1 + level) / 2, { alpha, beta }),
  };
}
