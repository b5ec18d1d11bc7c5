import { HoldfastError } from "../errors.js";
import type { FittedClassifier } from "./classifier.js";

/** Rows that others are compared with, row by row: `width` numbers each, codes of categories as numbers, NaN for missing. */
export interface BackgroundRows {
  readonly rows: Float64Array;
  readonly width: number;
}

/** Says what each feature adds to the margins of rows. */
export interface Explainer {
  /** What contributions are added to: with them, it is the margin. */
  readonly baseValue: number;
  /**
   * Adds the contributions of rows, each times `weight`, to what is there.
   * @param rows row-major, as many numbers each as there are features; codes as numbers, NaN for missing.
   * @param into of the same form.
   * @param variances of the same form: the squared standard errors are added, times `weight` squared, by explainers that sample.
   */
  add(
    rows: Float64Array,
    rowCount: number,
    weight: number,
    into: Float64Array,
    variances?: Float64Array,
  ): void;
}

/**
 * Makes the explainer of a trained classifier of one family.
 * @param width the number of features.
 * @param background rows to compare with: contributions are then interventional Shapley values over them. Undefined: over
 * the training rows, as far as the classifier knows them.
 * @throws HoldfastError `model.unexplained` where the classifier does not know enough of them.
 */
export type MakeExplainer = (
  model: FittedClassifier,
  width: number,
  background: BackgroundRows | undefined,
) => Explainer;

/** What is to be done about a classifier that does not know its training rows. */
export function unexplained(what: string): HoldfastError {
  return new HoldfastError({
    code: "model.unexplained",
    path: {},
    expected: `must hold ${what} to be explained, which it does not: it was saved by an older version, or imported`,
    received: undefined,
    hint: "train it again, or give background rows to compare with",
  });
}

/** What is to be done about a classifier whose contributions are sampled, where there is nothing to compare with. */
export function withoutBackground(family: string): HoldfastError {
  return new HoldfastError({
    code: "model.unexplained",
    path: {},
    expected: `must be compared with background rows to be explained: contributions of the family ${JSON.stringify(family)} are sampled`,
    received: undefined,
    hint: "give some hundred background rows to compare with",
  });
}

/** The mean over the background rows. @param effectOf something of the row that begins there. */
export function meanOverBackground(
  { rows, width }: BackgroundRows,
  effectOf: (from: number) => number,
): number {
  let sum = 0;
  for (let from = 0; from < rows.length; from += width) sum += effectOf(from);
  return sum / (rows.length / width);
}
