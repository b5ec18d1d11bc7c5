import { type BasisKind, evaluateBasis, fitSplineBasis, type SplineBasis } from "./spline-basis.js";
import type { RowVector, Vectors } from "./vectors.js";

/**
 * How one feature becomes columns of a linear model.
 * Numeric: `(value − mean) / deviation`, of a value that is held within `range`, in column `at` (none when the feature
 * does not vary), the columns of its {@link SplineBasis} where it may bend, and
 * an indicator in column `missingAt` when training had missing values; a missing value is replaced by the mean.
 * Categorical: one indicator per level from column `at` on, then *other* and *missing* where training had them;
 * a category that training never saw has no indicator.
 */
export type LinearTerm =
  | {
      kind: "numeric";
      name: string;
      at: number;
      mean: number;
      deviation: number;
      missingAt: number;
      /** The least and the greatest training value; absent where terms go on beyond them. */
      range?: readonly [least: number, greatest: number];
      /** The spline columns, from `at` on; absent where the feature is linear. */
      bends?: { readonly at: number; readonly basis: SplineBasis };
    }
  | {
      kind: "categorical";
      name: string;
      at: number;
      levels: readonly string[];
      otherAt: number;
      missingAt: number;
    };

type NumericTerm = Extract<LinearTerm, { kind: "numeric" }>;
type CategoricalTerm = Extract<LinearTerm, { kind: "categorical" }>;

/** The encoding of vectors for linear models: one-hot, standardised, with missing indicators. −1 = no such column. */
export interface LinearEncoding {
  readonly terms: readonly LinearTerm[];
  readonly columnCount: number;
  /** The mean of each column over the training rows; absent in models of format version 1. */
  readonly means?: readonly number[];
}

/**
 * Rows of the design matrix in compact form: `slots` entries per row, entry `row × slots + s` is in column
 * `columns[…]` with value `values[…]`. Column −1 marks an empty entry. The first `dense` slots, those of numeric
 * features, are columns 0 to `dense − 1` in every row, so that sums over them need no column lookup.
 */
