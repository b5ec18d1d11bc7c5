import type { Ranking } from "../sample/ranking.js";

/**
 * Scores rounded to so many bands of equal weight, each row to the mean score of its band; rows of one score stay together.
 * @returns undefined where there are no more distinct scores than bands.
 */
export function bandedScores(
  { scores: distinct, rankOfRow, order }: Ranking,
  weights: ArrayLike<number> | undefined,
  bands: number,
): Float64Array | undefined {
  if (distinct.length <= bands) return undefined;
  const masses = new Float64Array(distinct.length);
  let total = 0;
  for (let i = 0; i < order.length; i++) {
    const weight = weights === undefined ? 1 : weights[order[i]];
    masses[rankOfRow[order[i]]] += weight;
    total += weight;
  }
  const bandOfRank = new Uint32Array(distinct.length);
  const sums = new Float64Array(bands);
  const massOf = new Float64Array(bands);
  let above = 0;
  let last = 0;
  for (let rank = 0; rank < distinct.length; rank++) {
    // A score without weight is in the band of the one above.
    if (masses[rank] > 0)
      last = Math.min(bands - 1, Math.floor(((above + masses[rank] / 2) / total) * bands));
    bandOfRank[rank] = last;
    sums[last] += masses[rank] * distinct[rank];
    massOf[last] += masses[rank];
    above += masses[rank];
  }
  const means = sums.map((sum, band) => sum / massOf[band]);
  return Float64Array.from(rankOfRow, (rank) =>
    // A first band may hold no weight: its rows do not count.
    massOf[bandOfRank[rank]] > 0 ? means[bandOfRank[rank]] : distinct[rank],
  );
}
