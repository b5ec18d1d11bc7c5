import { sortedNumbers } from "../../math/sorted-numbers.js";
import { rocAucOf } from "../../metrics/ranking/roc-auc.js";
import type { Folds } from "../../vectors/folds.js";
import type { CategoricalFeature, Feature } from "../../vectors/vectors.js";

/** Numbers sorted once, and how often each occurs, by label. */
export interface NumberTally {
  /** The numbers of rows of label 1 and of label 0, rising. */
  readonly ofPositives: Float64Array;
  readonly ofNegatives: Float64Array;
  /** The distinct numbers, falling. */
  readonly values: Float64Array;
  /** Rows of label 1 and of label 0 with each of them. */
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
  /** Rows without a number. */
  readonly missing: { readonly positives: number; readonly negatives: number };
}

/** Sorts and counts numbers. @param labels undefined: all count as label 0. */
export function tallyNumbers(numbers: Float64Array, labels: Uint8Array | undefined): NumberTally {
  const size = numbers.length;
  // From both ends, so that numbers of one label are together.
  const byLabel = new Float64Array(size);
  const missing = { positives: 0, negatives: 0 };
  let [negativeCount, positiveFrom] = [0, size];
  for (let row = 0; row < size; row++) {
    const value = numbers[row];
    const isPositive = labels !== undefined && labels[row] === 1;
    if (Number.isNaN(value)) {
      if (isPositive) missing.positives++;
      else missing.negatives++;
    } else if (isPositive) byLabel[--positiveFrom] = value;
    else byLabel[negativeCount++] = value;
  }
  const ofPositives = sortedNumbers(byLabel.subarray(positiveFrom));
  const ofNegatives = sortedNumbers(byLabel.subarray(0, negativeCount));
  return { ofPositives, ofNegatives, ...merged(ofPositives, ofNegatives), missing };
}

/** The distinct numbers of two rising lists, falling, and how often each is in either. */
function merged(first: Float64Array, second: Float64Array) {
  const values = new Float64Array(first.length + second.length);
  const positives = new Float64Array(values.length);
  const negatives = new Float64Array(values.length);
  let [size, i, j] = [0, first.length - 1, second.length - 1];
  while (i >= 0 || j >= 0) {
    const value = j < 0 || (i >= 0 && first[i] > second[j]) ? first[i] : second[j];
    let [inFirst, inSecond] = [i, j];
    while (i >= 0 && first[i] === value) i--;
    while (j >= 0 && second[j] === value) j--;
    inFirst -= i;
    inSecond -= j;
    // Adding 0 turns −0 into 0.
    values[size] = value + 0;
    positives[size] = inFirst;
    negatives[size++] = inSecond;
  }
  return {
    values: values.subarray(0, size),
    positives: positives.subarray(0, size),
    negatives: negatives.subarray(0, size),
  };
}

/**
 * The AUC of one feature alone, of either direction: numbers by their value with missing ones at either end, categories
 * by their churn rate in the other folds.
 */
export function aloneAuc(feature: Feature, labels: Uint8Array, folds: Folds): number {
  return feature.kind === "categorical"
    ? aucOfCategories(feature, labels, folds)
    : aloneAucOf(tallyNumbers(feature.values, labels));
}

/** {@link aloneAuc} of numbers. */
export function aloneAucOf({ positives, negatives, missing }: NumberTally): number {
  if (missing.positives + missing.negatives === 0) return eitherWay(rocAucOf(positives, negatives));
  return Math.max(
    ...[withFirst, withLast].map((place) =>
      eitherWay(rocAucOf(place(positives, missing.positives), place(negatives, missing.negatives))),
    ),
  );
}

function withFirst(counts: Float64Array, count: number): Float64Array {
  const all = new Float64Array(counts.length + 1);
  all[0] = count;
  all.set(counts, 1);
  return all;
}

function withLast(counts: Float64Array, count: number): Float64Array {
  const all = new Float64Array(counts.length + 1);
  all.set(counts);
  all[counts.length] = count;
  return all;
}

function eitherWay(auc: number): number {
  return Math.max(auc, 1 - auc);
}

/**
 * Rows of one category and fold have one rate: it is enough to sort these. Equal rates tie, as in a sort of all rows.
 */
function aucOfCategories(
  { codes, levels }: CategoricalFeature,
  labels: Uint8Array,
  { count: foldCount, of: foldOf }: Folds,
): number {
  const cells = (levels.length + 2) * foldCount;
  const rows = new Float64Array(cells);
  const churned = new Float64Array(cells);
  let churners = 0;
  for (let row = 0; row < labels.length; row++) {
    const at = (codes[row] + 1) * foldCount + foldOf[row];
    rows[at]++;
    churned[at] += labels[row];
    churners += labels[row];
  }
  const rate = churners / labels.length;
  const byRate = new Map<number, { positives: number; negatives: number }>();
  for (let from = 0; from < cells; from += foldCount) {
    const total = { rows: 0, churned: 0 };
    for (let at = from; at < from + foldCount; at++) {
      total.rows += rows[at];
      total.churned += churned[at];
    }
    for (let at = from; at < from + foldCount; at++) {
      if (rows[at] === 0) continue;
      const outOfFold = (total.churned - churned[at] + rate) / (total.rows - rows[at] + 1);
      const { positives, negatives } = byRate.get(outOfFold) ?? { positives: 0, negatives: 0 };
      byRate.set(outOfFold, {
        positives: positives + churned[at],
        negatives: negatives + rows[at] - churned[at],
      });
    }
  }
  const falling = [...byRate].sort(([a], [b]) => b - a).map(([, counts]) => counts);
  return rocAucOf(
    Float64Array.from(falling, ({ positives }) => positives),
    Float64Array.from(falling, ({ negatives }) => negatives),
  );
}
