import type { Tree } from "./tree.js";

/** Leaves that fit the bits of one mask. */
export const MOST_MASK_LEAVES = 32;

/** One node, seen from its feature: a row that goes right here can't reach the leaves that `mask` takes away. */
interface Entry {
  readonly tree: number;
  readonly mask: number;
  readonly threshold: number | null;
  readonly leftCodes: ReadonlySet<number>;
  readonly missingLeft: boolean;
}

/** Where a feature's entries stand in the lists of a {@link ForestScorer}. */
interface FeatureLists {
  readonly feature: number;
  /** Numeric: entries `from … to − 1` by rising threshold. */
  readonly from: number;
  readonly to: number;
  /** Categorical: the list of code c runs from `codeStarts[c]` to `codeStarts[c + 1]`; the last list is of all other codes. */
  readonly codeStarts: Int32Array | undefined;
  readonly missingFrom: number;
  readonly missingTo: number;
}

/**
 * Scores trees of up to 32 leaves without walking them (QuickScorer; Lucchese et al. 2015): every tree has a mask of
 * leaves that can still be reached, every node where a row goes right takes its left leaves away, and the leftmost
 * leaf that remains is the one. Nodes are visited by feature with thresholds rising, so loops are long and end once
 * per feature, where walking guesses wrong at every other step.
 */
export class ForestScorer {
  private readonly features: readonly FeatureLists[];
  private readonly entryTree: Int32Array;
  private readonly entryMask: Int32Array;
  private readonly entryThreshold: Float64Array;
  private readonly leafStart: Int32Array;
  private readonly leafValues: Float64Array;
  private readonly masks: Int32Array;

  constructor(
    private readonly baseMargin: number,
    trees: readonly Tree[],
  ) {
    const entries = new Map<number, Entry[]>();
    const leafValues: number[] = [];
    this.leafStart = new Int32Array(trees.length);
    trees.forEach((tree, t) => {
      this.leafStart[t] = leafValues.length;
      collectEntries(tree, t, entries, leafValues);
    });
    const lists: Entry[] = [];
    this.features = [...entries].map(([feature, ofFeature]) => layLists(feature, ofFeature, lists));
    this.entryTree = Int32Array.from(lists, ({ tree }) => tree);
    this.entryMask = Int32Array.from(lists, ({ mask }) => mask);
    this.entryThreshold = Float64Array.from(lists, ({ threshold }) => threshold ?? 0);
    this.leafValues = Float64Array.from(leafValues);
    this.masks = new Int32Array(trees.length);
  }

  /** The margin of the row that starts at `from` in `rows`: base margin plus leaf values in the order of the trees. */
  marginAt(rows: Float64Array, from: number): number {
    const { features, masks, entryThreshold, entryTree, entryMask, leafStart, leafValues } = this;
    masks.fill(-1);
    for (let f = 0; f < features.length; f++) {
      const lists = features[f];
      const value = rows[from + lists.feature];
      if (Number.isNaN(value)) this.take(lists.missingFrom, lists.missingTo);
      else if (lists.codeStarts !== undefined) {
        const code = Math.min(value, lists.codeStarts.length - 2);
        this.take(lists.codeStarts[code], lists.codeStarts[code + 1]);
      } else {
        const { to } = lists;
        for (let i = lists.from; i < to && entryThreshold[i] < value; i++)
          masks[entryTree[i]] &= entryMask[i];
      }
    }
    let margin = this.baseMargin;
    for (let t = 0; t < masks.length; t++) {
      const mask = masks[t];
      margin += leafValues[leafStart[t] + 31 - Math.clz32(mask & -mask)];
    }
    return margin;
  }

  private take(from: number, to: number): void {
    const { masks, entryTree, entryMask } = this;
    for (let i = from; i < to; i++) masks[entryTree[i]] &= entryMask[i];
  }
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
  const from = lists.length;
  let codeStarts: Int32Array | undefined;
  if (entries[0].threshold === null) {
    let codeCount = 0;
    for (const { leftCodes } of entries)
      for (const code of leftCodes) codeCount = Math.max(codeCount, code + 1);
    codeStarts = new Int32Array(codeCount + 2);
    for (let code = 0; code <= codeCount; code++) {
      codeStarts[code] = lists.length;
      for (const entry of entries) if (!entry.leftCodes.has(code)) lists.push(entry);
    }
    codeStarts[codeCount + 1] = lists.length;
  } else {
    for (const entry of entries.toSorted(byThreshold)) lists.push(entry);
  }
  const to = lists.length;
  for (const entry of entries) if (!entry.missingLeft) lists.push(entry);
  return { feature, from, to, codeStarts, missingFrom: to, missingTo: lists.length };
}
