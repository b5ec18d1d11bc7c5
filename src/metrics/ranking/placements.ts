import { sum } from "../sample/tally.js";
import { rocAucOf } from "./roc-auc.js";

/** What DeLong's variance is made of: of each score, the share of the other class that it beats. */
export interface Placements {
  readonly auc: number;
  /** Of a churner at each falling score: the weight share of others below, ties half. Its mean over churners is the AUC. */
  readonly ofPositives: Float64Array;
  /** Of another at each falling score: the weight share of churners above, ties half. Its mean is the AUC too. */
  readonly ofNegatives: Float64Array;
}

/**
 * Placement values in one pass over falling scores, without computing mid-ranks (they are the mid-rank differences of
 * Sun and Xu 2014).
 */
export function placementsOf(positives: Float64Array, negatives: Float64Array): Placements {
  const positiveTotal = sum(positives);
  const negativeTotal = sum(negatives);
  const ofPositives = new Float64Array(positives.length);
  const ofNegatives = new Float64Array(positives.length);
  let positivesAbove = 0;
  let negativesAbove = 0;
  for (let i = 0; i < positives.length; i++) {
    ofPositives[i] = (negativeTotal - negativesAbove - negatives[i] / 2) / negativeTotal;
    ofNegatives[i] = (positivesAbove + positives[i] / 2) / positiveTotal;
    positivesAbove += positives[i];
    negativesAbove += negatives[i];
  }
  return { auc: rocAucOf(positives, negatives), ofPositives, ofNegatives };
}
