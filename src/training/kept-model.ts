import { probabilityOfMargin } from "../calibration/calibrator.js";
import { type Spread, spreadMargin, spreadOf } from "../calibration/spread.js";
import type { Choice } from "./candidates/choose-candidate.js";
import type { TrainingRows } from "./rows/read-rows.js";

/** What the kept model predicts of the rows that it was trained on. */
export interface KeptModel {
  readonly spread: Spread;
  /** One per row, to the bits of `predict`. */
  readonly probabilities: Float64Array;
}

/**
 * The kept model is the average of fold models, spread and calibrated: its probabilities of the training rows differ from
 * those that measure it, and tiers are drawn for what it predicts.
 * @param foldCount of the cross-fit.
 */
export function keptModel(
  { candidates: [chosen] }: Choice,
  rows: TrainingRows,
  foldCount: number,
): KeptModel {
  const { classifier, margins, calibration } = chosen;
  const { labels, vectors, weights } = rows;
  const spread = spreadOf(margins, foldCount, labels.values, calibration.probabilities, weights);
  const probabilities = classifier
    .margin(vectors)
    .map((margin) => probabilityOfMargin(calibration.calibrator, spreadMargin(spread, margin)));
  return { spread, probabilities };
}
