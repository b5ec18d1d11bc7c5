import { argumentProblem, type MetricOptions, sampleProblems } from "./input.js";

/** Counts (weights, where given) of rows by label and decision, and the rates made of them; null where 0 / 0. */
export interface Confusion {
  /** A row is decided positive when its score is at least this. */
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  /** Of the rows decided positive, the share of churners. */
  readonly precision: number | null;
  /** Of the churners, the share decided positive. */
  readonly recall: number | null;
  /** Of the others, the share decided negative. */
  readonly specificity: number | null;
  /** The harmonic mean of precision and recall. */
  readonly f1: number | null;
  readonly accuracy: number;
}

/**
 * The confusion matrix when rows with `score ≥ threshold` are decided positive.
 * @example confusionAt([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 0.8) // precision 0.5, recall 0.5
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, scores or a threshold not finite.
 */
export function confusionAt(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
  options: MetricOptions = {},
): Confusion {
  const { weights } = options;
  const problems = sampleProblems("confusionAt", labels, scores, weights, {
    scoresAre: "scores",
    bothLabels: false,
  });
  if (!Number.isFinite(threshold)) {
    problems.add(argumentProblem("confusionAt", "threshold", "must be finite", threshold));
  }
  problems.throwIfAny();

  let truePositives = 0;
  let falsePositives = 0;
  let trueNegatives = 0;
  let falseNegatives = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    if (scores[i] >= threshold) {
      if (labels[i] === 1) truePositives += weight;
      else falsePositives += weight;
    } else if (labels[i] === 1) falseNegatives += weight;
    else trueNegatives += weight;
  }
  const correct = truePositives + trueNegatives;
  return {
    threshold,
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + falseNegatives),
    specificity: ratio(trueNegatives, trueNegatives + falsePositives),
    f1: ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
    accuracy: correct / (correct + falsePositives + falseNegatives),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
