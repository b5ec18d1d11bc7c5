import { logLossOfRow } from "../../../metrics/probability/log-loss.js";
import { placementsOf } from "../../../metrics/ranking/placements.js";
import { rankScores } from "../../../metrics/sample/ranking.js";
import { tallyRanking } from "../../../metrics/sample/tally.js";

/** The log loss of each row. */
export function logLosses(labels: Uint8Array, probabilities: Float64Array): Float64Array {
  return probabilities.map((probability, row) => logLossOfRow(labels[row], probability));
}

/**
 * One number per row whose weighted mean is the ROC AUC and whose spread gives its variance: the AUC plus how far the row's
 * placement lies from it, divided by the share of its class (DeLong, DeLong & Clarke-Pearson 1988).
 */
export function rocAucShares(
  labels: Uint8Array,
  scores: Float64Array,
  weights: Float64Array | undefined,
): Float64Array {
  const ranking = rankScores(scores);
  const { positives, negatives } = tallyRanking(ranking, labels, weights);
  const { auc, ofPositives, ofNegatives } = placementsOf(positives, negatives);
  const churned = positives.reduce((sum, weight) => sum + weight, 0);
  const share = churned / negatives.reduce((sum, weight) => sum + weight, churned);
  return Float64Array.from(labels, (label, row) => {
    const rank = ranking.rankOfRow[row];
    return label === 1
      ? auc + (ofPositives[rank] - auc) / share
      : auc + (ofNegatives[rank] - auc) / (1 - share);
  });
}
