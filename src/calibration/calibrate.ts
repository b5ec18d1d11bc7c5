import type { Tally } from "../metrics/sample/tally.js";
import type { Folds } from "../vectors/folds.js";
import { betaOf } from "./beta.js";
import type { CalibratorJson, FittedCalibrator } from "./calibrator.js";
import { type CalibrationCandidate, chooseSimplest } from "./choose.js";
import { type CrossFittedCalibrator, crossFit, type RankedSample, rankSample } from "./cross-fit.js";
import { isotonicOf } from "./isotonic.js";
import { crossFitMixture } from "./mixture.js";
import { plattOf } from "./platt.js";
import { withPlattTargets } from "./platt-targets.js";
import { temperatureOf } from "./temperature.js";
import { vennAbersOf } from "./venn-abers.js";

export { calibratorFromJson } from "./from-json.js";

export type CalibrationMethod = "auto" | "temperature" | "platt" | "beta" | "isotonic" | "venn-abers";

export const CALIBRATION_METHODS: readonly CalibrationMethod[] = [
  "auto",
  "temperature",
  "platt",
  "beta",
  "isotonic",
  "venn-abers",
];

export interface Calibration {
  readonly method: CalibratorJson["method"];
  /** Fitted on all out-of-fold margins. */
  readonly calibrator: FittedCalibrator;
  /** One per row, from a calibrator fitted without the row's fold: what honest metrics are taken of. */
  readonly probabilities: Float64Array;
  /** What `"auto"` chose from, the simplest first. */
  readonly candidates?: readonly CalibrationCandidate[];
}

/**
 * With fewer churners only curves of one to three parameters are considered. Where shapes are smooth, the free shape
 * loses a little to them up to several hundred churners, but the preference for the simpler keeps it from being chosen;
 * where they are not, it wins from about this number on.
 */
const LEAST_CHURNERS_FOR_FREE_SHAPE = 50;

/**
 * Fits a calibrator on out-of-fold margins.
 *
 * `"auto"` (default) considers, from the simplest on, temperature scaling, Platt's curve, beta calibration and, from 50
 * churners on, a mixture of Platt's curve with a free rising shape; it takes the simplest whose cross-validated log loss
 * exceeds the least by no more than one standard error of the paired difference. All of these strictly rise wherever
 * the margins tell anything, so that the ranking stays as it is.
 * @param weights what each row counts for, ≥ 0; default 1 each.
 * @example calibrate(margins, labels, folds).calibrator.probabilityOf(0.7)
 */
export function calibrate(
  margins: Float64Array,
  labels: Uint8Array,
  folds: Folds,
  method: CalibrationMethod = "auto",
  weights?: Float64Array,
): Calibration {
  const sample = rankSample(margins, labels, folds, weights);
  return method === "auto" ? chooseCalibration(sample) : crossFit(sample, FITS[method]);
}

const FITS: Readonly<Record<Exclude<CalibrationMethod, "auto">, (tally: Tally) => FittedCalibrator>> = {
  temperature: (tally) => temperatureOf(withPlattTargets(tally)),
  platt: plattOf,
  beta: (tally) => betaOf(withPlattTargets(tally)),
  isotonic: isotonicOf,
  "venn-abers": vennAbersOf,
};

function chooseCalibration(sample: RankedSample): Calibration {
  const platt = crossFit(sample, plattOf);
  const considered: CrossFittedCalibrator[] = [
    crossFit(sample, FITS.temperature),
    platt,
    crossFit(sample, FITS.beta),
  ];
  const churners = sample.labels.reduce((count, label) => count + label, 0);
  if (churners >= LEAST_CHURNERS_FOR_FREE_SHAPE) {
    const mixture = crossFitMixture(sample, platt);
    if (mixture !== undefined) considered.push(mixture);
  }
  const { chosen, candidates } = chooseSimplest(considered, sample.labels, sample.weights);
  return { ...chosen, candidates };
}
