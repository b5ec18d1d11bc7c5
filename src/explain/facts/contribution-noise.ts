import type { FittedClassifier } from "../../classifiers/classifier.js";
import type { BackgroundRows } from "../../classifiers/explainer.js";
import type { Explainers } from "../../classifiers/explainers.js";

/** Models of one candidate, and its weight in the model that is kept. */
export interface FoldModels {
  readonly weight: number;
  /** Of all folds, repeat by repeat; or a single model, which has no spread. */
  readonly models: readonly FittedClassifier[];
}

/**
 * The standard error of each feature's contribution to the margin of an average of fold models: from the spread of their
 * contributions, by the delete-a-group jackknife, `(K − 1) / K · Σ (φ_k − mean)²` (Kott 2001), over all repeats of
 * cross-fitting; the root of the mean square over the rows.
 * @param rows some training rows, row-major.
 * @param foldCount K.
 * @returns one number per feature; all 0 where no candidate has fold models.
 */
export function contributionNoise(
  explainers: Explainers,
  members: readonly FoldModels[],
  rows: BackgroundRows,
  foldCount: number,
): Float64Array {
  const { width } = rows;
  const count = members.reduce((most, { models }) => Math.max(most, models.length), 0);
  const noise = new Float64Array(width);
  if (count < 2) return noise;
  const size = rows.rows.length;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let k = 0; k < count; k++) {
    const ofModel = new Float64Array(size);
    for (const { weight, models } of members) {
      // Out-of-bag forests are one model: the same in every fold. Sampled contributions have their own errors.
      if (models.length !== count || weight === 0 || explainers.isSampled(models[k])) continue;
      explainers.of(models[k], width, undefined, rows).add(rows.rows, size / width, weight, ofModel);
    }
    for (let i = 0; i < size; i++) {
      sums[i] += ofModel[i];
      squares[i] += ofModel[i] ** 2;
    }
  }
  for (let i = 0; i < size; i++) {
    const mean = sums[i] / count;
    const variance = Math.max(0, squares[i] / count - mean * mean);
    noise[i % width] += (foldCount - 1) * variance;
  }
  return noise.map((sum) => Math.sqrt(sum / (size / width)));
}
