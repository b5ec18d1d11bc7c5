import type { Feature, Vectors } from "../../vectors/vectors.js";

/** Bins that hold numbers; one more holds the missing values. */
export const MOST_VALUE_BINS = 255;

/**
 * A feature in at most 256 bins, one byte a row.
 * Numeric: bin b holds `cuts[b − 1] < value ≤ cuts[b]`. Categorical: bin = code, *other* included.
 * The last bin, `binCount − 1`, holds the missing values of either kind.
 */
export interface BinnedFeature {
  readonly kind: Feature["kind"];
  readonly binCount: number;
  readonly bins: Uint8Array;
  /** Rising upper limits of all value bins but the last; empty for categories. */
  readonly cuts: Float64Array;
}

export interface BinnedMatrix {
  readonly rowCount: number;
  readonly features: readonly BinnedFeature[];
  /** Where each feature's bins start in a histogram over all features. */
  readonly offsets: Int32Array;
  readonly totalBins: number;
}

/** Bins all features; cut points depend on the values only, never on labels. */
export function binVectors(vectors: Vectors): BinnedMatrix {
  const features = vectors.features.map(binFeature);
  const offsets = new Int32Array(features.length);
  let totalBins = 0;
  features.forEach((feature, f) => {
    offsets[f] = totalBins;
    totalBins += feature.binCount;
  });
  return { rowCount: vectors.rowCount, features, offsets, totalBins };
}

/**
 * Limits between bins: halfway between neighbouring distinct values while there are few, else at quantiles such that
 * bins hold about the same number of rows and a value that alone fills a bin has it to itself.
 */
export function findCuts(values: Float64Array, mostBins = MOST_VALUE_BINS): Float64Array {
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

function binFeature(feature: Feature): BinnedFeature {
  if (feature.kind === "categorical") {
    const missingBin = feature.levels.length + 1;
    const bins = Uint8Array.from(feature.codes, (code) => (code < 0 ? missingBin : code));
    return { kind: "categorical", binCount: missingBin + 1, bins, cuts: new Float64Array(0) };
  }
  const cuts = findCuts(feature.values);
  const missingBin = cuts.length + 1;
  const bins = Uint8Array.from(feature.values, (value) =>
    Number.isNaN(value) ? missingBin : binOf(cuts, value),
  );
  return { kind: "numeric", binCount: missingBin + 1, bins, cuts };
}

/** The first bin whose limit is not below the value. */
function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= cuts[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
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
