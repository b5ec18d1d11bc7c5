import type { Pulse } from "../../progress.js";
import type { BinnedData } from "../binning/binned-data.js";
import type { Constraints } from "./constraints.js";
import type { GrownTree, Leaf, LeafRows } from "./leaf-rows.js";
import type { Scales } from "./scales.js";
import type { GrowingSettings } from "./settings.js";
import type { Bounds, FoundSplit, NodeSums, SplitSearch } from "./split-search.js";
import { TreeBuilder } from "./tree-builder.js";

/** A leaf that may still be split. */
interface OpenLeaf extends Leaf {
  readonly depth: number;
  readonly sums: NodeSums;
  readonly bounds: Bounds;
  /** Interaction groups that hold all features on the path here. */
  readonly groups: readonly Uint8Array[];
  /** Where its histogram is; undefined when it will not be split. */
  readonly slot: number | undefined;
  readonly split: FoundSplit | undefined;
  /** Where the parent refers to this leaf. */
  readonly parent: number;
  readonly isLeft: boolean;
}

const UNBOUNDED: Bounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

/** Finds the split of a node from its histogram; boosters, forests and extra trees differ in it. */
export type NodeSearch = (
  slot: number,
  groups: readonly Uint8Array[],
  bounds: Bounds,
) => { split: FoundSplit | undefined; sums: NodeSums };

/** The best split over the drawn features: one byte a feature. */
export function bestSplitOf(search: SplitSearch, features: Uint8Array): NodeSearch {
  return (slot, groups, bounds) => search.find(slot, allowedFeatures(features, groups), bounds);
}

/**
 * Grows one tree leaf by leaf: the leaf whose split gains most is split next (Shi 2007), until there are `maxLeaves` or
 * no split gains. The larger child's histogram is the parent's minus the smaller child's.
 */
export class TreeGrower {
  constructor(
    private readonly data: BinnedData,
    private readonly settings: GrowingSettings,
    private readonly constraints: Constraints,
    private readonly scales: Scales,
    private readonly search: SplitSearch,
  ) {}

  /**
   * @param rows the rows to grow on; their lists are reordered so that each leaf's rows are adjacent.
   * @param find what splits a node.
   * @param headroom most units of a margin that a leaf may add.
   */
  async grow(rows: LeafRows, find: NodeSearch, headroom: number, pulse: Pulse): Promise<GrownTree> {
    const { maxLeaves } = this.settings;
    const builder = new TreeBuilder(this.data.features);
    const leaves = [await this.openRoot(rows, find)];
    const steps: GrownTree["steps"][number][] = [];
    while (leaves.length < maxLeaves) {
      const position = bestLeaf(leaves);
      if (position < 0) break;
      await pulse.beat();
      const leaf = leaves[position] as OpenLeaf & { slot: number; split: FoundSplit };
      const step = {
        leaf: position,
        column: this.data.features[leaf.split.feature].column,
        goesLeft: this.byteTable(leaf.split),
      };
      steps.push(step);
      const [left, right] = await rows.divide(leaf, step);
      const node = builder.addNode(leaf.parent, leaf.isLeft, leaf.split);
      const isLast = leaves.length + 1 === maxLeaves;
      const children = await this.openChildren(leaf, left, right, node, rows, find, isLast);
      leaves[position] = children[0];
      leaves.push(children[1]);
    }
    const units = leaves.map((leaf) => {
      if (leaf.slot !== undefined) this.search.release(leaf.slot);
      return this.leafUnits(leaf.sums, headroom);
    });
    leaves.forEach(({ parent, isLeft }, l) => {
      builder.addLeaf(parent, isLeft, units[l] * this.scales.marginUnit);
    });
    return { tree: builder.finish(), steps, leaves, units };
  }

  private async openRoot(rows: LeafRows, find: NodeSearch): Promise<OpenLeaf> {
    const root = rows.root();
    await rows.histogramOfRoot(this.scales.countBits);
    const slot = this.search.collect();
    const place = { depth: 0, bounds: UNBOUNDED, groups: this.constraints.groups, parent: -1, isLeft: false };
    const { split, sums } = find(slot, place.groups, place.bounds);
    const leaf = { ...root, ...place, sums };
    if (split === undefined || !this.maySplit(leaf)) return this.closed(leaf, slot);
    return { ...leaf, slot, split };
  }

