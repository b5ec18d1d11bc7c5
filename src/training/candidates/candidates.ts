import { type Calibration, calibrate } from "../../calibration/calibrate.js";
import type { Calibrator } from "../../calibration/calibrator.js";
import type { CalibrationMethod } from "../../calibration/calibrators.js";
import type { FoldMargins } from "../../calibration/spread.js";
import type { FittedClassifier } from "../../classifiers/classifier.js";
import type { FoldModels } from "../../explain/facts/contribution-noise.js";
import { logLoss } from "../../metrics/probability/log-loss.js";
import type { CandidateTiming } from "../../predict/prediction.js";
import { type Folds, rowsOfFold } from "../../vectors/folds.js";

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
  /** The fold models that it is the average or the weighted sum of. */
  readonly foldModels: readonly FoldModels[];
  readonly margins: FoldMargins;
  /**
   * Out-of-fold margins of all rows by a combination that was found without a fold; undefined where nothing was chosen
   * on out-of-fold margins.
   */
  readonly marginsWithout?: (fold: number) => Float64Array;
  readonly timing: CandidateTiming;
}

/** A trained and calibrated candidate. */
export interface Candidate extends FittedCandidate {
  /** The calibrator of all rows; probabilities by a combination and a calibrator that did not see the row's fold. */
  readonly calibration: Calibration;
  /**
   * What ranks the rows: out-of-fold margins by a combination that did not see the row's fold. They compare rows of
   * different folds, which probabilities of calibrators that differ by fold do not.
   */
  readonly ranking: Float64Array;
  /** Of these probabilities. */
  readonly logLoss: number;
  /** Size of the classifier in a model file, before compression. */
  readonly kilobytes: number;
}

/**
 * Calibrates a cross-fitted candidate on its out-of-fold margins, and measures it by a second cross-fit: whatever is
 * chosen on out-of-fold margins is chosen without a fold to measure the fold.
 * @param folds of that second cross-fit.
 */
export function calibrateCandidate(
  fitted: FittedCandidate,
  rows: CandidateRows,
  folds: Folds,
  method: CalibrationMethod | Calibrator = "auto",
): Candidate {
  const { labels, weights } = rows;
  const ofAllRows = calibrate(fitted.margins.outOfFold, labels, folds, method, weights);
  const { marginsWithout } = fitted;
  const { ranking, probabilities } =
    marginsWithout === undefined
      ? { ranking: fitted.margins.outOfFold, probabilities: ofAllRows.probabilities }
      : withoutFolds(marginsWithout, rows, folds, method);
  const calibration = { ...ofAllRows, probabilities };
  return {
    ...fitted,
    calibration,
    ranking,
    logLoss: logLoss(labels, calibration.probabilities, { weights }),
    kilobytes: JSON.stringify(fitted.classifier.toJSON()).length / 1024,
  };
}

/** Margins of different combinations have different scales, so each fold needs a calibrator for its combination. */
function withoutFolds(
  marginsWithout: (fold: number) => Float64Array,
  { labels, weights }: CandidateRows,
  folds: Folds,
  method: CalibrationMethod | Calibrator,
): { ranking: Float64Array; probabilities: Float64Array } {
  const ranking = new Float64Array(labels.length);
  const probabilities = new Float64Array(labels.length);
  for (let fold = 0; fold < folds.count; fold++) {
    const margins = marginsWithout(fold);
    const others = rowsOfFold(folds, fold, true);
    const otherFolds = {
      count: folds.count - 1,
      of: Uint8Array.from(others, (row) => folds.of[row] - (folds.of[row] > fold ? 1 : 0)),
    };
    const { calibrator } = calibrate(
      Float64Array.from(others, (row) => margins[row]),
      Uint8Array.from(others, (row) => labels[row]),
      otherFolds,
      method,
      weights && Float64Array.from(others, (row) => weights[row]),
    );
    for (const row of rowsOfFold(folds, fold)) {
      ranking[row] = margins[row];
      probabilities[row] = calibrator.probabilityOf(margins[row]);
    }
  }
  return { ranking, probabilities };
}
