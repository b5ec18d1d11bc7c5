import { allSteps, type Steps } from "../../steps.js";
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
  /** Of the row that is walked, by slot. */
  private readonly ranks: Int32Array;

  private constructor(
    readonly baseMargin: number,
    readonly roots: Int32Array,
    readonly words: Int32Array,
    readonly leafValues: Float64Array,
    readonly sets: Int32Array,
    readonly slots: readonly Slot[],
  ) {
    this.ranks = new Int32Array(slots.length);
  }

  /** Undefined for trees with more thresholds of a feature, sets or features than fit a node. */
  static ifPossible(baseMargin: number, trees: readonly Tree[]): RankWalker | undefined {
    return allSteps(RankWalker.steps(baseMargin, trees));
  }

  /** As {@link ifPossible}, a tree at a step. */
  static *steps(baseMargin: number, trees: readonly Tree[]): Steps<RankWalker | undefined> {
    const plan = yield* planSlots(trees);
    if (plan === undefined) return undefined;
    const nodeCount = trees.reduce((sum, tree) => sum + tree.feature.length + tree.leafValues.length, 0);
    const words = new Int32Array(2 * nodeCount);
    const roots = new Int32Array(trees.length);
    const sets: number[] = [];
    const leafValues: number[] = [];
    let free = 0;
    for (let t = 0; t < trees.length; t++) {
      roots[t] = free;
      free = layTree(trees[t], free, plan, { words, sets, leafValues });
      yield;
    }
    const { slots } = plan;
    return new RankWalker(
      baseMargin,
      roots,
      words,
      Float64Array.from(leafValues),
      Int32Array.from(sets),
      slots,
    );
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
}

/** Nodes, and what they refer to, while trees are laid. */
interface Laid {
  readonly words: Int32Array;
  readonly sets: number[];
  readonly leafValues: number[];
}

/** Lays a tree from `root` on, level by level, so that siblings are adjacent; returns the next free node. */
function layTree(tree: Tree, root: number, plan: SlotPlan, { words, sets, leafValues }: Laid): number {
  let free = root + 1;
  const queue: { child: number; node: number }[] = [
    { child: tree.feature.length === 0 ? -1 : 0, node: root },
  ];
  for (const { child, node } of queue) {
    if (child < 0) {
      words[2 * node] = LEAF;
      words[2 * node + 1] = leafValues.push(tree.leafValues[~child]) - 1;
      continue;
    }
    const codes = tree.leftCodes[child];
    const isMissingLeft = tree.missingLeft[child];
    const threshold = tree.threshold[child] as number;
    const slot = plan.slotOf(tree.feature[child], codes === null && isMissingLeft);
    const operand = codes === null ? plan.rankOf(slot, threshold) : addSet(sets, codes, isMissingLeft);
    const kind = codes === null ? 0 : CATEGORICAL;
    words[2 * node] = (((slot << 1) | kind) << RANK_BITS) | operand;
    words[2 * node + 1] = free;
    queue.push({ child: tree.left[child], node: free }, { child: tree.right[child], node: free + 1 });
    free += 2;
  }
  return free;
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

/** The slots of all features; undefined where they do not fit. A tree or a slot at a step. */
function* planSlots(trees: readonly Tree[]): Steps<SlotPlan | undefined> {
  const thresholds = new Map<
    number,
    { feature: number; isLow: boolean; isNumeric: boolean; values: Set<number> }
  >();
  const keyOf = (feature: number, isLow: boolean) => 2 * feature + (isLow ? 1 : 0);
  let setCount = 0;
  for (const { feature, threshold, missingLeft } of trees) {
    feature.forEach((each, node) => {
      const value = threshold[node];
      const isLow = value !== null && missingLeft[node];
      const key = keyOf(each, isLow);
      let known = thresholds.get(key);
      if (known === undefined) {
        known = { feature: each, isLow, isNumeric: value !== null, values: new Set() };
        thresholds.set(key, known);
      }
      if (value === null) setCount++;
      else known.values.add(value);
    });
    yield;
  }
  const most = Math.max(setCount, ...[...thresholds.values()].map(({ values }) => values.size));
  if (most > MOST_RANKS || thresholds.size > MOST_SLOTS) return undefined;
  const slots: Slot[] = [];
  const ranks: Map<number, number>[] = [];
  for (const { feature, isLow, isNumeric, values } of thresholds.values()) {
    const cuts = isNumeric ? Float64Array.from(values).sort() : undefined;
    slots.push({ feature, cuts, missingRank: isNumeric ? (isLow ? -1 : MOST_RANKS) : 0 });
    ranks.push(new Map(Array.from(cuts ?? [], (cut, rank) => [cut, rank])));
    yield;
  }
  const places = new Map([...thresholds.keys()].map((key, slot) => [key, slot]));
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
