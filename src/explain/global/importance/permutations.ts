import { createRandom, shuffle } from "../../../random.js";

/**
 * From which row each row gets its value when columns are permuted. Where rows have weights, a row is drawn as often as its
 * weight demands (systematic sampling), so that the permuted column has the distribution of the weighted one; where all are
 * equal it is a permutation.
 */
export function donorsOf(
  rowCount: number,
  weights: Float64Array | undefined,
  seed: number,
  repeat: number,
): Int32Array {
  const random = createRandom(seed, "permutation", repeat);
  const donors = Int32Array.from({ length: rowCount }, (_, row) => row);
  if (weights !== undefined) {
    const step = weights.reduce((sum, weight) => sum + weight, 0) / rowCount;
    let next = random.next() * step;
    let reached = 0;
    let taken = 0;
    for (let row = 0; row < rowCount; row++) {
      reached += weights[row];
      for (; taken < rowCount && next < reached; next += step) donors[taken++] = row;
    }
    // What rounding left over.
    donors.fill(rowCount - 1, taken);
  }
  shuffle(donors, random);
  return donors;
}
