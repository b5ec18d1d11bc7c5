import { type Calibration, calibrate } from "../../calibration/calibrate.js";
import type { Calibrator } from "../../calibration/calibrator.js";
import type { CalibrationMethod } from "../../calibration/calibrators.js";
import type { FoldMargins } from "../../calibration/spread.js";
import type { FittedClassifier } from "../../classifiers/classifier.js";
import { logLoss } from "../../metrics/probability/log-loss.js";
import type { CandidateTiming } from "../../predict/prediction.js";
import type { Folds } from "../../vectors/folds.js";

/** The rows that candidates are trained, calibrated and compared on. */
export interface CandidateRows {
  readonly labels: Uint8Array;
  readonly weights: Float64Array | undefined;
}

/** A cross-fitted classifier, or several. */
export interface FittedCandidate {
  readonly name: string;
  readonly summary: string;
  /** How hard it is to read, as its family defines it. */
  readonly effortToRead: number;
  /** The average of the fold models. */
  readonly classifier: FittedClassifier;
  readonly margins: FoldMargins;
  readonly timing: CandidateTiming;
}

/** A trained and calibrated candidate. */
export interface Candidate extends FittedCandidate {
  readonly calibration: Calibration;
  /** Of calibrated out-of-fold probabilities. */
  readonly logLoss: number;
  /** Size of the classifier in a model file, before compression. */
  readonly kilobytes: number;
}

/**
 * Calibrates a cross-fitted candidate on its out-of-fold margins, and measures it.
 * @param folds those that calibration is cross-fitted on.
 */
export function calibrateCandidate(
  fitted: FittedCandidate,
  { labels, weights }: CandidateRows,
  folds: Folds,
  method: CalibrationMethod | Calibrator = "auto",
): Candidate {
  const calibration = calibrate(fitted.margins.outOfFold, labels, folds, method, weights);
  return {
    ...fitted,
    calibration,
    logLoss: logLoss(labels, calibration.probabilities, { weights }),
    kilobytes: JSON.stringify(fitted.classifier.toJSON()).length / 1024,
  };
}
