import { median } from "simple-statistics";
import { SIDE } from "./neighbours.js";
import { robustScale } from "./robust-scale.js";

/** From a place on, values are higher or lower by `size`. */
interface LevelShift {
  readonly at: number;
  readonly size: number;
  /** Size in standard deviations of such differences without a shift, as the differences of neighbours tell. */
  readonly z: number;
}

/** Values on each side that the size of a shift is measured by, where there are so many. */
const WIDE_SIDE = 6;
/** The standard deviation of the difference of two medians of three normal values, in those of one. */
const OF_MEDIANS = 0.947;
/** From so many places on, a shift does not hide in the spread of the differences themselves, which tells of slow changes as well. */
const MANY_STEPS = 24;

/**
 * The largest shift of the level of a series: of the medians of three values before a place, and three from there on, relative to the usual
 * difference of such medians, which a trend makes. Null for fewer than 6 values, and where all are on a line.
 * @param isTaken of places that are already explained.
 */
export function largestShift(values: readonly number[], isTaken: (at: number) => boolean): LevelShift | null {
  const steps = values.slice(SIDE, values.length - SIDE + 1).map((_, at) => stepAt(values, at + SIDE, SIDE));
  const { centre, scale } = robustScale(steps);
  const { scale: noise } = robustScale(values.slice(1).map((value, at) => value - values[at]));
  const byNoise = (OF_MEDIANS * noise) / Math.SQRT2;
  const deviation = steps.length < MANY_STEPS ? byNoise : Math.max(scale, byNoise);
  if (!(deviation > 0)) return null;
  let largest: LevelShift | null = null;
  for (const [place, step] of steps.entries()) {
    const z = (step - centre) / deviation;
    if (largest !== null && Math.abs(z) <= Math.abs(largest.z)) continue;
    const at = bestPlace(values, place + SIDE, Math.sign(z));
    if (isTaken(at)) continue;
    const side = Math.min(WIDE_SIDE, at, values.length - at);
    largest = { at, size: stepAt(values, at, side) - (centre * side) / SIDE, z };
  }
  return largest;
}

function stepAt(values: readonly number[], at: number, side: number): number {
  return median(values.slice(at, at + side)) - median(values.slice(at - side, at));
}

/** Near a place, that from which on the values are nearest to a new median: medians of three differ a place early or late, too. */
function bestPlace(values: readonly number[], near: number, sign: number): number {
  let best = near;
  let least = Number.POSITIVE_INFINITY;
  for (let at = Math.max(SIDE, near - 1); at <= Math.min(values.length - SIDE, near + 1); at++) {
    if (Math.sign(values[at] - values[at - 1]) !== sign) continue;
    const cost =
      spreadOf(values.slice(Math.max(0, near - 1 - SIDE), at)) + spreadOf(values.slice(at, near + 1 + SIDE));
    if (cost < least) [best, least] = [at, cost];
  }
  return best;
}

function spreadOf(values: readonly number[]): number {
  const middle = median([...values]);
  return values.reduce((sum, value) => sum + Math.abs(value - middle), 0);
}
