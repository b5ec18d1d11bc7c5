import { type Ranking, rankScores } from "./ranking.js";

/**
 * All that a metric needs from a sample: the weight of churners and of the others at each score. Rows of equal
 * score share an entry, so nothing computed from a tally can depend on the order of the rows.
 */
export interface Tally {
  /** The distinct scores, falling. */
  readonly scores: Float64Array;
  /** The weight of rows of label 1 at each score. */
  readonly positives: Float64Array;
  /** The weight of rows of label 0 at each score. */
  readonly negatives: Float64Array;
  /** Whether all weights are whole numbers: then mass is counted in rows and cut between rows ({@link cutMass}). */
  readonly isWhole: boolean;
}

/** Sorts a sample and tallies it. */
export function tallySample(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Tally {
  return tallyRanking(rankScores(scores), labels, weights);
}

/** Tallies a sample that is ranked already. */
export function tallyRanking(
  ranking: Ranking,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Tally {
  const { scores, order, rankOfRow } = ranking;
  const positives = new Float64Array(scores.length);
  const negatives = new Float64Array(scores.length);
  let isWhole = true;
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    const weight = weights === undefined ? 1 : weights[row];
    if (!Number.isInteger(weight)) isWhole = false;
    if (labels[row] === 1) positives[rankOfRow[row]] += weight;
    else negatives[rankOfRow[row]] += weight;
  }
  return { scores, positives, negatives, isWhole };
}

/** Tallies a sample without sorting it, an entry per row: enough where neither order nor ties matter. */
export function tallyRows(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Pick<Tally, "scores" | "positives" | "negatives"> {
  const positives = new Float64Array(labels.length);
  const negatives = new Float64Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    if (labels[i] === 1) positives[i] = weight;
    else negatives[i] = weight;
  }
  return { scores: Float64Array.from(scores), positives, negatives };
}

/** The sum of all values. Own code, as `holdfast/predict` loads this file: no package that predicting does not need. */
export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/**
 * How much mass lies in the first `share` of a sample: where mass counts rows those whose rank (from 0) is below
 * `share · total`, else exactly `share · total`.
 */
export function cutMass(share: number, total: number, isWhole: boolean): number {
  // Lowered by a few units of the last place, so that 0.07 · 100 = 7.000000000000001 remains 7.
  return isWhole ? Math.ceil(share * total * (1 - 2 ** -50)) : share * total;
}
