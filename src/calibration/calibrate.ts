import { logLoss } from "../metrics/log-loss.js";
import type { Folds } from "../vectors/folds.js";
import { rowsOfFold } from "../vectors/folds.js";
import type { Calibrator, CalibratorJson, FittedCalibrator } from "./calibrator.js";
import { FittedIsotonic, isotonic } from "./isotonic.js";
import { FittedPlatt, platt } from "./platt.js";

export type CalibrationMethod = "auto" | "platt" | "isotonic";

/** Below this many churners isotonic regression follows noise (Niculescu-Mizil & Caruana 2005 put it near 1,000). */
const CHURNERS_FOR_ISOTONIC = 1000;

export interface Calibration {
  readonly method: "platt" | "isotonic";
  /** Fitted on all out-of-fold margins. */
  readonly calibrator: FittedCalibrator;
  /** One per row, from a calibrator fitted without the row's fold: what honest metrics are taken of. */
  readonly probabilities: Float64Array;
}

/**
 * Fits a calibrator on out-of-fold margins. `"auto"` takes Platt's curve unless isotonic regression has the lower
 * cross-validated log loss by more than one standard error of the difference, and there are at least 1,000 churners.
 */
export function calibrate(
  margins: Float64Array,
  labels: Uint8Array,
  folds: Folds,
  method: CalibrationMethod = "auto",
): Calibration {
  const plattProbabilities = crossCalibrate(platt(), margins, labels, folds);
  const isotonicWanted =
    method === "isotonic" || (method === "auto" && labels.reduce((sum, label) => sum + label, 0) >= CHURNERS_FOR_ISOTONIC);
  if (isotonicWanted) {
    const probabilities = crossCalibrate(isotonic(), margins, labels, folds);
    if (method === "isotonic" || isClearlyBetter(probabilities, plattProbabilities, labels)) {
      return { method: "isotonic", calibrator: isotonic().fit(margins, labels), probabilities };
    }
  }
  return { method: "platt", calibrator: platt().fit(margins, labels), probabilities: plattProbabilities };
}

/** A calibrator from its file form. */
export function calibratorFromJson(json: CalibratorJson): FittedCalibrator {
  return json.method === "platt" ? new FittedPlatt(json) : new FittedIsotonic(json);
}

function crossCalibrate(calibrator: Calibrator, margins: Float64Array, labels: Uint8Array, folds: Folds): Float64Array {
  const probabilities = new Float64Array(margins.length);
  for (let fold = 0; fold < folds.count; fold++) {
    const others = rowsOfFold(folds, fold, true);
    const fitted = calibrator.fit(
      Float64Array.from(others, (row) => margins[row]),
      Uint8Array.from(others, (row) => labels[row]),
    );
    for (const row of rowsOfFold(folds, fold)) probabilities[row] = fitted.probabilityOf(margins[row]);
  }
  return probabilities;
}

/** Whether `challenger` has the lower log loss by more than one standard error of the paired difference. */
function isClearlyBetter(challenger: Float64Array, champion: Float64Array, labels: Uint8Array): boolean {
  const differences = Float64Array.from(
    labels,
    (label, row) => logLoss([label], [champion[row]]) - logLoss([label], [challenger[row]]),
  );
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1);
  return mean > Math.sqrt(variance / differences.length);
}
