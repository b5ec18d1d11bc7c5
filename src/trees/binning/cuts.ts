import { sum } from "../../metrics/sample/tally.js";

/**
 * Limits between bins of a numeric feature, rising: bin b holds `cuts[b − 1] < value ≤ cuts[b]`.
 * Halfway between neighbouring distinct values while there are few, else at quantiles such that bins hold about the
 * same number of rows and a value that alone fills a bin (zero, often) has a separate bin.
 * @param sorted all values or a sample of them, rising, without missing ones.
 * @param mostBins at least 2.
 * @param leastRows a bin with fewer rows is joined with the next.
 * @param weights of the values, which count as that many rows; default 1 each.
 */
export function findCuts(
  sorted: Float64Array,
  mostBins: number,
  leastRows = 1,
  weights?: Float64Array,
): Float64Array {
  const distinct = countDistinct(sorted);
  const cuts: number[] = [];
  let binsLeft = mostBins;
  let rowsLeft = weights === undefined ? sorted.length : sum(weights);
  let inBin = 0;
  const closeBin = (at: number) => {
    cuts.push(between(sorted[at - 1], sorted[at]));
    rowsLeft -= inBin;
    binsLeft--;
    inBin = 0;
  };
  for (let i = 0; i < sorted.length; ) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    const rows = weights === undefined ? end - i : sum(weights.subarray(i, end));
    const isFrequent = rows >= rowsLeft / binsLeft;
    if (isFrequent && inBin > 0 && binsLeft > 2 && distinct > mostBins) closeBin(i);
    inBin += rows;
    const isFull = distinct <= mostBins ? inBin >= leastRows : binsLeft > 1 && inBin >= rowsLeft / binsLeft;
    if (end < sorted.length && isFull) closeBin(end);
    i = end;
  }
  return Float64Array.from(cuts);
}

/** A limit with `lower ≤ limit < upper`, halfway where rounding allows. */
function between(lower: number, upper: number): number {
  const half = lower / 2 + upper / 2;
  return half >= lower && half < upper ? half : lower;
}

function countDistinct(sorted: Float64Array): number {
  let distinct = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  return distinct;
}
