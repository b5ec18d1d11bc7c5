import { RisingValues } from "../../../vectors/rising-values.js";
import { placeIn } from "../curves/grid.js";
import type { ContributionBand } from "../explanation.js";
import { levelOf, massesOfCodes } from "../levels.js";

/** Rows whose values of a feature are in one band. */
export interface ValueBand extends Pick<ContributionBand, "from" | "to" | "level"> {
  readonly rows: Int32Array;
}

/** Bands of numbers: fifths of the rows, or each value where there are no more. */
const NUMBER_BANDS = 5;
/** Categories with a separate band; rarer ones share one. */
const LEVEL_BANDS = 10;

/** Bands of numbers, of about equally many rows (by weight), and one of missing values. */
export function numberBands(values: Float64Array, weights: Float64Array | undefined): ValueBand[] {
  const rising = RisingValues.of(values, weights);
  const missing = rowsWhere(values, Number.isNaN);
  const ofMissing = missing.length === 0 ? [] : [{ from: null, to: null, level: "missing", rows: missing }];
  if (rising.values.length === 0) return ofMissing;
  const distinct = [...new Set(rising.values)];
  const shares = Array.from({ length: NUMBER_BANDS }, (_, k) => (k + 1) / NUMBER_BANDS);
  const greatest = distinct[distinct.length - 1];
  const tops =
    distinct.length <= NUMBER_BANDS
      ? distinct
      : [...new Set(shares.map((share) => (share < 1 ? rising.reaching(rising.total * share) : greatest)))];
  const bands = tops.map((to, k) => ({
    // Where each value is a band, it is both limits.
    from: tops === distinct ? to : k === 0 ? distinct[0] : tops[k - 1],
    to,
    level: null,
    rows: rowsWhere(values, (value) => !Number.isNaN(value) && placeIn(tops, value) === k),
  }));
  return [...bands, ...ofMissing];
}

/** The most frequent categories, the rest together, and missing values. */
export function levelBands(
  codes: Float64Array,
  levels: readonly string[],
  weights: Float64Array | undefined,
): ValueBand[] {
  const found = massesOfCodes(codes, weights).map(({ code }) => code);
  const known = found.filter((code) => !Number.isNaN(code));
  const shown = new Set(known.length <= LEVEL_BANDS + 1 ? known : known.slice(0, LEVEL_BANDS));
  const isRest = (code: number) => !Number.isNaN(code) && !shown.has(code);
  const bandOf = (level: string, isIn: (code: number) => boolean): ValueBand => {
    return { from: null, to: null, level, rows: rowsWhere(codes, isIn) };
  };
  return [
    ...[...shown].map((code) => bandOf(levelOf(levels, code), (each) => each === code)),
    ...(known.some(isRest) ? [bandOf("the rest", isRest)] : []),
    ...(found.some(Number.isNaN) ? [bandOf("missing", Number.isNaN)] : []),
  ];
}

function rowsWhere(values: Float64Array, isIn: (value: number) => boolean): Int32Array {
  return Int32Array.from(values.keys()).filter((row) => isIn(values[row]));
}
