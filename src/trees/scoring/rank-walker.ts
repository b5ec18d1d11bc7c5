import type { Tree } from "../tree.js";

/**
 * Shift of the feature's slot in a node's first word; the low bits are the rank of the threshold or the number of the
 * set.
 */
export const RANK_BITS = 16;
const MOST_RANKS = 2 ** RANK_BITS - 1;
/** Slots × 2 and the flag of categories share the other 16 bits, the sign left out. */
export const MOST_SLOTS = 2 ** 14;
const CATEGORICAL = 1;
/** The first word of a leaf; the second is its number. */
export const LEAF = -1;

/** Words of 32 places: missing at 0, then the codes of 254 levels and *other*, and one place for all other codes. */
const WORDS_PER_SET = 9;
const MOST_CODE = 255;

/**
 * Trees for prediction row by row, as small as they can be: 8 bytes a node, so that a forest stays in the processor's
 * cache. Numbers are replaced by their ranks among the thresholds of their feature, once a row, and nodes hold ranks.
 *
 * ```
 * int32  slot << 17 | isCategorical << 16 | rank of the threshold, or number of the set; −1 for a leaf
 * int32  the left child, the right one is next to it; or the number of the leaf
 * ```
 * A feature has a slot for nodes that send missing values left, where they rank below all, and one for those that send
 * them right, where they rank above all. Where many rows are scored one by one, `single-row.ts` does it by these tables.
 */
export class RankWalker {
  readonly words: Int32Array;
  readonly roots: Int32Array;
  readonly leafValues: Float64Array;
  readonly sets: Int32Array;
  readonly slots: readonly Slot[];
  /** Of the row that is walked, by slot. */
  private readonly ranks: Int32Array;

  private constructor(
    readonly baseMargin: number,
    trees: readonly Tree[],
    plan: SlotPlan,
  ) {
    const nodeCount = trees.reduce((sum, tree) => sum + tree.feature.length + tree.leafValues.length, 0);
    this.words = new Int32Array(2 * nodeCount);
    this.roots = new Int32Array(trees.length);
    this.slots = plan.slots;
    this.ranks = new Int32Array(plan.slots.length);
    const sets: number[] = [];
    const leafValues: number[] = [];
    let free = 0;
    trees.forEach((tree, t) => {
      this.roots[t] = free;
      free = this.layTree(tree, free, plan, sets, leafValues);
    });
    this.sets = Int32Array.from(sets);
    this.leafValues = Float64Array.from(leafValues);
  }

  /** Undefined for trees with more thresholds of a feature, sets or features than fit a node. */
  static ifPossible(baseMargin: number, trees: readonly Tree[]): RankWalker | undefined {
    const plan = planSlots(trees);
    return plan === undefined ? undefined : new RankWalker(baseMargin, trees, plan);
  }

  /** The margin of the row that starts at `from` in `rows`. */
  marginAt(rows: Float64Array, from: number): number {
    const { roots, words, ranks, sets, leafValues } = this;
    this.rank(rows, from);
    let margin = this.baseMargin;
    for (let t = 0; t < roots.length; t++) {
      let node = roots[t];
      for (;;) {
        const next = childOf(node, ranks, words, sets);
        if (next === node) break;
        node = next;
      }
      margin += leafValues[words[2 * node + 1]];
    }
    return margin;
  }

  private rank(rows: Float64Array, from: number): void {
    const { slots, ranks } = this;
    for (let s = 0; s < slots.length; s++) {
      const { feature, cuts, missingRank } = slots[s];
      const value = rows[from + feature];
      if (Number.isNaN(value)) ranks[s] = missingRank;
      else if (cuts === undefined) ranks[s] = Math.min(value, MOST_CODE) + 1;
      else {
        let low = 0;
        let high = cuts.length;
        while (low < high) {
          const middle = (low + high) >>> 1;
          if (cuts[middle] < value) low = middle + 1;
          else high = middle;
        }
        ranks[s] = low;
      }
    }
  }

