import { allSteps, type Steps } from "../../steps.js";
import type { Tree } from "../tree.js";

/** Leaves that fit the bits of one mask. */
export const MOST_MASK_LEAVES = 32;

/** One node, in the list of its feature: a row that goes right here can't reach the leaves that `mask` removes. */
interface Entry {
  readonly tree: number;
  readonly mask: number;
  readonly threshold: number | null;
  readonly leftCodes: ReadonlySet<number>;
  readonly missingLeft: boolean;
}

/** Entries `from … to − 1`. */
export interface EntryList {
  readonly from: number;
  readonly to: number;
}

/** Where a feature's entries are in the lists of a {@link ForestScorer}. */
export interface FeatureLists {
  readonly feature: number;
  /** Numeric: entries by rising threshold. */
  readonly numbers: EntryList | undefined;
  /** Categorical: one list per code; the last one is of all other codes. */
  readonly codes: readonly EntryList[];
  readonly missing: EntryList;
}

/** Trees as a {@link ForestScorer} reads them. */
export interface MaskTables {
  readonly baseMargin: number;
  /** Entries between two states of a list. */
  readonly stride: number;
  readonly features: readonly FeatureLists[];
  readonly entryTree: Int32Array;
  readonly entryMask: Int32Array;
  readonly entryThreshold: Float64Array;
  readonly leafStart: Int32Array;
  readonly leafValues: Float64Array;
  /** One mask per tree, state behind state. */
  readonly states: Int32Array;
  /** Of the list that begins at an entry, the number of its first state, minus one. */
  readonly statesOf: Int32Array;
}

/** The least number of entries that is worth a state. */
const LEAST_STRIDE = 64;

/**
 * Scores trees of up to 32 leaves without walking them (QuickScorer; Lucchese et al. 2015): every tree has a mask of
 * leaves that can still be reached, every node where a row goes right removes its left leaves, and the leftmost leaf
 * that remains is the row's leaf. Nodes are kept by feature with ascending thresholds, so that those where a row goes
 * right are the first ones of a list. The masks that remain after every `stride` nodes (a state) are calculated in
 * advance: a row takes the last such state before its value and applies the few nodes after it.
 */
export class ForestScorer {
  private readonly masks: Int32Array;

  private constructor(readonly tables: MaskTables) {
    this.masks = new Int32Array(tables.leafStart.length);
  }

  /**
   * @param stride entries between two states of a list; default: the number that is worth a pass over all masks here.
   */
  static of(baseMargin: number, trees: readonly Tree[], stride?: number): ForestScorer {
    return allSteps(ForestScorer.steps(baseMargin, trees, stride));
  }

  /** As {@link of}, a tree, a feature or a state at a step. */
  static *steps(
    baseMargin: number,
    trees: readonly Tree[],
    stride = Math.max(LEAST_STRIDE, trees.length >> 1),
  ): Steps<ForestScorer> {
    return new ForestScorer(yield* maskTables(baseMargin, trees, stride));
  }

  /** The margin of the row that starts at `from` in `rows`: base margin plus leaf values in the order of the trees. */
  marginAt(rows: Float64Array, from: number): number {
    const { masks } = this;
    const { features, leafStart, leafValues, baseMargin } = this.tables;
    masks.fill(-1);
    for (let f = 0; f < features.length; f++) {
      const { feature, numbers, codes, missing } = features[f];
      const value = rows[from + feature];
      if (Number.isNaN(value)) this.take(missing.from, missing.to);
      else if (numbers !== undefined) this.take(numbers.from, this.endOf(numbers, value));
      else {
        const list = codes[Math.min(value, codes.length - 1)];
        this.take(list.from, list.to);
      }
    }
    let margin = baseMargin;
    for (let t = 0; t < masks.length; t++) {
      const mask = masks[t];
      margin += leafValues[leafStart[t] + 31 - Math.clz32(mask & -mask)];
    }
    return margin;
  }

