import { factorCholesky, solveCholesky } from "../../math/cholesky.js";
import type { MetricInterval } from "../../metrics/bootstrap/bootstrap-options.js";
import { createRandom } from "../../random.js";
import type { PairedGains } from "./paired-gains.js";

/**
 * Exponents that are considered: 1 for a fixed number of parameters (Akaike 1974), down to 1/2 for models that become richer
 * with the rows (Cortes et al. 1994); the first steps of a curve may be steeper than its end. Smaller ones let noise promise
 * too much: of 40 simulated curves of 1,000 and 4,000 rows the mean was 1.3 and 1.8 times the true gain from 0.25 on, and
 * 1.1 and 1.6 times from 0.5 on (intervals held it in 79 of 80).
 */
const EXPONENTS: readonly number[] = Array.from({ length: 101 }, (_, i) => 0.5 + i / 100);

/** With fewer steps the exponent can't be told. */
export const LEAST_STEPS = 3;

/** Draws behind the interval. */
const DRAWS = 1000;

/** Variances are at least this, so that equal predictions of two subsets do not decide the fit alone. */
const LEAST_VARIANCE = 1e-12;

/** A fitted power law: log loss = limit + excess × (rows / all rows)^(−exponent). */
export interface PowerLaw {
  /** By how much the log loss on all rows exceeds the limit. */
  readonly excess: number;
  readonly exponent: number;
  /** Weighted sum of squared residuals of the gains. */
  readonly misfit: number;
}

/**
 * Fits the power law of learning curves, log loss = a + b·rows^(−c) (Cortes et al. 1994; Viering & Loog 2023), to the gains
 * of the steps, by generalized least squares with their covariance: gains do not depend on the limit a.
 * @param rows of each subset, one more than there are gains.
 */
export function fitPowerLaw(rows: readonly number[], { gains, covariance }: PairedGains): PowerLaw {
  return fitterOf(rows, factorOf(covariance, gains.length))(gains);
}

/**
 * What twice the rows would gain beyond all rows, with a 95% interval: the percentiles of refits on gains that are drawn from
 * their normal distribution. Where the gains fit the law worse than by chance, they are drawn wider by that factor.
 * @param rows as of {@link fitPowerLaw}, for at least {@link LEAST_STEPS} steps.
 */
export function gainOfTwice(
  rows: readonly number[],
  { gains, covariance }: PairedGains,
  seed: number,
): MetricInterval {
  const steps = gains.length;
  const factor = factorOf(covariance, steps);
  const lawOf = fitterOf(rows, factor);
  const law = lawOf(gains);
  const scale = Math.sqrt(Math.max(1, law.misfit / (steps - 2)));
  const random = createRandom(seed, "learning curve", "power law");
  const drawn = Float64Array.from({ length: DRAWS }, () => {
    const noise = correlated(
      factor,
      gains.map(() => scale * random.normal()),
    );
    return atTwice(lawOf(gains.map((gain, step) => gain + noise[step])));
  }).sort();
  const value = atTwice(law);
  return {
    value,
    low: Math.min(value, drawn[Math.round(0.025 * (DRAWS - 1))]),
    high: Math.max(value, drawn[Math.round(0.975 * (DRAWS - 1))]),
  };
}

function atTwice({ excess, exponent }: PowerLaw): number {
  return excess * (1 - 2 ** -exponent);
}

/** The lower triangle L with L·Lᵀ = covariance. */
function factorOf(covariance: Float64Array, steps: number): Float64Array {
  const factor = covariance.map((each, i) => (i % (steps + 1) === 0 ? each + LEAST_VARIANCE : each));
  factorCholesky(factor, steps);
  return factor;
}

/** Independent normal numbers as ones with the covariance of a factor. */
function correlated(factor: Float64Array, normals: Float64Array): Float64Array {
  const steps = normals.length;
  return normals.map((_, step) => dot(factor.subarray(step * steps, step * steps + step + 1), normals));
}

/**
 * A fit of any gains. For a given exponent the excess is linear in them; the best of {@link EXPONENTS} is taken, which are
 * finer than what data can say.
 */
function fitterOf(rows: readonly number[], factor: Float64Array): (gains: Float64Array) => PowerLaw {
  const all = rows[rows.length - 1];
  const steps = rows.length - 1;
  const solved = (right: Float64Array) => {
    const solution = Float64Array.from(right);
    solveCholesky(factor, steps, solution);
    return solution;
  };
  const shapes = EXPONENTS.map((exponent) => {
    const levels = rows.map((count) => (count / all) ** -exponent);
    const shape = Float64Array.from(levels.slice(1), (level, step) => levels[step] - level);
    const direction = solved(shape);
    return { exponent, direction, precision: dot(direction, shape) };
  });
  return (gains) => {
    let best = { excess: 0, exponent: 1, explained: -1 };
    for (const { exponent, direction, precision } of shapes) {
      const projection = dot(direction, gains);
      const explained = projection ** 2 / precision;
      if (explained > best.explained) best = { excess: projection / precision, exponent, explained };
    }
    const { excess, exponent, explained } = best;
    return { excess, exponent, misfit: Math.max(0, dot(solved(gains), gains) - explained) };
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
