import type { Tree } from "../tree.js";

/**
 * The largest power of two that base margin and leaf values all are multiples of, if they can be summed exactly in
 * any order; 0 if they can't, so that sums must be made in the order of the trees.
 */
export function exactUnit(baseMargin: number, trees: readonly Tree[]): number {
  // A sum is −0 only if all of it is; whole numbers have no −0.
  if (Object.is(baseMargin, -0)) return 0;
  let exponent = lowestExponent(baseMargin);
  let largestSum = Math.abs(baseMargin);
  for (const { leafValues } of trees) {
    let largest = 0;
    for (const value of leafValues) {
      exponent = Math.min(exponent, lowestExponent(value));
      largest = Math.max(largest, Math.abs(value));
    }
    largestSum += largest;
  }
  const unit = exponent === NO_BITS ? 1 : 2 ** exponent;
  // Half of the 2^53 that are exact: the sum itself may have been rounded.
  return largestSum / unit < 2 ** 52 ? unit : 0;
}

/** The exponent of zero's lowest bit: there is none. */
const NO_BITS = 1024;
const words = new DataView(new ArrayBuffer(8));

/** The exponent of a double's lowest set bit: 0.75 is 3 · 2^−2, so −2. */
function lowestExponent(value: number): number {
  if (value === 0) return NO_BITS;
  words.setFloat64(0, value);
  const high = words.getUint32(0);
  const low = words.getUint32(4);
  const biased = (high >>> 20) & 0x7ff;
  const highMantissa = (high & 0xfffff) | (biased === 0 ? 0 : 0x100000);
  const zeros = low === 0 ? 32 + trailingZeros(highMantissa) : trailingZeros(low);
  return Math.max(biased, 1) - 1075 + zeros;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}
