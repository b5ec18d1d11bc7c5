import { findCuts } from "../../trees/binning/cuts.js";
import { RisingValues } from "../../vectors/rising-values.js";
import type { Feature } from "../../vectors/vectors.js";

/**
 * How one feature is cut into bins. Numeric: bin b holds `cuts[b − 1] < value ≤ cuts[b]`, the bin after the last holds
 * missing values. Categorical: `binOfCode` gives the bin of every level and, last but one, of *other*, last, of missing.
 */
export type Axis = NumericAxis | CategoricalAxis;

/** How an additive model cuts a numeric feature into bins. */
export interface NumericAxis {
  readonly kind: "numeric";
  /** The feature's position. */
  readonly feature: number;
  /** Rising. */
  readonly cuts: readonly number[];
}

/** How an additive model cuts a categorical feature into bins. */
export interface CategoricalAxis {
  readonly kind: "categorical";
  readonly feature: number;
  readonly binOfCode: readonly number[];
}

/** Most distinct values that cuts are found from; more are sampled evenly from the sorted values. */
const MOST_SORTED = 200_000;

/**
 * A numeric feature in bins of about equally many rows, a categorical one with a bin for each of its codes.
 * @param weights of the rows, each counting as that many; default 1 each.
 */
export function axisOf(
  feature: Feature,
  position: number,
  mostBins: number,
  leastRows: number,
  weights?: Float64Array,
): Axis {
  if (feature.kind === "numeric") {
    const rising = RisingValues.of(feature.values, weights);
    const step = Math.max(1, Math.floor(rising.values.length / MOST_SORTED));
    const isSampled = (_: number, i: number) => i % step === 0;
    const sorted = step === 1 ? rising.values : rising.values.filter(isSampled);
    const weightOf = step === 1 ? rising.weights : rising.weights?.filter(isSampled);
    return {
      kind: "numeric",
      feature: position,
      cuts: Array.from(findCuts(sorted, mostBins, Math.ceil(leastRows / step), weightOf)),
    };
  }
  return {
    kind: "categorical",
    feature: position,
    binOfCode: Array.from({ length: feature.levels.length + 2 }, (_, code) => code),
  };
}

/** An axis of at most `mostBins` bins besides the missing one: the rarest categories share the last. */
export function coarseAxisOf(
  feature: Feature,
  position: number,
  mostBins: number,
  weights?: Float64Array,
): Axis {
  if (feature.kind === "numeric") return axisOf(feature, position, mostBins, 1, weights);
  const other = feature.levels.length;
  const counts = new Float64Array(other + 1);
  feature.codes.forEach((code, row) => {
    if (code >= 0) counts[code] += weights === undefined ? 1 : weights[row];
  });
  const byCount = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
  const binOfCode = new Array<number>(other + 2).fill(0);
  byCount.forEach((code, place) => {
    binOfCode[code] = Math.min(place, mostBins - 1);
  });
  binOfCode[other + 1] = Math.min(byCount.length, mostBins);
  return { kind: "categorical", feature: position, binOfCode };
}

/** How many bins there are, the one of missing values included. */
export function binCountOf(axis: Axis): number {
  return axis.kind === "numeric" ? axis.cuts.length + 2 : axis.binOfCode[axis.binOfCode.length - 1] + 1;
}

/** The bin of a value of a row: a number or a code, NaN = missing. */
export function binOf(axis: Axis, value: number): number {
  if (axis.kind === "categorical") {
    const { binOfCode } = axis;
    return binOfCode[Number.isNaN(value) ? binOfCode.length - 1 : value];
  }
  const { cuts } = axis;
  if (Number.isNaN(value)) return cuts.length + 1;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bin of every row. */
export function binsOf(axis: Axis, feature: Feature): Uint8Array | Uint16Array {
  const bins = new (binCountOf(axis) <= 256 ? Uint8Array : Uint16Array)(rowCountOf(feature));
  if (feature.kind === "numeric") {
    for (let row = 0; row < bins.length; row++) bins[row] = binOf(axis, feature.values[row]);
  } else {
    for (let row = 0; row < bins.length; row++) {
      bins[row] = binOf(axis, feature.codes[row] < 0 ? Number.NaN : feature.codes[row]);
    }
  }
  return bins;
}

function rowCountOf(feature: Feature): number {
  return feature.kind === "numeric" ? feature.values.length : feature.codes.length;
}
