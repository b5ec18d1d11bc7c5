/**
 * The distribution function of the standard normal distribution, P(Z ≤ z), to about 1e-15 relative in both tails, down
 * to z = −38, the limit of double precision (rational approximations of Cody 1969, as in algorithm 715, Cody 1993).
 * Own code: cumulativeStdNormalProbability of simple-statistics reads a table of four digits.
 */
export function normalCdf(z: number): number {
  const size = Math.abs(z);
  if (size <= CENTRAL_LIMIT) {
    const square = z * z;
    return 0.5 + (z * polynomial(CENTRAL_NUMERATOR, square)) / polynomial(CENTRAL_DENOMINATOR, square);
  }
  const tail = upperTail(size);
  return z < 0 ? tail : 1 - tail;
}

/** P(Z > z) for z above {@link CENTRAL_LIMIT}. */
function upperTail(z: number): number {
  if (z > 40) return 0;
  let factor = polynomial(MIDDLE_NUMERATOR, z) / polynomial(MIDDLE_DENOMINATOR, z);
  if (z > MIDDLE_LIMIT) {
    const inverse = 1 / (z * z);
    const correction =
      (inverse * polynomial(TAIL_NUMERATOR, inverse)) / polynomial(TAIL_DENOMINATOR, inverse);
    factor = (1 / Math.sqrt(2 * Math.PI) - correction) / z;
  }
  // exp(−z²/2) in two factors, of which the first has an exact exponent: rounding z² would cost digits in the tail.
  const coarse = Math.trunc(z * 16) / 16;
  return factor * Math.exp(-((z - coarse) * (z + coarse)) / 2) * Math.exp((-coarse * coarse) / 2);
}

/** Horner's rule; coefficients from the highest power down. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

const CENTRAL_LIMIT = 0.67448975;
const MIDDLE_LIMIT = Math.sqrt(32);

const CENTRAL_NUMERATOR = [
  0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356,
];
const CENTRAL_DENOMINATOR = [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const MIDDLE_NUMERATOR = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
  2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
];
const MIDDLE_DENOMINATOR = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
];
const TAIL_NUMERATOR = [
  0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  2.9112874951168793e-5,
];
const TAIL_DENOMINATOR = [
  1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5,
];
