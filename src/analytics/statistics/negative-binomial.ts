import { incompleteBeta } from "../../math/incomplete-beta.js";

/** Counts that are Poisson with a mean that itself varies (gamma distribution), so that they vary more than Poisson counts. */
export interface NegativeBinomial {
  /** Above 0. */
  readonly mean: number;
  /** mean² / (variance − mean): the larger, the more like a Poisson distribution. Above 0. */
  readonly size: number;
}

/** P(count ≤ value) as an incomplete beta function (Johnson, Kemp & Kotz 2005, 5.6); 0 below 0. Between whole numbers it is interpolated. */
export function negativeBinomialAtMost({ mean, size }: NegativeBinomial, value: number): number {
  return value < 0 ? 0 : incompleteBeta(size, value + 1, size / (mean + size));
}

/** P(count ≥ value), without loss of digits where it is small; 1 up to 0. */
export function negativeBinomialAtLeast({ mean, size }: NegativeBinomial, value: number): number {
  return value <= 0 ? 1 : incompleteBeta(value, size, mean / (mean + size));
}
