import { argumentProblem } from "../../errors.js";
import { normalCdf } from "../../math/normal-cdf.js";
import { countedTally } from "../sample/effective-rows.js";
import { type MetricOptions, sampleProblems } from "../sample/input.js";

/** A test that probabilities are calibrated. */
export interface SpiegelhalterTest {
  /** About standard normal for calibrated probabilities. */
  readonly z: number;
  /** Two-sided. */
  readonly pValue: number;
}

/**
 * Spiegelhalter's test of calibration (1986): the Brier score minus its expectation under true probabilities, divided
 * by its standard deviation under them, Σ (y − p)(1 − 2p) / √Σ (1 − 2p)² p (1 − p). Above 0 means that probabilities
 * are too extreme, below 0 not extreme enough. Whole weights count as that many rows; with others the variance is that
 * of the weighted sum.
 * @example spiegelhalterZ([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) // { z: 0.4402…, pValue: 0.6597… }
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, probabilities outside [0, 1], and where all
 * are 0, ½ or 1: the variance is 0 then.
 */
export function spiegelhalterZ(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: MetricOptions = {},
): SpiegelhalterTest {
  const problems = sampleProblems("spiegelhalterZ", labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
  });
  problems.throwIfAny();
  const { scores, positives, negatives, squares } = countedTally(labels, probabilities, options.weights);
  let excess = 0;
  let variance = 0;
  for (let i = 0; i < scores.length; i++) {
    const probability = scores[i];
    const lean = 1 - 2 * probability;
    excess += (positives[i] * (1 - probability) - negatives[i] * probability) * lean;
    variance += squares[i] * lean * lean * probability * (1 - probability);
  }
  if (variance === 0) {
    const received = "probabilities of 0, ½ and 1 only";
    problems.add(
      argumentProblem("spiegelhalterZ", "probabilities", "must give the Brier score a variance", received),
    );
  }
  problems.throwIfAny();
  const z = excess / Math.sqrt(variance);
  return { z, pValue: 2 * normalCdf(-Math.abs(z)) };
}
