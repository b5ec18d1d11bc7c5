/**
 * Calibration: from margins (log-odds) or scores to probabilities that mean what they say.
 *
 * A calibrator is fitted on out-of-fold margins, never on margins of rows that the classifier was trained on.
 * `calibrate` chooses between `temperature`, `platt`, `betaCalibration` and `isotonic` shapes by cross-validation;
 * `vennAbers` and `crossVennAbers` give an interval for each probability. `rebase` moves probabilities to another base
 * rate, `undoSampling` takes back what sampling did to them.
 *
 * @example
 * import { calibrate } from "holdfast/calibration";
 * import { stratifiedFolds } from "holdfast/classifiers";
 *
 * const margins = Float64Array.from({ length: 400 }, (_, i) => (i % 41) / 10 - 2);
 * const labels = Uint8Array.from(margins, (margin, i) => (Math.sin(i * 12.9) * 2 < margin ? 1 : 0));
 * const { method, calibrator } = calibrate(margins, labels, stratifiedFolds(labels, 5, 0));
 * console.log(method, calibrator.probabilityOf(0.5));
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { betaCalibration } from "./beta.js";
export { calibrate } from "./calibrate.js";
export { CALIBRATION_METHODS } from "./calibrators.js";
export { crossVennAbers } from "./cross-venn-abers.js";
export { isotonic } from "./isotonic.js";
export { platt } from "./platt.js";
export { rebase, undoSampling } from "./prior-shift.js";
export { temperature } from "./temperature.js";
export { vennAbers } from "./venn-abers.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { FileForm, Report, Schema } from "../file-form.js";
export type { BetaParameters } from "../math/beta-distribution.js";
export type { Tally } from "../metrics/sample/tally.js";
export type { Folds } from "../vectors/folds.js";
export type { Calibration } from "./calibrate.js";
export type {
  BetaJson,
  Calibrator,
  CalibratorForm,
  CalibratorJson,
  CrossVennAbersJson,
  FittedCalibrator,
  IntervalCalibrator,
  IsotonicJson,
  PlattJson,
  TemperatureJson,
  VennAbersJson,
} from "./calibrator.js";
export type { CalibrationMethod } from "./calibrators.js";
export type { CalibrationCandidate } from "./choose.js";
export type { RebaseTarget, SamplingRates } from "./prior-shift.js";
