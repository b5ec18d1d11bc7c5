import type { Feature } from "../../src/vectors/vectors.js";

/**
 * A feature in bins.
 * Numeric: bin b holds `cuts[b − 1] < value ≤ cuts[b]`. Categorical: bin = code, *other* included.
 * The last bin, `binCount − 1`, holds the missing values of either kind.
 */
export interface BinnedFeature {
  readonly kind: Feature["kind"];
  readonly name: string;
  readonly binCount: number;
  /** One bin a row. */
  readonly bins: Int32Array;
  /** Rising upper limits of all value bins but the last; empty for categories. */
  readonly cuts: Float64Array;
}

/** Where a numeric feature is cut, given all its values and the most value bins. */
export type FindCuts = (values: Float64Array, mostBins: number) => Float64Array;

/** Cut points depend on the values of all rows, never on labels or weights. */
export function binFeature(feature: Feature, mostBins: number, cutsOf: FindCuts = findCuts): BinnedFeature {
  const { kind, name } = feature;
  if (kind === "categorical") {
    const missingBin = feature.levels.length + 1;
    const bins = feature.codes.map((code) => (code < 0 ? missingBin : code));
    return { kind, name, binCount: missingBin + 1, bins, cuts: new Float64Array(0) };
  }
  const cuts = cutsOf(feature.values, mostBins);
  const missingBin = cuts.length + 1;
  const bins = Int32Array.from(feature.values, (value) =>
    Number.isNaN(value) ? missingBin : cuts.filter((cut) => cut < value).length,
  );
  return { kind, name, binCount: missingBin + 1, bins, cuts };
}

/**
 * Limits between bins: halfway between neighbouring distinct values while there are few, else at quantiles such that
 * bins hold about the same number of rows and a value that alone fills a bin has it to itself.
 */
export function findCuts(values: Float64Array, mostBins: number): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const cuts: number[] = [];
  const distinct = countDistinct(sorted);
  let binsLeft = mostBins;
  let rowsLeft = sorted.length;
  let inBin = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    const isFrequent = end - i >= rowsLeft / binsLeft;
    if (isFrequent && inBin > 0 && binsLeft > 2 && distinct > mostBins) {
      cuts.push(between(sorted[i - 1], sorted[i]));
      rowsLeft -= inBin;
      binsLeft--;
      inBin = 0;
    }
    inBin += end - i;
    if (end < sorted.length && (distinct <= mostBins || (binsLeft > 1 && inBin >= rowsLeft / binsLeft))) {
      cuts.push(between(sorted[end - 1], sorted[end]));
      rowsLeft -= inBin;
      binsLeft--;
      inBin = 0;
    }
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
