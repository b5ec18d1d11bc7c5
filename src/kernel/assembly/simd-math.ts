// Four-lane exponential and logarithm in single precision, with the polynomials of Cephes (Moshier 1992); relative
// error about 1e-7.

const LOG2_E = <f32>1.44269504;
const LN2_HIGH = <f32>0.693359375;
const LN2_LOW = <f32>-2.12194440e-4;
const SQRT2 = <f32>1.41421356;

/** exp(x) for x in [−87, 87]; limit x before. */
@inline
export function exp4(x: v128): v128 {
  const k = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
  const r = f32x4.sub(
    f32x4.sub(x, f32x4.mul(k, f32x4.splat(LN2_HIGH))),
    f32x4.mul(k, f32x4.splat(LN2_LOW)),
  );
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** log(x) for x in [1, 2]. */
@inline
export function logOfOneToTwo4(x: v128): v128 {
  const one = f32x4.splat(1);
  const isUpper = f32x4.gt(x, f32x4.splat(SQRT2));
  const halved = v128.bitselect(f32x4.mul(x, f32x4.splat(0.5)), x, isUpper);
  const k = v128.and(isUpper, one);
  const r = f32x4.sub(halved, one);
  const square = f32x4.mul(r, r);
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(3.3333331174e-1));
  const tail = f32x4.sub(f32x4.mul(f32x4.mul(p, r), square), f32x4.mul(square, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(r, tail), f32x4.mul(k, f32x4.splat(0.693147181)));
}
