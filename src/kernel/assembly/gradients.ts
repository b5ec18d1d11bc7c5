// Gradients and hessians of all rows, four at a time: margins and labels in, whole numbers out (gradient, hessian,
// gradient, hessian …; 8 bytes a row). Whole numbers add up to the same sum in any order, which is why the number of
// threads does not change the model. Row counts are padded to multiples of four in the layout.
import { exp4 } from "./simd-math";

/** Probabilities at margins m: 1 / (1 + exp(−m)). */
@inline
function probability4(margins: v128): v128 {
  const limited = f32x4.max(f32x4.min(margins, f32x4.splat(60)), f32x4.splat(-60));
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(limited))));
}

@inline
function margins4(margins: usize, unit: f32): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(v128.load(margins)), f32x4.splat(unit));
}

/** Scales, weighs, rounds and stores four pairs. Scales are powers of two; values beyond the limits are cut. */
@inline
function store4(
  gradient: v128,
  hessian: v128,
  weights: usize,
  at: usize,
  gradientScale: f32,
  hessianScale: f32,
  hessianLimit: f32,
  pairs: usize,
): void {
  let g = f32x4.mul(gradient, f32x4.splat(gradientScale));
  let h = f32x4.mul(hessian, f32x4.splat(hessianScale));
  if (weights != 0) {
    const w = v128.load(weights + at);
    g = f32x4.mul(g, w);
    h = f32x4.mul(h, w);
  }
  h = f32x4.min(h, f32x4.splat(hessianLimit));
  const wholeG = i32x4.trunc_sat_f32x4_s(f32x4.nearest(g));
  const wholeH = i32x4.trunc_sat_f32x4_s(f32x4.nearest(h));
  const to = pairs + (at << 1);
  v128.store(to, i32x4.shuffle(wholeG, wholeH, 0, 4, 1, 5));
  v128.store(to, i32x4.shuffle(wholeG, wholeH, 2, 6, 3, 7), 16);
}

/** Log loss: p − y and p (1 − p). */
export function logisticGradients(
  count: i32,
  margins: usize,
  unit: f64,
  labels: usize,
  weights: usize,
  gradientScale: f64,
  hessianScale: f64,
  hessianLimit: f64,
  pairs: usize,
): void {
  const one = f32x4.splat(1);
  for (let at: usize = 0, end = (<usize>count) << 2; at < end; at += 16) {
    const p = probability4(margins4(margins + at, <f32>unit));
    const gradient = f32x4.sub(p, v128.load(labels + at));
    const hessian = f32x4.mul(p, f32x4.sub(one, p));
    store4(gradient, hessian, weights, at, <f32>gradientScale, <f32>hessianScale, <f32>hessianLimit, pairs);
  }
}

/** Half the squared error: m − y and 1. */
export function squaredErrorGradients(
  count: i32,
  margins: usize,
  unit: f64,
  labels: usize,
  weights: usize,
  gradientScale: f64,
  hessianScale: f64,
  hessianLimit: f64,
  pairs: usize,
): void {
  const one = f32x4.splat(1);
  for (let at: usize = 0, end = (<usize>count) << 2; at < end; at += 16) {
    const gradient = f32x4.sub(margins4(margins + at, <f32>unit), v128.load(labels + at));
    store4(gradient, one, weights, at, <f32>gradientScale, <f32>hessianScale, <f32>hessianLimit, pairs);
  }
}

/** Poisson deviance with margin = log rate: μ − y and μ. */
export function poissonGradients(
  count: i32,
  margins: usize,
  unit: f64,
  labels: usize,
  weights: usize,
  gradientScale: f64,
  hessianScale: f64,
  hessianLimit: f64,
  pairs: usize,
): void {
  for (let at: usize = 0, end = (<usize>count) << 2; at < end; at += 16) {
    const m = margins4(margins + at, <f32>unit);
    const rate = exp4(f32x4.max(f32x4.min(m, f32x4.splat(80)), f32x4.splat(-80)));
    const gradient = f32x4.sub(rate, v128.load(labels + at));
    store4(gradient, rate, weights, at, <f32>gradientScale, <f32>hessianScale, <f32>hessianLimit, pairs);
  }
}
