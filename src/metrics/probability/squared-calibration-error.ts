import { type CountedTally, countedTally } from "../sample/effective-rows.js";
import { countedRows, sampleProblems } from "../sample/input.js";
import { CALIBRATION_ERROR_OPTIONS, type CalibrationErrorOptions } from "./expected-calibration-error.js";
import { addBinProblems, type Binning, rowsOfBins, sumBins } from "./probability-bins.js";

/** The squared calibration error, estimated in two ways. */
export interface SquaredCalibrationError {
  /** Biased upwards by noise: above 0 even for perfect probabilities. */
  readonly plugIn: number;
  /** Without that bias: about 0 for perfect probabilities, so sometimes below 0. Null: no bin has two rows. */
  readonly debiased: number | null;
}

/**
 * The squared (L2) calibration error in bins: the mean over bins, weighted by their mass, of
 * (mean probability − observed rate)², and the debiased estimate of Kumar, Liang and Ma (2019), which subtracts
 * rate · (1 − rate) / (n − 1) from the square of each bin of n rows. Bins and ties as in `expectedCalibrationError`;
 * the default is 15 bins, or half the number of rows when there are fewer than 30. n counts a whole weight as that many
 * rows and is Kish's effective number where weights are fractions. Bins of a single row, whose noise is unknown, are
 * left out of `debiased`.
 * @example squaredCalibrationError([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], { bins: 2 }) // { plugIn: 0.06625, debiased: -0.18375 }
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, probabilities outside [0, 1], bins below 1
 * or above the number of rows.
 */
export function squaredCalibrationError(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: CalibrationErrorOptions = {},
): SquaredCalibrationError {
  const name = "squaredCalibrationError";
  const problems = sampleProblems(name, labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
    optionNames: CALIBRATION_ERROR_OPTIONS,
  });
  const { weights, binning = "mass" } = options;
  const rows = countedRows(labels.length, weights);
  addBinProblems(problems, name, rows, options);
  problems.throwIfAny();

  const bins = options.bins ?? defaultSquaredErrorBins(rows);
  return squaredCalibrationErrorOf(countedTally(labels, probabilities, weights), bins, binning);
}

/** How many bins rows are put into unless the caller says. */
export function defaultSquaredErrorBins(rows: number): number {
  return Math.max(1, Math.min(15, Math.floor(rows / 2)));
}

/** {@link squaredCalibrationError} of a tally. */
export function squaredCalibrationErrorOf(
  tally: CountedTally,
  bins: number,
  binning: Binning,
): SquaredCalibrationError {
  const sums = sumBins(tally, bins, binning);
  const rowsOf = rowsOfBins(tally, tally.squares, sums, binning);
  let mass = 0;
  let plugIn = 0;
  let debiasedMass = 0;
  let debiased = 0;
  for (let bin = 0; bin < bins; bin++) {
    const weight = sums.weight[bin];
    if (weight === 0) continue;
    const rate = sums.positives[bin] / weight;
    const square = (sums.probability[bin] / weight - rate) ** 2;
    mass += weight;
    plugIn += weight * square;
    // Rounding may leave the effective number of a single row a little above 1.
    if (rowsOf[bin] < 1 + 1e-9) continue;
    debiasedMass += weight;
    debiased += weight * (square - (rate * (1 - rate)) / (rowsOf[bin] - 1));
  }
  return { plugIn: plugIn / mass, debiased: debiasedMass === 0 ? null : debiased / debiasedMass };
}