  /** The two leaves of a division, each with its best split found where it may have one. */
  private async openChildren(
    parent: OpenLeaf & { slot: number; split: FoundSplit },
    left: Leaf,
    right: Leaf,
    node: number,
    rows: LeafRows,
    find: NodeSearch,
    isLast: boolean,
  ): Promise<[OpenLeaf, OpenLeaf]> {
    const { split } = parent;
    const groups = parent.groups.filter((group) => group[split.feature] === 1);
    const place = { depth: parent.depth + 1, groups, parent: node };
    const [ofLeft, ofRight] = childBounds(parent.bounds, split, this.signOf(split));
    const children = [
      { ...left, ...place, sums: split.left, bounds: ofLeft, isLeft: true },
      { ...right, ...place, sums: split.right, bounds: ofRight, isLeft: false },
    ] as const;
    if (isLast || !children.some((child) => this.maySplit(child))) {
      this.search.release(parent.slot);
      return [closedLeaf(children[0]), closedLeaf(children[1])];
    }
    const smaller = children[0].sums.rows <= children[1].sums.rows ? 0 : 1;
    await rows.histogram(children[smaller], this.scales.countBits);
    const slotOfSmaller = this.search.collect();
    this.search.subtract(parent.slot, slotOfSmaller);
    const slots = smaller === 0 ? [slotOfSmaller, parent.slot] : [parent.slot, slotOfSmaller];
    return [this.opened(children[0], slots[0], find), this.opened(children[1], slots[1], find)];
  }

  private opened(leaf: Omit<OpenLeaf, "slot" | "split">, slot: number, find: NodeSearch): OpenLeaf {
    if (!this.maySplit(leaf)) return this.closed(leaf, slot);
    const { split } = find(slot, leaf.groups, leaf.bounds);
    return split === undefined ? this.closed(leaf, slot) : { ...leaf, slot, split };
  }

  private closed(leaf: Omit<OpenLeaf, "slot" | "split">, slot: number): OpenLeaf {
    this.search.release(slot);
    return closedLeaf(leaf);
  }

  private maySplit({ depth, sums }: { readonly depth: number; readonly sums: NodeSums }): boolean {
    return depth < this.settings.maxDepth && sums.rows >= 2 * this.settings.minChildRows;
  }

  /** 1 or −1 where the division puts values of a monotone feature in order. */
  private signOf({ feature, lastLeftBin }: FoundSplit): number {
    const isOfMissing = lastLeftBin === this.data.features[feature].cuts.length;
    return isOfMissing ? 0 : this.constraints.monotone[feature];
  }

  /** A leaf's step in whole units of a margin. */
  private leafUnits({ value }: NodeSums, headroom: number): number {
    const units = Math.round((this.settings.learningRate * value) / this.scales.marginUnit);
    return Math.max(-headroom, Math.min(headroom, units));
  }

  /** For every value of the column's byte whether the row goes left. */
  private byteTable({ feature, goesLeft }: FoundSplit): Uint8Array {
    const { divisor, binCount } = this.data.features[feature];
    const table = new Uint8Array(256);
    for (let byte = 0; byte < 256; byte++) table[byte] = goesLeft[Math.floor(byte / divisor) % binCount];
    return table;
  }
}

function closedLeaf(leaf: Omit<OpenLeaf, "slot" | "split">): OpenLeaf {
  return { ...leaf, slot: undefined, split: undefined };
}

function bestLeaf(leaves: readonly OpenLeaf[]): number {
  let best = -1;
  let gain = 0;
  for (let l = 0; l < leaves.length; l++) {
    const { split } = leaves[l];
    if (split !== undefined && split.gain > gain) {
      best = l;
      gain = split.gain;
    }
  }
  return best;
}

/** The tree's features that the path's interaction groups allow. */
function allowedFeatures(features: Uint8Array, groups: readonly Uint8Array[]): Uint8Array {
  return features.map((isDrawn, f) => (isDrawn === 1 && groups.some((group) => group[f] === 1) ? 1 : 0));
}

/** A monotone split keeps everything below its left child on one side of the middle, and the right on the other. */
function childBounds(bounds: Bounds, split: FoundSplit, sign: number): [Bounds, Bounds] {
  if (sign === 0) return [bounds, bounds];
  const middle = (split.left.value + split.right.value) / 2;
  const below = { ...bounds, upper: middle };
  const above = { ...bounds, lower: middle };
  return sign > 0 ? [below, above] : [above, below];
}
