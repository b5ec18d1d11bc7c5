import type { RateCell } from "../cells.js";
import { binomialZ } from "../rates/binomial-z.js";

/** A value, what was expected, and the counts that it is made of, if known. */
interface ComparedValue {
  readonly value: number;
  readonly expected: number;
  readonly cell: RateCell | undefined;
}

/** A deviation of that share of what is expected matters to no one, however calm the series. */
const LEAST_SHARE = 0.001;

/**
 * The z of some values together: that given, or that of chance alone where it is nearer to 0; null where this is within the
 * limit, or the values differ from what was expected by a thousandth of it or less, or in the other direction.
 */
export function beyondChance(z: number, values: readonly ComparedValue[], limit: number): number | null {
  let [base, left, expectedLeft] = [0, 0, 0];
  let [deviation, size] = [0, 0];
  for (const { value, expected, cell } of values) {
    deviation += value - expected;
    size += Math.abs(expected);
    base += cell?.base ?? 0;
    left += cell?.left ?? 0;
    expectedLeft += (cell?.base ?? 0) * expected;
  }
  if (deviation * Math.sign(z) <= LEAST_SHARE * size) return null;
  if (values.every(({ cell }) => cell === undefined)) return z;
  if (base === 0) return null;
  // An expected rate of 0 or 1 is no certainty: at least half of a subscriber.
  const rate = Math.min(Math.max(expectedLeft, 0.5), base - 0.5) / base;
  const chance = binomialZ(Math.min(left, base), base, rate);
  if (!(chance * Math.sign(z) > limit)) return null;
  return Math.abs(chance) < Math.abs(z) ? chance : z;
}