  /** Where the entries end whose threshold is below a value. */
  private endOf({ from, to }: EntryList, value: number): number {
    const { entryThreshold } = this.tables;
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (entryThreshold[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Removes the leaves that entries of a list remove, from its beginning on. */
  private take(from: number, to: number): void {
    const { masks } = this;
    const { entryTree, entryMask, states, statesOf, stride } = this.tables;
    let next = from;
    const ahead = Math.floor((to - from) / stride);
    if (ahead > 0) {
      const state = (statesOf[from] + ahead) * masks.length;
      for (let t = 0; t < masks.length; t++) masks[t] &= states[state + t];
      next += ahead * stride;
    }
    for (; next < to; next++) masks[entryTree[next]] &= entryMask[next];
  }
}

/** The tables of trees: a tree, a feature or a state at a step. */
function* maskTables(baseMargin: number, trees: readonly Tree[], stride: number): Steps<MaskTables> {
  const entries = new Map<number, Entry[]>();
  const leafValues: number[] = [];
  const leafStart = new Int32Array(trees.length);
  for (let t = 0; t < trees.length; t++) {
    leafStart[t] = leafValues.length;
    collectEntries(trees[t], t, entries, leafValues);
    yield;
  }
  const lists: Entry[] = [];
  const features: FeatureLists[] = [];
  for (const [feature, ofFeature] of entries) {
    features.push(layLists(feature, ofFeature, lists));
    yield;
  }
  const entryTree = Int32Array.from(lists, ({ tree }) => tree);
  const entryMask = Int32Array.from(lists, ({ mask }) => mask);
  const entryThreshold = Float64Array.from(lists, ({ threshold }) => threshold ?? 0);
  yield;
  const laid = {
    baseMargin,
    stride,
    features,
    entryTree,
    entryMask,
    entryThreshold,
    leafStart,
    leafValues: Float64Array.from(leafValues),
  };
  return { ...laid, ...(yield* layStates(laid)) };
}

function* layStates({
  stride,
  features,
  entryTree,
  entryMask,
  leafStart,
}: Omit<MaskTables, "states" | "statesOf">): Steps<Pick<MaskTables, "states" | "statesOf">> {
  const treeCount = leafStart.length;
  const lists = features.flatMap(({ numbers, codes, missing }) => [
    ...(numbers === undefined ? [] : [numbers]),
    ...codes,
    missing,
  ]);
  const statesIn = ({ from, to }: EntryList) => Math.floor((to - from) / stride);
  const states = new Int32Array(lists.reduce((sum, list) => sum + statesIn(list), 0) * treeCount);
  const statesOf = new Int32Array(entryTree.length + 1);
  const masks = new Int32Array(treeCount);
  let free = 0;
  for (const list of lists) {
    // An empty list begins where the next one does, and has no states to be found.
    if (statesIn(list) === 0) continue;
    statesOf[list.from] = free - 1;
    masks.fill(-1);
    for (let next = list.from; next + stride <= list.to; next += stride) {
      for (let entry = next; entry < next + stride; entry++) masks[entryTree[entry]] &= entryMask[entry];
      states.set(masks, free++ * treeCount);
      yield;
    }
  }
  return { states, statesOf };
}

/** Appends a tree's leaf values from left to right, and an entry per inner node. */
function collectEntries(tree: Tree, t: number, entries: Map<number, Entry[]>, leafValues: number[]): void {
  const start = leafValues.length;
  const visit = (child: number): void => {
    if (child < 0) {
      leafValues.push(tree.leafValues[~child]);
      return;
    }
    const first = leafValues.length - start;
    visit(tree.left[child]);
    const count = leafValues.length - start - first;
    const feature = tree.feature[child];
    const entry: Entry = {
      tree: t,
      mask: ~(((1 << count) - 1) << first),
      threshold: tree.threshold[child],
      leftCodes: new Set(tree.leftCodes[child]),
      missingLeft: tree.missingLeft[child],
    };
    const ofFeature = entries.get(feature);
    if (ofFeature === undefined) entries.set(feature, [entry]);
    else ofFeature.push(entry);
    visit(tree.right[child]);
  };
  visit(tree.feature.length === 0 ? -1 : 0);
}

function byThreshold(a: Entry, b: Entry): number {
  return (a.threshold as number) - (b.threshold as number);
}

/** Appends a feature's lists: by threshold or by code, then those that send missing values right. */
function layLists(feature: number, entries: readonly Entry[], lists: Entry[]): FeatureLists {
  const lay = (list: readonly Entry[]): EntryList => {
    const from = lists.length;
    for (const entry of list) lists.push(entry);
    return { from, to: lists.length };
  };
  const isNumeric = entries[0].threshold !== null;
  const numbers = isNumeric ? lay(entries.toSorted(byThreshold)) : undefined;
  const codes: EntryList[] = [];
  if (!isNumeric) {
    let codeCount = 0;
    for (const { leftCodes } of entries)
      for (const code of leftCodes) codeCount = Math.max(codeCount, code + 1);
    for (let code = 0; code <= codeCount; code++)
      codes.push(lay(entries.filter(({ leftCodes }) => !leftCodes.has(code))));
  }
  return { feature, numbers, codes, missing: lay(entries.filter(({ missingLeft }) => !missingLeft)) };
}
