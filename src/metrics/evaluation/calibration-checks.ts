import { type BrierDecomposition, brierDecompositionOf } from "../probability/brier-decomposition.js";
import { calibrationInTheLargeOver } from "../probability/calibration-in-the-large.js";
import { type SpiegelhalterTest, spiegelhalterZ } from "../probability/spiegelhalter.js";
import {
  defaultSquaredErrorBins,
  type SquaredCalibrationError,
  squaredCalibrationErrorOf,
} from "../probability/squared-calibration-error.js";
import type { CountedTally } from "../sample/effective-rows.js";
import { countedRows } from "../sample/input.js";

/** Whether probabilities can be trusted, as numbers and statistical tests. */
export interface CalibrationChecks {
  /** The shift of log-odds that makes the mean probability the churn rate: below 0 they are too high. */
  readonly inTheLarge: number;
  /** Null where all probabilities are 0, ½ or 1. */
  readonly spiegelhalter: SpiegelhalterTest | null;
  readonly squaredError: SquaredCalibrationError;
  /** In ten bins of equal mass, fewer where there are fewer rows. */
  readonly brier: BrierDecomposition;
}

/** @param tally of the same rows, so that they are sorted once for all. */
export function calibrationChecks(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  tally: CountedTally,
): CalibrationChecks {
  const rows = countedRows(labels.length, weights);
  const { scores, positives, negatives } = tally;
  return {
    inTheLarge: calibrationInTheLargeOver(scores)(positives, negatives),
    spiegelhalter: hasVariance(probabilities, weights)
      ? spiegelhalterZ(labels, probabilities, { weights })
      : null,
    squaredError: squaredCalibrationErrorOf(tally, defaultSquaredErrorBins(rows), "mass"),
    brier: brierDecompositionOf(tally, Math.min(10, rows)),
  };
}

function hasVariance(probabilities: ArrayLike<number>, weights: ArrayLike<number> | undefined): boolean {
  for (let row = 0; row < probabilities.length; row++) {
    if (weights?.[row] !== 0 && ![0, 0.5, 1].includes(probabilities[row])) return true;
  }
  return false;
}
