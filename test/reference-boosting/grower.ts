import type { Tree } from "../../src/trees/tree.js";
import type { BinnedFeature } from "./binning.js";
import { childBounds, mayMeet } from "./constraints.js";
import { type Bounds, leafValueOf, UNBOUNDED } from "./gain.js";
import { findSplit, type SearchRules, type Split } from "./split.js";
import { type Gradients, type Sums, sumsOf, sumsPerBin } from "./sums.js";
import { TreeBuilder } from "./tree-builder.js";

/** What one tree is grown on. */
export interface Growth {
  readonly matrix: readonly BinnedFeature[];
  /** The sample of rows to grow on, in any order. */
  readonly rows: Int32Array;
  /** The features to look at, rising. */
  readonly features: Int32Array;
  readonly gradients: Gradients;
  readonly rules: SearchRules;
  /** Leaf values are whole multiples of this. */
  readonly leafUnit: number;
}

/** A leaf that may still be split. */
interface Leaf {
  readonly rows: Int32Array;
  readonly depth: number;
  readonly sums: Sums;
  readonly bounds: Bounds;
  /** Features of the splits above. */
  readonly used: ReadonlySet<number>;
  readonly split: Split | undefined;
  /** Where the parent refers to this leaf. */
  readonly parent: number;
  readonly isLeft: boolean;
}

/**
 * Grows one tree leaf by leaf: the leaf whose split gains most is split next (Shi 2007), of equal ones the
 * first in the list, until there are `maxLeaves` or no split gains. A left child takes its parent's place in the
 * list, a right one the end.
 */
export function growTree(growth: Growth): Tree {
  const { matrix, rows, rules, leafUnit, gradients } = growth;
  const { maxLeaves, learningRate } = rules.settings;
  const builder = new TreeBuilder(matrix);
  const root = {
    rows,
    depth: 0,
    sums: sumsOf(rows, gradients),
    bounds: UNBOUNDED,
    used: new Set<number>(),
    parent: -1,
    isLeft: false,
  };
  const leaves: Leaf[] = [withSplit(root, growth)];
  while (leaves.length < maxLeaves) {
    const position = bestLeaf(leaves);
    if (position < 0) break;
    const [left, right] = divide(leaves[position], growth, builder);
    leaves[position] = left;
    leaves.push(right);
  }
  for (const { sums, bounds, parent, isLeft } of leaves) {
    const value = learningRate * leafValueOf(sums, rules.settings, bounds);
    builder.addLeaf(parent, isLeft, roundTo(value, leafUnit));
  }
  return builder.finish();
}

/** The nearest whole multiple of the unit; never −0. */
export function roundTo(value: number, unit: number): number {
  return Math.round(value / unit) * unit + 0;
}

function divide(leaf: Leaf, growth: Growth, builder: TreeBuilder): [Leaf, Leaf] {
  const { settings, constraints } = growth.rules;
  const split = leaf.split as Split;
  const { feature, goesLeft, left, right } = split;
  const node = builder.addNode(leaf.parent, leaf.isLeft, split);
  const { bins } = growth.matrix[feature];
  const values = [left, right].map((sums) => leafValueOf(sums, settings, leaf.bounds));
  // A division of missing values from all others puts no two values in order.
  const sign = split.lastLeftBin === growth.matrix[feature].binCount - 2 ? 0 : constraints.signs[feature];
  const bounds = childBounds(leaf.bounds, sign, values[0], values[1]);
  const shared = { depth: leaf.depth + 1, used: new Set([...leaf.used, feature]), parent: node };
  const leftRows = leaf.rows.filter((row) => goesLeft[bins[row]]);
  const rightRows = leaf.rows.filter((row) => !goesLeft[bins[row]]);
  return [
    withSplit({ ...shared, rows: leftRows, sums: left, bounds: bounds.left, isLeft: true }, growth),
    withSplit({ ...shared, rows: rightRows, sums: right, bounds: bounds.right, isLeft: false }, growth),
  ];
}

/** The leaf with its best split; of features that gain the same, the lowest index wins. */
function withSplit(leaf: Omit<Leaf, "split">, { matrix, features, gradients, rules }: Growth): Leaf {
  let best: Split | undefined;
  if (leaf.depth < rules.settings.maxDepth) {
    for (const index of features) {
      if (!mayMeet(rules.constraints, leaf.used, index)) continue;
      const feature = matrix[index];
      const perBin = sumsPerBin(feature.bins, feature.binCount, leaf.rows, gradients);
      const found = findSplit(index, feature, perBin, leaf, rules);
      if (found !== undefined && (best === undefined || found.gain > best.gain)) best = found;
    }
  }
  return { ...leaf, split: best };
}

function bestLeaf(leaves: readonly Leaf[]): number {
  const gainOf = (leaf: Leaf) => leaf.split?.gain ?? Number.NEGATIVE_INFINITY;
  const most = Math.max(...leaves.map(gainOf));
  return leaves.findIndex(({ split }) => split?.gain === most);
}
