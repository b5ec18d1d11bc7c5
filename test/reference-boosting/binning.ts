import { findCuts as engineCuts } from "../../src/trees/binning/cuts.js";
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

/** The engine's limits between bins, which are tested separately: trainers are compared on the same bins. */
export function findCuts(values: Float64Array, mostBins: number): Float64Array {
  return engineCuts(values.filter((value) => !Number.isNaN(value)).sort(), mostBins);
}
