import type { BetaParameters } from "../../../math/beta-distribution.js";
import { hasRate, type RateCell } from "../cells.js";
import { type CountTally, risingSums, tallyOf } from "./rising-sums.js";

/** How the rates of cells vary beyond chance. */
export interface RatePrior extends BetaParameters {
  /** False where the cells differ by no more than chance: all then have one rate, of which this is the posterior. */
  readonly varies: boolean;
}

/** A prior weaker than that many subscribers is taken as that strong: cells in which all leave or none. */
const LEAST_STRENGTH = 0.02;
const GRID = 16;
const STEP_LIMIT = 50;
/** Steps of the numerical second derivatives, of logarithms. */
const DIFFERENCE = 1e-5;

/**
 * The Beta distribution of the rates of cells, by maximum likelihood of the beta-binomial distribution (Skellam 1948; Griffiths
 * 1973): the prior of empirical Bayes.
 *
 * Where the likelihood is highest without any variation beyond chance, or the prior would be worth more subscribers than there
 * are, all cells have one rate: its posterior under the prior of Jeffreys, Beta(left + ½, stayed + ½) of all cells together.
 * @param cells those without a base, or with more left than base, are ignored.
 * @returns null without a cell that counts.
 */
export function betaBinomialPrior(cells: readonly RateCell[]): RatePrior | null {
  const counted = cells.filter(hasRate);
  if (counted.length === 0) return null;
  const left = counted.reduce((sum, cell) => sum + cell.left, 0);
  const base = counted.reduce((sum, cell) => sum + cell.base, 0);
  const fitted = left > 0 && left < base ? fittedSpread(counted, base) : null;
  if (fitted === null) return { alpha: left + 0.5, beta: base - left + 0.5, varies: false };
  const { mean, spread } = fitted;
  return { alpha: mean / spread, beta: (1 - mean) / spread, varies: true };
}

/** A mean and a spread, 1 / (alpha + beta), with the log-likelihood there and its slopes by logit mean and by ln spread. */
interface Fit {
  readonly mean: number;
  readonly spread: number;
  readonly likelihood: number;
  readonly slopes: readonly [number, number];
}

/** Null where no spread above 1 / base is more likely than none. */
function fittedSpread(cells: readonly RateCell[], base: number): Fit | null {
  const tallies = {
    left: tallyOf(cells.map((cell) => cell.left)),
    stayed: tallyOf(cells.map((cell) => cell.base - cell.left)),
    base: tallyOf(cells.map((cell) => cell.base)),
  };
  const least = 1 / base;
  const most = 1 / LEAST_STRENGTH;
  let best = fitAt(tallies, weightedMean(cells, 0), 0);
  for (let place = 0; place <= GRID; place++) {
    const spread = least * (most / least) ** (place / GRID);
    const fit = fitAt(tallies, weightedMean(cells, spread), spread);
    if (fit.likelihood > best.likelihood) best = fit;
  }
  if (best.spread === 0) return null;
  const fit = highest(tallies, best, most);
  return fit.spread > least ? fit : null;
}

/** Moments: the mean of rates whose variance is due to chance and to a spread (Kleinman 1973). */
function weightedMean(cells: readonly RateCell[], spread: number): number {
  let [left, base] = [0, 0];
  for (const cell of cells) {
    const weight = (1 + spread) / (1 + cell.base * spread);
    left += weight * cell.left;
    base += weight * cell.base;
  }
  return left / base;
}

/** Newton's method from a point near the highest; halves steps that do not rise. */
function highest(tallies: Tallies, start: Fit, most: number): Fit {
  let fit = start;
  for (let step = 0; step < STEP_LIMIT; step++) {
    const [byMean, bySpread] = newtonStep(tallies, fit);
    let share = 1;
    let next = moved(tallies, fit, byMean, bySpread, most);
    while (share > 1e-6 && !(next.likelihood >= fit.likelihood - 1e-12 * Math.abs(fit.likelihood))) {
      share /= 2;
      next = moved(tallies, fit, share * byMean, share * bySpread, most);
    }
    if (share <= 1e-6) return fit;
    fit = next;
    if (Math.abs(byMean) + Math.abs(bySpread) < 1e-10) return fit;
  }
  return fit;
}

function newtonStep(tallies: Tallies, fit: Fit): readonly [number, number] {
  const [byMean, bySpread] = fit.slopes;
  const beside = moved(tallies, fit, DIFFERENCE, 0);
  const above = moved(tallies, fit, 0, DIFFERENCE);
  const curveMean = (beside.slopes[0] - byMean) / DIFFERENCE;
  const curveSpread = (above.slopes[1] - bySpread) / DIFFERENCE;
  const mixed = (beside.slopes[1] - bySpread + above.slopes[0] - byMean) / (2 * DIFFERENCE);
  const determinant = curveMean * curveSpread - mixed * mixed;
  if (curveMean < 0 && determinant > 0) {
    return [
      limited((mixed * bySpread - curveSpread * byMean) / determinant),
      limited((mixed * byMean - curveMean * bySpread) / determinant),
    ];
  }
  // Not concave here: uphill, the mean by its own curve.
  return [curveMean < 0 ? limited(-byMean / curveMean) : 0, Math.sign(bySpread)];
}

function limited(step: number): number {
  return Math.max(-2, Math.min(2, step));
}

function moved(
  tallies: Tallies,
  { mean, spread }: Fit,
  byMean: number,
  bySpread: number,
  most = Infinity,
): Fit {
  const odds = (mean / (1 - mean)) * Math.exp(byMean);
  return fitAt(tallies, odds / (1 + odds), Math.min(most, spread * Math.exp(bySpread)));
}

interface Tallies {
  readonly left: CountTally;
  readonly stayed: CountTally;
  readonly base: CountTally;
}

function fitAt(tallies: Tallies, mean: number, spread: number): Fit {
  const left = risingSums(tallies.left, mean, spread);
  const stayed = risingSums(tallies.stayed, 1 - mean, spread);
  const base = risingSums(tallies.base, 1, spread);
  return {
    mean,
    spread,
    likelihood: left.log + stayed.log - base.log,
    slopes: [
      (left.byStart - stayed.byStart) * mean * (1 - mean),
      (left.byStep + stayed.byStep - base.byStep) * spread,
    ],
  };
}
