import { type Calibration, calibrate } from "../../calibration/calibrate.js";
import type { Calibrator } from "../../calibration/calibrator.js";
import type { CalibrationMethod } from "../../calibration/calibrators.js";
import type { FoldMargins } from "../../calibration/spread.js";
import type { FittedClassifier } from "../../classifiers/classifier.js";
import { logLoss } from "../../metrics/probability/log-loss.js";
import type { CandidateTiming } from "../../predict/churn-model.js";
import type { Folds } from "../../vectors/folds.js";

/** The rows that candidates are trained, calibrated and compared on. */
export interface CandidateRows {
  readonly labels: Uint8Array;
  readonly weights: Float64Array | undefined;
  /** Of the first repeat: those that calibration is cross-fitted on. */
  readonly folds: Folds;
  readonly calibration: CalibrationMethod | Calibrator;
}

/** A trained and calibrated candidate. */
export interface Candidate {
  readonly name: string;
  readonly summary: string;
  /** How hard it is to read; the family says so. */
  readonly effortToRead: number;
  /** The average of the fold models. */
  readonly classifier: FittedClassifier;
  readonly margins: FoldMargins;
  readonly calibration: Calibration;
  readonly logLoss: number;
  /** Size of the classifier in a model file, before compression. */
  readonly kilobytes: number;
  readonly timing: CandidateTiming;
}

/** Calibrates a trained classifier and measures it. */
export function candidateOf(
  uncalibrated: Pick<Candidate, "name" | "summary" | "effortToRead" | "classifier" | "margins">,
  rows: CandidateRows,
  timing: Omit<CandidateTiming, "name">,
): Candidate {
  const { labels, folds, weights } = rows;
  const { name, classifier, margins } = uncalibrated;
  const calibration = calibrate(margins.outOfFold, labels, folds, rows.calibration, weights);
  return {
    ...uncalibrated,
    calibration,
    logLoss: logLoss(labels, calibration.probabilities, { weights }),
    kilobytes: JSON.stringify(classifier.toJSON()).length / 1024,
    timing: { name, ...timing },
  };
}
