import { rankScores } from "../metrics/sample/ranking.js";
import { type Tally, tallyRanking } from "../metrics/sample/tally.js";
import { type Folds, weightsOutside } from "../vectors/folds.js";
import { type FittedCalibrator, withoutEmpty } from "./calibrator.js";

/** Out-of-fold margins, ranked once for all calibrators. */
export interface RankedSample {
  readonly margins: Float64Array;
  readonly labels: Uint8Array;
  /** The weight of each row; undefined: 1. */
  readonly weights: Float64Array | undefined;
  readonly folds: Folds;
  /** All rows. */
  readonly tally: Tally;
  /** For each fold, the rows of the other folds. */
  readonly talliesWithout: readonly Tally[];
  /** Results so far, by the function that fits a tally. */
  readonly fitted: Map<unknown, CrossFittedCalibrator>;
}

export function rankSample(
  margins: Float64Array,
  labels: Uint8Array,
  folds: Folds,
  weights?: Float64Array,
): RankedSample {
  const ranking = rankScores(margins);
  const tallyOf = (weightOf: ArrayLike<number> | undefined) =>
    withoutEmpty(tallyRanking(ranking, labels, weightOf));
  return {
    margins,
    labels,
    weights,
    folds,
    fitted: new Map(),
    tally: tallyOf(weights),
    talliesWithout: Array.from({ length: folds.count }, (_, fold) =>
      tallyOf(weightsOutside(folds, fold, weights)),
    ),
  };
}

/** A calibrator fitted on all rows, and each row's probability from one fitted without the row's fold. */
export interface CrossFittedCalibrator<Fitted extends FittedCalibrator = FittedCalibrator> {
  readonly method: string;
  readonly calibrator: Fitted;
  readonly probabilities: Float64Array;
}

/** Fits on all rows, and on all but each fold's rows for the probabilities of that fold; once for the same `fitTally`. */
export function crossFit<Fitted extends FittedCalibrator>(
  { margins, folds, tally, talliesWithout, fitted }: RankedSample,
  fitTally: (tally: Tally) => Fitted,
): CrossFittedCalibrator<Fitted> {
  const known = fitted.get(fitTally) as CrossFittedCalibrator<Fitted> | undefined;
  if (known !== undefined) return known;
  const withoutFold = talliesWithout.map(fitTally);
  const calibrator = fitTally(tally);
  const crossFitted = {
    method: calibrator.toJSON().method,
    calibrator,
    probabilities: margins.map((margin, row) => withoutFold[folds.of[row]].probabilityOf(margin)),
  };
  fitted.set(fitTally, crossFitted);
  return crossFitted;
}
