import { logistic } from "../../math/logistic.js";
import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { sum, tallySample } from "../sample/tally.js";
import { clippedLogOdds } from "./calibration-line.js";

/** The error left by Newton's method is about the square of its last step. */
const LAST_STEP = 1e-8;
const STEPS = 200;

/**
 * Calibration-in-the-large: the intercept of the logistic regression of the label on the log-odds of the probability
 * with the slope fixed at 1 (Cox 1958, Steyerberg 2009), probabilities clipped to [1e-15, 1 − 1e-15]. Added to all
 * log-odds, it makes the mean probability equal the observed rate: 0 is right on the whole, below 0 means that
 * probabilities are too high.
 * @example calibrationInTheLarge([1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]) // log(1/3) = -1.0986…
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, probabilities outside [0, 1].
 */
export function calibrationInTheLarge(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  sampleProblems("calibrationInTheLarge", labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: true,
  }).throwIfAny();
  const { scores, positives, negatives } = tallySample(labels, probabilities, options.weights);
  return calibrationInTheLargeOver(scores)(positives, negatives);
}

/**
 * {@link calibrationInTheLarge} for given probabilities, ready for any weights of churners and others at them; NaN
 * where a class has no weight.
 */
export function calibrationInTheLargeOver(
  probabilities: Float64Array,
): (positives: Float64Array, negatives: Float64Array) => number {
  const logOdds = clippedLogOdds(probabilities);
  return (positives, negatives) => {
    const { low, high } = bracket(logOdds, positives, negatives);
    return low <= high ? rootBetween(low, high, { logOdds, positives, negatives }) : Number.NaN;
  };
}

interface Sample {
  readonly logOdds: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** The log-odds of the rate minus the highest and the lowest log-odds given: the intercept lies between. */
function bracket(logOdds: Float64Array, positives: Float64Array, negatives: Float64Array) {
  const logOddsOfRate = Math.log(sum(positives) / sum(negatives));
  if (!Number.isFinite(logOddsOfRate)) return { low: Number.NaN, high: Number.NaN };
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < logOdds.length; i++) {
    if (positives[i] + negatives[i] === 0) continue;
    highest = Math.max(highest, logOdds[i]);
    lowest = Math.min(lowest, logOdds[i]);
  }
  return { low: logOddsOfRate - highest, high: logOddsOfRate - lowest };
}

/** Newton's method, with a bisection wherever it would leave the bracket. */
function rootBetween(low: number, high: number, { logOdds, positives, negatives }: Sample): number {
  let intercept = Math.min(Math.max(0, low), high);
  for (let iteration = 0; iteration < STEPS; iteration++) {
    let excess = 0;
    let curvature = 0;
    for (let i = 0; i < logOdds.length; i++) {
      const mass = positives[i] + negatives[i];
      const probability = logistic(intercept + logOdds[i]);
      excess += positives[i] - mass * probability;
      curvature += mass * probability * (1 - probability);
    }
    const step = excess / curvature;
    if (Math.abs(step) < LAST_STEP) return intercept + step;
    if (excess > 0) low = intercept;
    else high = intercept;
    const next = intercept + step;
    intercept = next > low && next < high ? next : (low + high) / 2;
  }
  return intercept;
}
