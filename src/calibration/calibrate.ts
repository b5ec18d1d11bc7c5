import { type Folds, rowsOfFold } from "../vectors/folds.js";
import type { Calibrator, CalibratorJson, FittedCalibrator } from "./calibrator.js";
import { FittedIsotonic, isotonic } from "./isotonic.js";
import { bestIsotonicWeight, FittedMixture, mixed } from "./mixture.js";
import { FittedPlatt, platt } from "./platt.js";

export type CalibrationMethod = "auto" | "platt" | "isotonic";

export interface Calibration {
  readonly method: CalibratorJson["method"];
  /** Fitted on all out-of-fold margins. */
  readonly calibrator: FittedCalibrator;
  /** One per row, from a calibrator fitted without the row's fold: what honest metrics are taken of. */
  readonly probabilities: Float64Array;
}

/**
 * Fits a calibrator on out-of-fold margins. `"auto"` mixes Platt's curve and isotonic regression with the weight that
 * has the least cross-validated log loss: the curve alone where its shape is right or data are few, more of isotonic
 * regression the clearer the data show another shape.
 */
export function calibrate(
  margins: Float64Array,
  labels: Uint8Array,
  folds: Folds,
  method: CalibrationMethod = "auto",
): Calibration {
  const byPlatt = crossFitted(platt(), margins, labels, folds);
  if (method === "platt") return byPlatt;
  const byIsotonic = crossFitted(isotonic(), margins, labels, folds);
  if (method === "isotonic") return byIsotonic;
  const isotonicWeight = bestIsotonicWeight(byPlatt.probabilities, byIsotonic.probabilities, labels);
  if (isotonicWeight === 0) return byPlatt;
  if (isotonicWeight === 1) return byIsotonic;
  const parts = { platt: byPlatt.calibrator.toJSON(), isotonic: byIsotonic.calibrator.toJSON() };
  return {
    method: "mixture",
    calibrator: new FittedMixture({ method: "mixture", isotonicWeight, ...parts }),
    probabilities: byPlatt.probabilities.map((probability, row) =>
      mixed(isotonicWeight, probability, byIsotonic.probabilities[row]),
    ),
  };
}

/** A calibrator from its file form. */
export function calibratorFromJson(json: CalibratorJson): FittedCalibrator {
  switch (json.method) {
    case "platt":
      return new FittedPlatt(json);
    case "isotonic":
      return new FittedIsotonic(json);
    case "mixture":
      return new FittedMixture(json);
  }
}

/** Fits on all rows, and on all but each fold's rows for the probabilities of that fold. */
function crossFitted<Json extends CalibratorJson>(
  calibrator: Calibrator<Json>,
  margins: Float64Array,
  labels: Uint8Array,
  folds: Folds,
): Omit<Calibration, "calibrator"> & { readonly calibrator: FittedCalibrator<Json> } {
  const probabilities = new Float64Array(margins.length);
  for (let fold = 0; fold < folds.count; fold++) {
    const others = rowsOfFold(folds, fold, true);
    const fitted = calibrator.fit(
      Float64Array.from(others, (row) => margins[row]),
      Uint8Array.from(others, (row) => labels[row]),
    );
    for (const row of rowsOfFold(folds, fold)) probabilities[row] = fitted.probabilityOf(margins[row]);
  }
  return { method: calibrator.name, calibrator: calibrator.fit(margins, labels), probabilities };
}
