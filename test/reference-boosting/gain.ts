import type { Sums } from "./sums.js";

/** What a leaf value is penalised with: α |w| + ½ λ w². */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

/** Limits of the leaf values below a node, before the learning rate; monotone constraints set them. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

export const UNBOUNDED: Bounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

/** T(G): the gradient brought α nearer to zero, and zero within α of it. */
export function softThreshold(gradient: number, l1: number): number {
  return Math.sign(gradient) * Math.max(Math.abs(gradient) - l1, 0);
}

/** The leaf value that reduces the loss most, −T(G) / (H + λ) (Chen & Guestrin 2016, eq. 5), kept in bounds. */
export function leafValueOf({ gradient, hessian }: Sums, { l1, l2 }: Penalty, bounds: Bounds): number {
  const curvature = hessian + l2;
  // Without a penalty, rows predicted with certainty have no curvature: there is no step to take.
  const value = curvature > 0 ? -softThreshold(gradient, l1) / curvature : 0;
  return Math.min(Math.max(value, bounds.lower), bounds.upper);
}

/** T(G)² / (H + λ): twice what the best leaf value takes off the penalised loss. */
export function score({ gradient, hessian }: Sums, { l1, l2 }: Penalty): number {
  return softThreshold(gradient, l1) ** 2 / (hessian + l2);
}

/** −(2 G w + (H + λ) w² + 2 α |w|): twice what leaf value w takes off the penalised loss. */
export function scoreAt(value: number, { gradient, hessian }: Sums, { l1, l2 }: Penalty): number {
  return -(2 * gradient * value + (hessian + l2) * value ** 2 + 2 * l1 * Math.abs(value));
}
