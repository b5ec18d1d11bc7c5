import { sum, tallySample } from "../metrics/sample/tally.js";

/** How much one step holds: `top` rows, or a `share` of all rows, rounded down. The last step has neither. */
export interface Capacity {
  readonly top?: number;
  readonly share?: number;
}

/**
 * The lowest amount of each step when the highest amounts fill the first step, the next ones the second, and so on;
 * the last step takes the rest, from 0. A capacity is never exceeded: where ties extend over its limit, all of them
 * fall into the step below, as far as that has room.
 * @param weights how much of the population each row stands for: shares are of the population, and so many rows are as many
 * of a population of the size of the sample. Default: 1 each.
 */
export function capacityLimits(
  amounts: ArrayLike<number>,
  capacities: readonly Capacity[],
  weights?: ArrayLike<number>,
): number[] {
  return weights === undefined
    ? limitsOfRows(amounts, capacities)
    : limitsOfWeights(amounts, capacities, weights);
}

function limitsOfRows(amounts: ArrayLike<number>, capacities: readonly Capacity[]): number[] {
  const falling = Float64Array.from(amounts).sort().reverse();
  let reached = 0;
  return capacities.map((step, position) => {
    if (position === capacities.length - 1) return 0;
    const capacity = roomOf(step, falling.length) ?? 0;
    const from = limitOf(falling, Math.min(reached + capacity, falling.length));
    while (reached < falling.length && falling[reached] >= from) reached++;
    return from;
  });
}

/** The lowest limit that at most `count` of the falling amounts reach. */
function limitOf(falling: Float64Array, count: number): number {
  if (count === falling.length) return falling[count - 1];
  let from = count;
  while (from > 0 && falling[from - 1] === falling[count]) from--;
  // When one tie is larger than the capacity, the step is empty: the limit is the next number above the tie.
  return from > 0 ? falling[from - 1] : nextAbove(falling[0]);
}

function limitsOfWeights(
  amounts: ArrayLike<number>,
  capacities: readonly Capacity[],
  weights: ArrayLike<number>,
): number[] {
  const rows = Array.from(amounts).flatMap((_, row) => (weights[row] > 0 ? [row] : []));
  const { scores, negatives } = tallySample(
    new Uint8Array(rows.length),
    rows.map((row) => amounts[row]),
    rows.map((row) => weights[row]),
  );
  const mass = sum(negatives);
  let place = 0;
  let reached = 0;
  return capacities.map(({ top, share = 0 }, position) => {
    if (position === capacities.length - 1) return 0;
    const capacity = (top === undefined ? share : top / rows.length) * mass;
    // A capacity that is exactly filled may be missed by the rounding of sums.
    const most = (reached + capacity) * (1 + 1e-12);
    for (; place < scores.length && reached + negatives[place] <= most; place++) reached += negatives[place];
    return place > 0 ? scores[place - 1] : nextAbove(scores[0]);
  });
}

/** How many of some rows a step has room for; undefined for the last step, which takes the rest. */
export function roomOf({ top, share }: Capacity, rows: number): number | undefined {
  return top ?? (share === undefined ? undefined : wholePart(share * rows));
}

/** Rounded down, except for an error in the last digit: 0.29 × 100 is 29. */
function wholePart(value: number): number {
  return Math.floor(value * (1 + 4 * Number.EPSILON));
}

function nextAbove(value: number): number {
  return value + Math.max(Number.MIN_VALUE, value * Number.EPSILON);
}
