import type { OptionNames } from "../../arguments.js";
import { wilsonInterval } from "../../math/wilson-interval.js";
import { type CountedTally, countedTally } from "../sample/effective-rows.js";
import { countedRows, sampleProblems } from "../sample/input.js";
import { addLevelProblem } from "../sample/level.js";
import { CALIBRATION_ERROR_OPTIONS, type CalibrationErrorOptions } from "./expected-calibration-error.js";
import { addBinProblems, type Binning, rowsOfBins, sumBins } from "./probability-bins.js";

/** Options of {@link calibrationCurve}. */
export interface CalibrationCurveOptions extends CalibrationErrorOptions {
  /** How many bins. Default 10, or the number of rows when there are fewer. */
  readonly bins?: number | undefined;
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
}

const CALIBRATION_CURVE_OPTIONS: OptionNames<CalibrationCurveOptions> = {
  ...CALIBRATION_ERROR_OPTIONS,
  level: "optional",
};

/** A calibration curve (reliability diagram), a point per bin by rising probability; empty bins have none. */
export interface CalibrationCurve {
  readonly meanProbability: Float64Array;
  /** Churners per row. */
  readonly observedRate: Float64Array;
  /** Of the interval of the observed rate. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Rows (weight, where given) in the bin. */
  readonly weight: Float64Array;
}

/**
 * The calibration curve: mean probability against observed churn rate in bins, with Wilson intervals of the rates. Bins
 * and ties as in `expectedCalibrationError`. A whole weight counts as that many rows; where weights are fractions the
 * intervals take Kish's effective number of rows.
 * @example calibrationCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], { bins: 2 }).meanProbability // 0.4, 0.85
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, probabilities outside [0, 1], bins below 1
 * or above the number of rows, a level outside (0, 1).
 */
export function calibrationCurve(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: CalibrationCurveOptions = {},
): CalibrationCurve {
  const problems = sampleProblems("calibrationCurve", labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: false,
    optionNames: CALIBRATION_CURVE_OPTIONS,
  });
  const { weights, binning = "mass", level = 0.95 } = options;
  const rows = countedRows(labels.length, weights);
  addBinProblems(problems, "calibrationCurve", rows, options);
  addLevelProblem(problems, "calibrationCurve", level);
  problems.throwIfAny();

  const bins = options.bins ?? Math.min(10, rows);
  return calibrationCurveOf(countedTally(labels, probabilities, weights), bins, binning, level);
}

/** {@link calibrationCurve} of a tally. */
export function calibrationCurveOf(
  tally: CountedTally,
  bins: number,
  binning: Binning,
  level: number,
): CalibrationCurve {
  const sums = sumBins(tally, bins, binning);
  const rowsOf = rowsOfBins(tally, tally.squares, sums, binning);
  const filled = Array.from(sums.weight.keys()).filter((bin) => sums.weight[bin] > 0);
  // Sums of shares may exceed 1 by a unit of the last place.
  const rates = filled.map((bin) => Math.min(sums.positives[bin] / sums.weight[bin], 1));
  const intervals = filled.map((bin, point) => wilsonInterval(rates[point], rowsOf[bin], level));
  return {
    meanProbability: Float64Array.from(filled, (bin) => sums.probability[bin] / sums.weight[bin]),
    observedRate: Float64Array.from(rates),
    low: Float64Array.from(intervals, ({ low }) => low),
    high: Float64Array.from(intervals, ({ high }) => high),
    weight: Float64Array.from(filled, (bin) => sums.weight[bin]),
  };
}
