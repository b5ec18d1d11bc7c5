import type { Tally } from "../metrics/sample/tally.js";
import { type Folds, weightsOutside } from "../vectors/folds.js";
import type { Calibrator, FittedCalibrator } from "./calibrator.js";
import { CALIBRATORS, type CalibrationMethod } from "./calibrators.js";
import { checkMargins } from "./checks/check-margins.js";
import { methodProblems } from "./checks/check-method.js";
import { type CalibrationCandidate, chooseSimplest } from "./choose.js";
import { type CrossFittedCalibrator, crossFit, type RankedSample, rankSample } from "./cross-fit.js";
import { crossFitMixture } from "./mixture.js";

/** What {@link calibrate} chose and fitted. */
export interface Calibration {
  /** The name of the calibrator that was fitted. */
  readonly method: string;
  /** Fitted on all out-of-fold margins. */
  readonly calibrator: FittedCalibrator;
  /** One per row, from a calibrator that was fitted and chosen without the row's fold: for unbiased metrics. */
  readonly probabilities: Float64Array;
  /** What `"auto"` chose from, the simplest first. */
  readonly candidates?: readonly CalibrationCandidate[];
}

/**
 * Fits a calibrator on out-of-fold margins.
 *
 * `"auto"` (default) considers, from the simplest on, temperature scaling, Platt's curve, beta calibration and, from 50
 * churners on, a mixture of Platt's curve with a free rising shape; it takes the simplest whose cross-validated log
 * loss exceeds the least by no more than one standard error of the paired difference. All of these are strictly
 * increasing wherever the margins are informative, so that the ranking stays as it is.
 * @param method by name, or your own calibrator.
 * @param weights the weight of each row, ≥ 0; default 1 each.
 * @example calibrate(margins, labels, folds).calibrator.probabilityOf(0.7)
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, margins that are not finite, weights that are
 * negative or all zero, no folds, and an unknown method.
 */
export function calibrate(
  margins: Float64Array,
  labels: Uint8Array,
  folds: Folds,
  method: CalibrationMethod | Calibrator = "auto",
  weights?: Float64Array,
): Calibration {
  checkMargins("calibrate", margins, labels, folds, weights, methodProblems("calibrate", method));
  const sample = rankSample(margins, labels, folds, weights);
  if (method === "auto") return chooseCalibration(sample);
  return crossFit(sample, typeof method === "string" ? BY_NAME[method] : tallyFitOf(method));
}

type FitTally = (tally: Tally) => FittedCalibrator;

/** How a calibrator fits a tally. */
function tallyFitOf(calibrator: Calibrator): FitTally {
  if (calibrator.fitTally !== undefined) return calibrator.fitTally;
  // Every distinct margin appears once for its churners and once for the others, with their weight.
  return ({ scores, positives, negatives }) => {
    const labels = new Uint8Array(2 * scores.length).fill(1, 0, scores.length);
    return calibrator.fit([...scores, ...scores], labels, [...positives, ...negatives]);
  };
}

const BY_NAME = Object.fromEntries(CALIBRATORS.map((each) => [each.name, tallyFitOf(each)])) as Readonly<
  Record<Exclude<CalibrationMethod, "auto">, FitTally>
>;

/** What `"auto"` considers, the simplest first. */
const CONSIDERED: readonly ((sample: RankedSample) => CrossFittedCalibrator | undefined)[] = [
  (sample) => crossFit(sample, BY_NAME.temperature),
  (sample) => crossFit(sample, BY_NAME.platt),
  (sample) => crossFit(sample, BY_NAME.beta),
  crossFitMixture,
];

/**
 * The choice of all rows is kept; the probabilities of a fold are those of the calibrator that the other folds choose.
 */
function chooseCalibration(sample: RankedSample): Calibration {
  const { labels, weights, folds } = sample;
  const considered = CONSIDERED.flatMap((crossFitted) => crossFitted(sample) ?? []);
  const { chosen, candidates } = chooseSimplest(considered, labels, weights);
  const choiceOfOthers = Array.from(
    { length: folds.count },
    (_, fold) => chooseSimplest(considered, labels, weightsOutside(folds, fold, weights)).chosen,
  );
  const probabilities = Float64Array.from(folds.of, (fold, row) => choiceOfOthers[fold].probabilities[row]);
  return { ...chosen, probabilities, candidates };
}
