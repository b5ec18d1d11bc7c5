/**
 * The weighted mean of one number per row. Own code, as weightedMean of simple-statistics compensates its sums (other last
 * digits) and takes no typed arrays.
 * @param weights undefined: the plain mean.
 */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number> | undefined): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    sum += weight * values[row];
    total += weight;
  }
  return sum / total;
}