export interface LinearDesign {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly slots: number;
  readonly dense: number;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Options of {@link fitLinearEncoding}. */
interface LinearEncodingOptions {
  readonly weights?: Float64Array | undefined;
  readonly extrapolate?: boolean | undefined;
}

/** How the numeric features enter: linear, or as splines. */
export type TermKind = "linear" | BasisKind;

/**
 * Learns means, deviations, knots, the ranges of numbers and which indicators there are.
 * @param weights of the rows, above 0: means, deviations and knots are of as many rows. Default: 1 each.
 * @param extrapolate whether numbers beyond the training range go on along the line. Default: they are held at its edge.
 */
export function fitLinearEncoding(
  vectors: Vectors,
  kindOf: (name: string) => TermKind = () => "linear",
  { weights, extrapolate = false }: LinearEncodingOptions = {},
): LinearEncoding {
  const terms = new Array<LinearTerm>(vectors.features.length);
  let columnCount = 0;
  const take = (wanted: boolean) => (wanted ? columnCount++ : -1);
  // Numbers first: their columns come one after the other in the design.
  vectors.features.forEach((feature, f) => {
    if (feature.kind !== "numeric") return;
    const { mean, deviation, missing } = momentsOf(feature.values, weights);
    const at = take(deviation > 0);
    const kind = kindOf(feature.name);
    const basis =
      deviation > 0 && kind !== "linear"
        ? fitSplineBasis(
            feature.values.map((value) => standardised({ mean, deviation }, value)),
            kind,
            weights,
          )
        : undefined;
    const bends = basis === undefined ? {} : { bends: { at: columnCount, basis } };
    columnCount += basis?.deviations.length ?? 0;
    const missingAt = take(missing);
    const range = extrapolate || at < 0 ? {} : { range: rangeOf(feature.values) };
    terms[f] = { kind: "numeric", name: feature.name, at, mean, deviation, missingAt, ...range, ...bends };
  });
  vectors.features.forEach((feature, f) => {
    if (feature.kind !== "categorical") return;
    const { levels, codes, name } = feature;
    const at = columnCount;
    columnCount += levels.length;
    const otherAt = take(codes.includes(levels.length));
    terms[f] = { kind: "categorical", name, at, levels, otherAt, missingAt: take(codes.includes(-1)) };
  });
  return { terms, columnCount };
}

/** The vectors' rows in that encoding. */
export function linearDesign(encoding: LinearEncoding, vectors: Vectors): LinearDesign {
  const { terms, columnCount } = encoding;
  const slots = terms.reduce((sum, term) => sum + slotsOf(term), 0);
  const columns = new Int32Array(vectors.rowCount * slots).fill(-1);
  const values = new Float64Array(vectors.rowCount * slots);
  let dense = 0;
  terms.forEach((term, index) => {
    const feature = vectors.features[index];
    if (term.kind !== "numeric" || feature.kind !== "numeric") return;
    fillNumeric(term, feature.values, { slot: dense, slots, columns, values });
    dense += slotsOf(term);
  });
  let slot = dense;
  terms.forEach((term, index) => {
    const feature = vectors.features[index];
    if (term.kind !== "categorical" || feature.kind !== "categorical") return;
    fillCategorical(term, feature.codes, { slot, slots, columns, values });
    slot++;
  });
  return { rowCount: vectors.rowCount, columnCount, slots, dense, columns, values };
}

/** More columns than any basis has; written and read within one call. */
const BENT = new Float64Array(16);

function slotsOf(term: LinearTerm): number {
  if (term.kind === "categorical") return 1;
  const own = term.at < 0 ? 0 : 1;
  return own + (term.bends?.basis.deviations.length ?? 0) + (term.missingAt >= 0 ? 1 : 0);
}

/** Intercept plus coefficients times one encoded row; the sum runs in the order of the terms. */
export function linearMargin(
  encoding: LinearEncoding,
  intercept: number,
  coefficients: ArrayLike<number>,
  row: RowVector,
  from = 0,
): number {
  let margin = intercept;
  for (let t = 0; t < encoding.terms.length; t++) {
    const term = encoding.terms[t];
    const value = row[from + t];
    if (Number.isNaN(value)) {
      if (term.missingAt >= 0) margin += coefficients[term.missingAt];
    } else if (term.kind === "numeric") {
      if (term.at < 0) continue;
      const u = standardised(term, value);
      margin += coefficients[term.at] * u;
      if (term.bends === undefined) continue;
      const { at, basis } = term.bends;
      evaluateBasis(basis, u, BENT, 0);
      for (let j = 0; j < basis.deviations.length; j++) margin += coefficients[at + j] * BENT[j];
    } else if (value < term.levels.length) margin += coefficients[term.at + value];
    else if (term.otherAt >= 0) margin += coefficients[term.otherAt];
  }
  return margin;
}

/** The name of every column: `tenure`, `tenure is missing`, `Contract = Two year`, `State = other`. */
export function linearColumnNames(encoding: LinearEncoding): string[] {
  const names = new Array<string>(encoding.columnCount);
  for (const term of encoding.terms) {
    if (term.kind === "numeric") {
      if (term.at >= 0) names[term.at] = term.name;
      const { at: bendsAt = 0, basis } = term.bends ?? {};
      basis?.deviations.forEach((_, j) => {
        names[bendsAt + j] = `${term.name}, bend ${j + 1}`;
      });
    } else {
      term.levels.forEach((level, code) => {
        names[term.at + code] = `${term.name} = ${level}`;
      });
      if (term.otherAt >= 0) names[term.otherAt] = `${term.name} = other`;
    }
    if (term.missingAt >= 0) names[term.missingAt] = `${term.name} is missing`;
  }
  return names;
}

interface Entries {
  slot: number;
  slots: number;
  columns: Int32Array;
  values: Float64Array;
}

/** Every entry has its column, also where the entry is 0: a missing value, or the indicator of a present one. */
function fillNumeric(
  term: NumericTerm,
  given: Float64Array,
  { slot, slots, columns, values }: Entries,
): void {
  const bends = term.bends?.basis;
  const width = slotsOf(term);
  for (let row = 0, at = slot; row < given.length; row++, at += slots) {
    for (let s = 0; s < width; s++) columns[at + s] = slot + s;
    const value = given[row];
    if (Number.isNaN(value)) {
      if (term.missingAt >= 0) values[at + width - 1] = 1;
    } else if (term.at >= 0) {
      values[at] = standardised(term, value);
      if (bends !== undefined) evaluateBasis(bends, values[at], values, at + 1);
    }
  }
}

function fillCategorical(
  term: CategoricalTerm,
  codes: Int32Array,
  { slot, slots, columns, values }: Entries,
): void {
  for (let row = 0, at = slot; row < codes.length; row++, at += slots) {
    const code = codes[row];
    columns[at] = code < 0 ? term.missingAt : code < term.levels.length ? term.at + code : term.otherAt;
    values[at] = columns[at] < 0 ? 0 : 1;
  }
}

/** Keeps margins finite where terms go on and a row lies extremely far from all training rows. */
const FARTHEST = 1e100;

/** A number on the scale of its term. */
export function standardised(
  { mean, deviation, range }: Pick<NumericTerm, "mean" | "deviation" | "range">,
  value: number,
): number {
  const held = range === undefined ? value : Math.min(Math.max(value, range[0]), range[1]);
  return Math.min(Math.max((held - mean) / deviation, -FARTHEST), FARTHEST);
}

function rangeOf(values: Float64Array): [least: number, greatest: number] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

/** Mean and population standard deviation of the values that are not missing (two passes). */
function momentsOf(
  values: Float64Array,
  weights: Float64Array | undefined,
): { mean: number; deviation: number; missing: boolean } {
  let count = 0;
  let present = 0;
  let largest = 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    present++;
    count += weights === undefined ? 1 : weights[row];
    largest = Math.max(largest, Math.abs(values[row]));
  }
  const missing = present < values.length;
  if (largest === 0) return { mean: 0, deviation: 0, missing };
  // Scaling by a power of two changes no digit; with it, sums and squares neither overflow nor underflow.
  const unit = 2 ** Math.max(Math.floor(Math.log2(largest)), -1022);
  let sum = 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    sum += weights === undefined ? values[row] / unit : weights[row] * (values[row] / unit);
  }
  const centre = sum / count;
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    const square = (values[row] / unit - centre) ** 2;
    squares += weights === undefined ? square : weights[row] * square;
  }
  const spread = Math.sqrt(squares / count);
  // A spread below the rounding of the mean counts as none.
  const varies = spread > 1e-12 * Math.abs(centre);
  return { mean: centre * unit, deviation: varies ? spread * unit : 0, missing };
}
