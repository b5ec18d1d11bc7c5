import type { ModelContent } from "../../model-file/churn/content.js";
import { shownRange } from "../../vectors/input-details.js";
import type { ShownRange } from "../../vectors/prediction-details.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { InputColumn, NumericInput, UnseenCategories } from "../../vectors/vectorizer.js";
import type { Feature } from "../../vectors/vectors.js";

/** Rows without a value in an input, and with one outside of the range of training. */
export interface InputRows {
  readonly missing: number;
  readonly outOfRange: number;
}

/** One input of the model over all rows that were scored, compared with training. */
export interface ScoredInput {
  readonly column: string;
  /** Rows without a value. */
  readonly missing: number;
  /** The share of training rows without a value; null with models of the first versions. */
  readonly missingInTraining: number | null;
  /** Rows with a number or date outside of `range`; null for categories, and with models of older versions. */
  readonly outOfRange: number | null;
  /** The least and the greatest value of training, dates such as `2026-01-31`; null where `outOfRange` is. */
  readonly range: ShownRange | null;
  /** Rows with a category that training never saw; null for numbers and dates. */
  readonly unseen: number | null;
}

/** The range of training of each input; undefined for categories, and in models of older versions. */
export type InputRanges = readonly NumericInput["range"][];

export function rangesOf(inputs: readonly InputColumn[]): InputRanges {
  return inputs.map((input) => (input.kind === "categorical" ? undefined : input.range));
}

/** Counts every row of an input. */
export function countInputRows(feature: Feature, range: InputRanges[number]): InputRows {
  if (feature.kind === "numeric") return countNumbers(feature.values, range);
  return { missing: countMissing(feature.codes), outOfRange: 0 };
}

function countNumbers(
  values: Float64Array,
  [low, high]: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): InputRows {
  const inside = countInside(values, low, high);
  if (inside === values.length) return { missing: 0, outOfRange: 0 };
  let missing = 0;
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) missing++;
  return { missing, outOfRange: values.length - inside - missing };
}

/** How many values are in [low, high]; comparisons with NaN are false. Two sums, so that neither waits for the other. */
function countInside(values: Float64Array, low: number, high: number): number {
  const even = values.length - (values.length % 2);
  let one = 0;
  let other = 0;
  for (let row = 0; row < even; row += 2) {
    const value = values[row];
    const next = values[row + 1];
    if (value >= low && value <= high) one++;
    if (next >= low && next <= high) other++;
  }
  if (even < values.length && values[even] >= low && values[even] <= high) one++;
  return one + other;
}

function countMissing(codes: Int32Array): number {
  let missing = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] < 0) missing++;
  return missing;
}

/** What the summary says of each input. */
export function scoredInputs(
  { inputs, reference }: Pick<ModelContent, "inputs" | "reference">,
  rows: readonly InputRows[],
  unseen: readonly UnseenCategories[],
): ScoredInput[] {
  return inputs.map((input, i) => {
    const range = input.kind === "categorical" ? undefined : input.range;
    return {
      column: input.name,
      missing: rows[i].missing,
      missingInTraining: reference === null ? null : missingShare(reference.inputs[i]),
      outOfRange: range === undefined ? null : rows[i].outOfRange,
      range: input.kind === "categorical" || range === undefined ? null : shownRange(input, range),
      unseen:
        input.kind === "categorical" ? (unseen.find(({ column }) => column === input.name)?.rows ?? 0) : null,
    };
  });
}

function missingShare({ counts, missing }: ReferenceDistribution["inputs"][number]): number {
  const total = counts.reduce((sum, count) => sum + count, missing);
  return total === 0 ? 0 : missing / total;
}

/** The inputs that differ from training in some rows, those with the most such rows first. @param scored rows */
export function unusualInputs(inputs: readonly ScoredInput[], scored: number): ScoredInput[] {
  const unusual = (input: ScoredInput) =>
    moreMissing(input, scored) + (input.outOfRange ?? 0) + (input.unseen ?? 0);
  return inputs.filter((input) => unusual(input) > 0).sort((a, b) => unusual(b) - unusual(a));
}

/** How many more rows are without a value than in as many rows of training. */
export function moreMissing({ missing, missingInTraining }: ScoredInput, scored: number): number {
  return Math.max(0, missing - (missingInTraining ?? 0) * scored);
}
