import type { Tally } from "./tally.js";

/** What lies at or above each threshold, from none (threshold Infinity) to all: the points of ROC-like curves. */
export interface CumulativeWeights {
  /** Infinity, then the distinct scores of rows with weight, falling. */
  readonly threshold: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

export function cumulativeWeights(tally: Tally): CumulativeWeights {
  const length = tally.scores.length + 1;
  const threshold = new Float64Array(length);
  const positives = new Float64Array(length);
  const negatives = new Float64Array(length);
  threshold[0] = Number.POSITIVE_INFINITY;
  let points = 1;
  for (let i = 0; i < tally.scores.length; i++) {
    if (tally.positives[i] + tally.negatives[i] === 0) continue;
    threshold[points] = tally.scores[i];
    positives[points] = positives[points - 1] + tally.positives[i];
    negatives[points] = negatives[points - 1] + tally.negatives[i];
    points++;
  }
  return {
    threshold: threshold.subarray(0, points),
    positives: positives.subarray(0, points),
    negatives: negatives.subarray(0, points),
  };
}
