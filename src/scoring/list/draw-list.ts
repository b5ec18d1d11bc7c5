import { roomOf } from "../../tiers/capacity-limits.js";
import type { CapacityTierRule } from "../../tiers/tier-rule.js";
import { keysAtRanks } from "./keys-at-ranks.js";
import type { RankedBy, RankedRows, RankKey } from "./rank.js";

/** A tier of a list, as it was filled. */
export interface DrawnTier {
  readonly tier: string;
  /** How many rows it has room for; null for the last tier, which takes the rest. */
  readonly capacity: number | null;
  readonly rows: number;
  /** The key of its last row; null where it has no rows, and for the last tier. */
  readonly last: RankKey | null;
  /** Rows in lower tiers whose amount is that of the last row. */
  readonly tied: number;
}

/** The tiers of a list, the first one first. */
export interface DrawnList {
  readonly by: RankedBy;
  readonly tiers: readonly DrawnTier[];
}

/**
 * Fills the tiers of a list one after the other with the rows in the order of their ranks, each to its capacity, as far as
 * there are rows. Shares are of all rows, rounded down.
 * @param pass starts a new pass over the rows.
 * @param rows how many there are.
 */
export async function drawList(
  { tiers }: CapacityTierRule,
  by: RankedBy,
  rows: number,
  pass: () => AsyncIterable<RankedRows>,
): Promise<DrawnList> {
  let reached = 0;
  const filled = tiers.map(({ name, ...step }) => {
    const capacity = roomOf(step, rows) ?? null;
    const taken = Math.min(rows - reached, capacity ?? rows);
    reached += taken;
    return { tier: name, capacity, rows: taken, rank: capacity === null || taken === 0 ? 0 : reached };
  });
  const ranks = filled.flatMap(({ rank }) => (rank === 0 ? [] : [rank]));
  const keys = await keysAtRanks(pass, ranks);
  const reaching = await countReaching(pass, keys);
  return {
    by,
    tiers: filled.map(({ rank, ...tier }) => {
      const k = ranks.indexOf(rank);
      return k < 0 ? { ...tier, last: null, tied: 0 } : { ...tier, last: keys[k], tied: reaching[k] - rank };
    }),
  };
}

/** How many rows have at least the amount of each key. */
async function countReaching(
  pass: () => AsyncIterable<RankedRows>,
  keys: readonly RankKey[],
): Promise<Float64Array> {
  const counts = new Float64Array(keys.length);
  if (keys.length === 0) return counts;
  for await (const { amounts, rowCount } of pass()) {
    for (let k = 0; k < keys.length; k++) {
      const { amount } = keys[k];
      for (let row = 0; row < rowCount; row++) if (amounts[row] >= amount) counts[k]++;
    }
  }
  return counts;
}

/** Which tier each row is in. More than the amount matters only at that of a limit. */
export function tiersOfRows({ tiers }: DrawnList, rows: RankedRows): Int32Array {
  const { amounts, rowCount } = rows;
  const codes = new Int32Array(rowCount).fill(tiers.length - 1);
  for (let row = 0; row < rowCount; row++) {
    const amount = amounts[row];
    for (let t = 0; t < tiers.length; t++) {
      const { last } = tiers[t];
      if (last === null || amount < last.amount) continue;
      if (amount > last.amount || rows.compare(row, last) <= 0) {
        codes[row] = t;
        break;
      }
    }
  }
  return codes;
}
