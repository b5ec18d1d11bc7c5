// The loss of some rows at their margins, as a whole number of 1/scale, so that the order of rows does not matter.
import { exp4, logOfOneToTwo4 } from "./simd-math";

@inline
function gather4(words: usize, rows: usize): v128 {
  let four = v128.load32_zero(words + ((<usize>load<u32>(rows)) << 2));
  four = v128.load32_lane(words + ((<usize>load<u32>(rows, 4)) << 2), four, 1);
  four = v128.load32_lane(words + ((<usize>load<u32>(rows, 8)) << 2), four, 2);
  return v128.load32_lane(words + ((<usize>load<u32>(rows, 12)) << 2), four, 3);
}

/** Mean-free sum of four losses, weighed and scaled; lanes from `left` on are left out. */
@inline
function sum4(loss: v128, weights: usize, rows: usize, scale: f32, left: i32): i64 {
  let scaled = f32x4.mul(loss, f32x4.splat(scale));
  if (weights != 0) scaled = f32x4.mul(scaled, gather4(weights, rows));
  const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(scaled));
  let sum = <i64>i32x4.extract_lane(whole, 0);
  if (left > 1) sum += <i64>i32x4.extract_lane(whole, 1);
  if (left > 2) sum += <i64>i32x4.extract_lane(whole, 2);
  if (left > 3) sum += <i64>i32x4.extract_lane(whole, 3);
  return sum;
}

/** Log loss log(1 + exp(∓m)). Reads up to three row numbers beyond `count`: the layout has room for them. */
export function logisticLoss(
  rows: usize,
  count: i32,
  margins: usize,
  unit: f64,
  labels: usize,
  weights: usize,
  scale: f64,
): f64 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  let sum: i64 = 0;
  for (let i = 0; i < count; i += 4, rows += 16) {
    const m = f32x4.mul(f32x4.convert_i32x4_s(gather4(margins, rows)), f32x4.splat(<f32>unit));
    const y = gather4(labels, rows);
    // log(1 + exp(m)) − y m, with the exponential of a negative number only.
    const e = exp4(f32x4.max(f32x4.neg(f32x4.abs(m)), f32x4.splat(-80)));
    const loss = f32x4.sub(f32x4.add(f32x4.max(m, zero), logOfOneToTwo4(f32x4.add(one, e))), f32x4.mul(y, m));
    sum += sum4(loss, weights, rows, <f32>scale, count - i);
  }
  return <f64>sum;
}

/** ½ (m − y)² */
export function squaredErrorLoss(
  rows: usize,
  count: i32,
  margins: usize,
  unit: f64,
  labels: usize,
  weights: usize,
  scale: f64,
): f64 {
  let sum: i64 = 0;
  for (let i = 0; i < count; i += 4, rows += 16) {
    const m = f32x4.mul(f32x4.convert_i32x4_s(gather4(margins, rows)), f32x4.splat(<f32>unit));
    const residual = f32x4.sub(m, gather4(labels, rows));
    const loss = f32x4.mul(f32x4.mul(residual, residual), f32x4.splat(0.5));
    sum += sum4(loss, weights, rows, <f32>scale, count - i);
  }
  return <f64>sum;
}

/** μ − y m with μ = exp(m): half the Poisson deviance, up to a constant. */
export function poissonLoss(
  rows: usize,
  count: i32,
  margins: usize,
  unit: f64,
  labels: usize,
  weights: usize,
  scale: f64,
): f64 {
  let sum: i64 = 0;
  for (let i = 0; i < count; i += 4, rows += 16) {
    const m = f32x4.mul(f32x4.convert_i32x4_s(gather4(margins, rows)), f32x4.splat(<f32>unit));
    const rate = exp4(f32x4.max(f32x4.min(m, f32x4.splat(80)), f32x4.splat(-80)));
    const loss = f32x4.sub(rate, f32x4.mul(gather4(labels, rows), m));
    sum += sum4(loss, weights, rows, <f32>scale, count - i);
  }
  return <f64>sum;
}