  /** Lays a tree from `root` on, level by level, so that siblings are adjacent; returns the next free node. */
  private layTree(tree: Tree, root: number, plan: SlotPlan, sets: number[], leafValues: number[]): number {
    let free = root + 1;
    const queue: { child: number; node: number }[] = [
      { child: tree.feature.length === 0 ? -1 : 0, node: root },
    ];
    for (const { child, node } of queue) {
      if (child < 0) {
        this.words[2 * node] = LEAF;
        this.words[2 * node + 1] = leafValues.push(tree.leafValues[~child]) - 1;
        continue;
      }
      const codes = tree.leftCodes[child];
      const isMissingLeft = tree.missingLeft[child];
      const slot = plan.slotOf(tree.feature[child], codes === null && isMissingLeft);
      const threshold = tree.threshold[child] as number;
      const operand = codes === null ? plan.rankOf(slot, threshold) : addSet(sets, codes, isMissingLeft);
      const kind = codes === null ? 0 : CATEGORICAL;
      this.words[2 * node] = (((slot << 1) | kind) << RANK_BITS) | operand;
      this.words[2 * node + 1] = free;
      queue.push({ child: tree.left[child], node: free }, { child: tree.right[child], node: free + 1 });
      free += 2;
    }
    return free;
  }
}

/** One step down, or the leaf itself. The hot loop of prediction; a plain function, so that it is compiled into its callers. */
function childOf(node: number, ranks: Int32Array, words: Int32Array, sets: Int32Array): number {
  const word = words[2 * node];
  if (word === LEAF) return node;
  const rank = ranks[word >> (RANK_BITS + 1)];
  const operand = word & MOST_RANKS;
  const isRight =
    (word & (CATEGORICAL << RANK_BITS)) === 0
      ? rank > operand
      : ((sets[operand * WORDS_PER_SET + (rank >> 5)] >> (rank & 31)) & 1) === 0;
  return words[2 * node + 1] + (isRight ? 1 : 0);
}

/** A feature, as some of its nodes see it. */
export interface Slot {
  readonly feature: number;
  /** Thresholds, rising; undefined for categories. */
  readonly cuts: Float64Array | undefined;
  readonly missingRank: number;
}

interface SlotPlan {
  readonly slots: readonly Slot[];
  slotOf(feature: number, isMissingLow: boolean): number;
  rankOf(slot: number, threshold: number): number;
}

function planSlots(trees: readonly Tree[]): SlotPlan | undefined {
  const thresholds = new Map<
    string,
    { feature: number; isLow: boolean; isNumeric: boolean; values: Set<number> }
  >();
  const keyOf = (feature: number, isLow: boolean) => `${feature}${isLow ? " low" : ""}`;
  let setCount = 0;
  for (const { feature, threshold, missingLeft } of trees) {
    feature.forEach((each, node) => {
      const value = threshold[node];
      const isLow = value !== null && missingLeft[node];
      const key = keyOf(each, isLow);
      const known = thresholds.get(key) ?? {
        feature: each,
        isLow,
        isNumeric: value !== null,
        values: new Set(),
      };
      thresholds.set(key, known);
      if (value === null) setCount++;
      else known.values.add(value);
    });
  }
  const most = Math.max(setCount, ...[...thresholds.values()].map(({ values }) => values.size));
  if (most > MOST_RANKS || thresholds.size > MOST_SLOTS) return undefined;
  const slots = [...thresholds.values()].map(({ feature, isLow, isNumeric, values }): Slot => {
    if (!isNumeric) return { feature, cuts: undefined, missingRank: 0 };
    return { feature, cuts: Float64Array.from(values).sort(), missingRank: isLow ? -1 : MOST_RANKS };
  });
  const places = new Map([...thresholds.keys()].map((key, slot) => [key, slot]));
  const ranks = slots.map(({ cuts }) => new Map(Array.from(cuts ?? [], (cut, rank) => [cut, rank])));
  return {
    slots,
    slotOf: (feature, isLow) => places.get(keyOf(feature, isLow)) as number,
    rankOf: (slot, threshold) => ranks[slot].get(threshold) as number,
  };
}

function addSet(sets: number[], codes: readonly number[], isMissingLeft: boolean): number {
  const start = sets.length;
  for (let word = 0; word < WORDS_PER_SET; word++) sets.push(0);
  const add = (place: number) => {
    sets[start + (place >> 5)] |= 1 << (place & 31);
  };
  if (isMissingLeft) add(0);
  for (const code of codes) add(code + 1);
  return start / WORDS_PER_SET;
}
