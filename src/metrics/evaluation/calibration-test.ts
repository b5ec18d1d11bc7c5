import { normalCdf } from "../../math/normal-cdf.js";

/** Fewer expected churners or others than this are too few for a normal test. */
export const LEAST_OF_CLASS = 10;

/**
 * Two-sided p-value of Σ w(y − p) being 0.
 * @param variance under correct probabilities, or that observed between groups of rows.
 */
export function excessPValue(excess: number, variance: number): number {
  if (variance === 0) return excess === 0 ? 1 : 0;
  return 2 * normalCdf(-Math.abs(excess) / Math.sqrt(variance));
}
