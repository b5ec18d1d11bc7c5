import { fallingOrder } from "../metrics/sample/falling-order.js";
import { createRandom, type Random } from "../random.js";

/** The rows of one tier, and how many of them churned. */
export interface TierCount {
  readonly rows: number;
  readonly churners: number;
}

/** Draws one replicate: the rows and the churners of each tier. */
type Draw = (random: Random, rows: Float64Array, churners: Float64Array) => void;

/** For each tier but the last, the share of bootstrap replicates in which it churns more than the tier below. */
export function orderedShares(draw: Draw, tierCount: number, replicates: number, seed: number): number[] {
  const random = createRandom(seed, "automatic tiers");
  const rows = new Float64Array(tierCount);
  const churners = new Float64Array(tierCount);
  const ordered = new Array<number>(tierCount - 1).fill(0);
  for (let replicate = 0; replicate < replicates; replicate++) {
    draw(random, rows, churners);
    for (let tier = 0; tier < tierCount - 1; tier++) {
      // Rates are compared without dividing, since a replicate may have no row of a tier.
      if (churners[tier] * rows[tier + 1] > churners[tier + 1] * rows[tier]) ordered[tier]++;
    }
  }
  return ordered.map((count) => count / replicates);
}

/** Each tier's rows are drawn from that tier, with replacement: its churners are binomial. */
export function drawRows(tiers: readonly TierCount[]): Draw {
  return (random, rows, churners) => {
    tiers.forEach((tier, position) => {
      // Effective numbers of rows need not be whole.
      rows[position] = Math.max(1, Math.round(tier.rows));
      churners[position] = binomial(random, rows[position], tier.churners / tier.rows);
    });
  };
}

/**
 * Groups are drawn with replacement, each with all its rows. They are in the order of their numbers, so the order of
 * the rows does not matter.
 */
export function drawGroups(
  tierOfRow: Uint8Array,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Draw {
  const order = fallingOrder(groups);
  // A row is known by its cell, 2 × tier + label.
  const cells = Uint8Array.from(order, (row) => 2 * tierOfRow[row] + labels[row]);
  let groupCount = 0;
  const groupOfCell = order.map((row, i) => {
    if (i === 0 || groups[row] !== groups[order[i - 1]]) groupCount++;
    return groupCount - 1;
  });
  // One byte per group, so that the random places are in cache; no group is drawn 256 times (probability below 1e-500).
  const times = new Uint8Array(groupCount);
  const drawn = new Float64Array(2 * 256);
  return (random, rows, churners) => {
    times.fill(0);
    for (let i = 0; i < groupCount; i++) times[random.integer(groupCount)]++;
    drawn.fill(0);
    for (let i = 0; i < cells.length; i++) {
      const drawnTimes = times[groupOfCell[i]];
      drawn[cells[i]] += weights === undefined ? drawnTimes : drawnTimes * weights[order[i]];
    }
    for (let tier = 0; tier < rows.length; tier++) {
      churners[tier] = drawn[2 * tier + 1];
      rows[tier] = drawn[2 * tier] + drawn[2 * tier + 1];
    }
  };
}

/**
 * How many of `trials` uniform numbers fall below a probability, exactly, without drawing each: fair coins, 32 per
 * draw, give the number below one half, and so on along the binary digits of the probability.
 */
function binomial(random: Random, trials: number, probability: number): number {
  let successes = 0;
  let undecided = trials;
  for (let rest = probability; rest > 0 && undecided > 0; ) {
    const below = heads(random, undecided);
    rest *= 2;
    if (rest >= 1) {
      successes += below;
      undecided -= below;
      rest -= 1;
    } else undecided = below;
  }
  return successes;
}

/** The number of heads among fair coins. */
function heads(random: Random, coins: number): number {
  let count = 0;
  let left = coins;
  for (; left >= 32; left -= 32) count += ones(random.integer(2 ** 32));
  return left === 0 ? count : count + ones(random.integer(2 ** left));
}

/** The ones among 32 bits (Warren, Hacker's Delight, 5-1). */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f;
  return Math.imul(bits, 0x01010101) >>> 24;
}
