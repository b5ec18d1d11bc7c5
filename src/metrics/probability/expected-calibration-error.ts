import type { OptionNames } from "../../arguments.js";
import { countedRows, METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { cutMass, sum, type Tally, tallySample } from "../sample/tally.js";
import { addBinProblems, type Binning, sumBins } from "./probability-bins.js";

/** Options of {@link expectedCalibrationError}: the bins, and what is averaged. */
export interface CalibrationErrorOptions extends MetricOptions {
  /** How many bins. Default 15, or the number of rows when there are fewer. */
  readonly bins?: number | undefined;
  /**
   * `"mass"` (default): bins of equally many rows. Sorted by rising probability, the row of rank r (from 0) of n falls
   * in bin ⌊bins · r / n⌋; rows of equal probability that extend over several bins are divided evenly between them, so
   * that the order of rows does not matter. Whole weights count as that many rows; with fractional weights a bin edge
   * may cut a row. `"width"`: bins of equal width; probability p falls in bin ⌊bins · p⌋, and 1 in the last.
   */
  readonly binning?: Binning | undefined;
}

/** The names of {@link CalibrationErrorOptions}. */
export const CALIBRATION_ERROR_OPTIONS: OptionNames<CalibrationErrorOptions> = {
  ...METRIC_OPTIONS,
  bins: "optional",
  binning: "optional",
};

const DEFAULT_BINS = 15;

/**
 * Expected calibration error: the mean over bins, weighted by their mass, of |mean probability − observed rate|
 * (Naeini, Cooper and Hauskrecht 2015). In [0, 1]; a perfectly calibrated model does not get 0 but about √(bins / rows)
 * / 3.
 * @example expectedCalibrationError([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], { bins: 2 }) // 0.225
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, probabilities outside [0, 1], bins below 1
 * or above the number of rows.
 */
export function expectedCalibrationError(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: CalibrationErrorOptions = {},
): number {
  const name = "expectedCalibrationError";
  const problems = sampleProblems(name, labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
    optionNames: CALIBRATION_ERROR_OPTIONS,
  });
  const { weights, bins, binning = "mass" } = options;
  const rows = countedRows(labels.length, weights);
  addBinProblems(problems, name, rows, options);
  problems.throwIfAny();
  const tally = tallySample(labels, probabilities, weights);
  const binCount = bins ?? defaultBins(rows);
  return binning === "mass"
    ? massBinnedErrorOf(tally.scores, tally.positives, tally.negatives, binCount, tally.isWhole)
    : widthBinnedErrorOf(tally, binCount);
}

/** The number of bins where the caller does not choose. */
export function defaultBins(rows: number): number {
  return Math.min(DEFAULT_BINS, rows);
}

/**
 * {@link expectedCalibrationError} in bins of equal mass, of the weights at falling probabilities. Cuts as `eachBinPart`
 * does, but in a separate flat loop: in a bootstrap that is 1.6 times as fast.
 */
export function massBinnedErrorOf(
  probabilities: Float64Array,
  positives: Float64Array,
  negatives: Float64Array,
  bins: number,
  isWhole: boolean,
): number {
  const total = sum(positives) + sum(negatives);
  let bin = 0;
  let filled = 0;
  let edge = bins === 1 ? Number.POSITIVE_INFINITY : cutMass(1 / bins, total, isWhole);
  // Of the open bin: Σ probability − Σ label.
  let excess = 0;
  let error = 0;
  for (let i = probabilities.length - 1; i >= 0; i--) {
    let mass = positives[i] + negatives[i];
    if (mass === 0) continue;
    const excessPerMass = probabilities[i] - positives[i] / mass;
    while (filled + mass > edge) {
      const share = edge - filled;
      error += Math.abs(excess + share * excessPerMass);
      mass -= share;
      filled = edge;
      excess = 0;
      bin++;
      edge = bin === bins - 1 ? Number.POSITIVE_INFINITY : cutMass((bin + 1) / bins, total, isWhole);
    }
    excess += mass * excessPerMass;
    filled += mass;
  }
  return (error + Math.abs(excess)) / total;
}

function widthBinnedErrorOf(tally: Tally, bins: number): number {
  const { weight, probability, positives } = sumBins(tally, bins, "width");
  let error = 0;
  for (let bin = 0; bin < bins; bin++) error += Math.abs(probability[bin] - positives[bin]);
  return error / sum(weight);
}
