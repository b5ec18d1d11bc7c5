import type { CategoricalFeature, Vectors } from "../../vectors/vectors.js";
import { type PlaceInColumn, placeInColumns } from "./byte-columns.js";
import { findCuts } from "./cuts.js";
import { numberSorter } from "./sort-numbers.js";

/**
 * How a feature becomes bins, up to 256 of them.
 * Numeric: bin b holds `cuts[b − 1] < value ≤ cuts[b]`. Categorical: bin = code, *other* included where it occurs.
 * The last bin holds the missing values of either kind, where there are any.
 */
export interface BinnedFeature extends PlaceInColumn {
  readonly name: string;
  readonly kind: "numeric" | "categorical";
  readonly binCount: number;
  /** The bin of missing values: the last one, or −1 where no value is missing. */
  readonly missingBin: number;
  /** Rising upper limits of all value bins but the last; empty for categories. */
  readonly cuts: Float64Array;
  /** Codes of a categorical feature: its levels, and *other*. 0 for numeric ones. */
  readonly codeCount: number;
  /** Where its bins start in a histogram of all features. */
  readonly start: number;
}

/** What is known of a feature's values before they are binned. */
export interface FeatureFacts {
  readonly name: string;
  readonly kind: "numeric" | "categorical";
  readonly hasMissing: boolean;
  /** Numeric: all values or a fair sample of them, without missing ones. */
  readonly sample: Float64Array;
  /** Categorical: levels without *other*. */
  readonly levelCount: number;
  readonly hasOther: boolean;
}

/** Bins for features, placed into byte columns. Depends on the values only, never on labels. */
export function planBins(facts: readonly FeatureFacts[], maxBins: number, leastRows: number) {
  const sort = numberSorter(Math.max(0, ...facts.map(({ sample }) => sample.length)));
  const plans = facts.map(({ name, kind, hasMissing, sample, levelCount, hasOther }) => {
    const cuts = kind === "numeric" ? findCuts(sort(sample), maxBins, leastRows) : new Float64Array(0);
    const values = kind === "numeric" ? cuts.length + 1 : levelCount + (hasOther ? 1 : 0);
    const codeCount = kind === "numeric" ? 0 : levelCount + 1;
    const binCount = Math.max(1, values + (hasMissing ? 1 : 0));
    return { name, kind, cuts, codeCount, binCount, missingBin: hasMissing ? binCount - 1 : -1 };
  });
  const { places, columnCount } = placeInColumns(plans.map(({ binCount }) => binCount));
  let start = 0;
  const features = plans.map((plan, f): BinnedFeature => {
    const placed = { ...plan, ...places[f], start };
    start += plan.binCount;
    return placed;
  });
  return { features, columnCount };
}

/** Rows looked at to place the cut points of a numeric feature. */
export const SAMPLED_ROWS = 200_000;

/** Facts about features in memory; cut points are found from `rows`, all other facts from every row. */
export function factsOf(vectors: Vectors, rows: Int32Array | undefined): FeatureFacts[] {
  return vectors.features.map((feature): FeatureFacts => {
    if (feature.kind === "numeric") {
      const { name, values } = feature;
      const sample = presentValues(values, rows);
      return { name, kind: "numeric", hasMissing: hasNaN(values), sample, levelCount: 0, hasOther: false };
    }
    const { name, levels } = feature;
    const sample = new Float64Array(0);
    return { name, kind: "categorical", sample, levelCount: levels.length, ...otherAndMissing(feature) };
  });
}

/** Whether any row is *other* or missing. */
export function otherAndMissing({ codes, levels }: CategoricalFeature): {
  hasMissing: boolean;
  hasOther: boolean;
} {
  let hasMissing = false;
  let hasOther = false;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (code < 0) hasMissing = true;
    else if (code === levels.length) hasOther = true;
  }
  return { hasMissing, hasOther };
}

/** The values that are not missing, of some rows or of all. */
function presentValues(values: Float64Array, rows: Int32Array | undefined): Float64Array {
  const count = rows?.length ?? values.length;
  const present = new Float64Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) {
    const value = values[rows === undefined ? i : rows[i]];
    if (!Number.isNaN(value)) present[found++] = value;
  }
  return present.subarray(0, found);
}

export function hasNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}
