import type { BinnedFeature, BinnedMatrix } from "./binning.js";
import { fillHistogram, type Gradients, type Histogram, SUMS, subtractHistogram } from "./histogram.js";
import type { BoostingSettings } from "./options.js";
import { findSplit, type NodeSums, type Split } from "./split.js";
import type { Tree } from "./tree.js";

/** A grown tree, with what is needed to follow it on binned rows. */
export interface GrownTree {
  readonly tree: Tree;
  /** Per inner node: for every bin whether it goes left. */
  readonly goesLeft: readonly Uint8Array[];
}

/** A leaf that may still be split: rows `from … to − 1` of the row list. */
interface Leaf {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly sums: NodeSums;
  readonly histogram: Histogram | undefined;
  readonly split: Split | undefined;
  /** Where the parent refers to this leaf. */
  readonly parent: number;
  readonly isLeft: boolean;
}

/**
 * Grows one tree leaf by leaf: the leaf whose split gains most is split next (Shi 2007), until `maxLeaves` stand or
 * no split gains. The larger child's histogram is the parent's less the smaller child's.
 * Keeps buffers between trees, so one grower serves one training run.
 */
export class TreeGrower {
  private readonly spare: Histogram[] = [];
  private readonly moved: Int32Array;
  private features: Int32Array = new Int32Array(0);

  constructor(
    private readonly matrix: BinnedMatrix,
    private readonly settings: BoostingSettings,
  ) {
    this.moved = new Int32Array(matrix.rowCount);
  }

  /** `rows` is the sample to grow on and is reordered; `features` are the ones to look at. */
  grow(rows: Int32Array, features: Int32Array, gradients: Gradients): GrownTree {
    this.features = features;
    const { maxLeaves, learningRate, l2 } = this.settings;
    const builder = new TreeBuilder(this.matrix.features);
    const root = this.takeHistogram();
    fillHistogram(root, this.matrix, features, rows, 0, rows.length, gradients);
    const leaves = [this.openLeaf(0, rows.length, 0, totalsOf(rows, gradients), root, -1, false)];
    while (leaves.length < maxLeaves) {
      const position = bestLeaf(leaves);
      if (position < 0) break;
      const [left, right] = this.divide(leaves[position], rows, gradients, builder);
      leaves[position] = left;
      leaves.push(right);
    }
    for (const leaf of leaves) {
      if (leaf.histogram !== undefined) this.spare.push(leaf.histogram);
      const { gradient, hessian } = leaf.sums;
      // Without a penalty, rows predicted with certainty have no curvature: there is no step to take.
      const curvature = hessian + l2;
      builder.addLeaf(leaf.parent, leaf.isLeft, curvature > 0 ? (-learningRate * gradient) / curvature : 0);
    }
    return builder.finish();
  }

  private divide(leaf: Leaf, rows: Int32Array, gradients: Gradients, builder: TreeBuilder): [Leaf, Leaf] {
    const { from, to, depth, split, histogram } = leaf as Leaf & { split: Split; histogram: Histogram };
    const node = builder.addNode(leaf.parent, leaf.isLeft, split);
    const middle = this.partition(rows, from, to, split);
    const leftIsSmaller = middle - from <= to - middle;
    const smaller = this.takeHistogram();
    const [start, end] = leftIsSmaller ? [from, middle] : [middle, to];
    fillHistogram(smaller, this.matrix, this.features, rows, start, end, gradients);
    subtractHistogram(histogram, smaller, this.matrix, this.features);
    const [ofLeft, ofRight] = leftIsSmaller ? [smaller, histogram] : [histogram, smaller];
    return [
      this.openLeaf(from, middle, depth + 1, split.left, ofLeft, node, true),
      this.openLeaf(middle, to, depth + 1, split.right, ofRight, node, false),
    ];
  }

  /** A leaf with its best split found; the histogram is given back when there is none. */
  private openLeaf(
    from: number,
    to: number,
    depth: number,
    sums: NodeSums,
    histogram: Histogram,
    parent: number,
    isLeft: boolean,
  ): Leaf {
    const { matrix, settings, features } = this;
    let split: Split | undefined;
    if (depth < settings.maxDepth && to - from >= 2 * settings.minChildRows) {
      for (const f of features) {
        const found = findSplit(f, matrix.features[f], histogram, matrix.offsets[f] * SUMS, sums, settings);
        if (found !== undefined && (split === undefined || found.gain > split.gain)) split = found;
      }
    }
    if (split === undefined) this.spare.push(histogram);
    return { from, to, depth, sums, histogram: split && histogram, split, parent, isLeft };
  }

  /** Moves the rows that go left before the others, both in their old order; returns where the others start. */
  private partition(rows: Int32Array, from: number, to: number, split: Split): number {
    const { bins } = this.matrix.features[split.feature];
    const { goesLeft } = split;
    const { moved } = this;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = rows[i];
      if (goesLeft[bins[row]] === 1) rows[left++] = row;
      else moved[right++] = row;
    }
    rows.set(moved.subarray(0, right), left);
    return left;
  }

  private takeHistogram(): Histogram {
    return this.spare.pop() ?? new Float64Array(this.matrix.totalBins * SUMS);
  }
}

/** The leaf value that a binned row reaches. */
export function leafValueOf({ tree, goesLeft }: GrownTree, matrix: BinnedMatrix, row: number): number {
  let node = tree.feature.length === 0 ? -1 : 0;
  while (node >= 0) {
    const bin = matrix.features[tree.feature[node]].bins[row];
    node = goesLeft[node][bin] === 1 ? tree.left[node] : tree.right[node];
  }
  return tree.leafValues[~node];
}

/** Collects nodes and leaves while a tree grows. */
class TreeBuilder {
  private readonly feature: number[] = [];
  private readonly threshold: (number | null)[] = [];
  private readonly leftCodes: (readonly number[] | null)[] = [];
  private readonly missingLeft: boolean[] = [];
  private readonly left: number[] = [];
  private readonly right: number[] = [];
  private readonly leafValues: number[] = [];
  private readonly goesLeft: Uint8Array[] = [];

  constructor(private readonly features: readonly BinnedFeature[]) {}

  addNode(parent: number, isLeft: boolean, split: Split): number {
    const { kind, cuts, binCount } = this.features[split.feature];
    const node = this.feature.push(split.feature) - 1;
    // Where only missing values go right, every finite value is below the threshold.
    this.threshold.push(kind === "numeric" ? (cuts[split.lastLeftBin] ?? Number.MAX_VALUE) : null);
    this.leftCodes.push(
      kind === "categorical"
        ? [...split.goesLeft.keys()].filter((bin) => bin < binCount - 1 && split.goesLeft[bin] === 1)
        : null,
    );
    this.missingLeft.push(split.goesLeft[binCount - 1] === 1);
    this.goesLeft.push(split.goesLeft);
    this.left.push(0);
    this.right.push(0);
    this.link(parent, isLeft, node);
    return node;
  }

  addLeaf(parent: number, isLeft: boolean, value: number): void {
    this.link(parent, isLeft, ~(this.leafValues.push(value) - 1));
  }

  finish(): GrownTree {
    const { feature, threshold, leftCodes, missingLeft, left, right, leafValues, goesLeft } = this;
    return { tree: { feature, threshold, leftCodes, missingLeft, left, right, leafValues }, goesLeft };
  }

  private link(parent: number, isLeft: boolean, child: number): void {
    if (parent >= 0) (isLeft ? this.left : this.right)[parent] = child;
  }
}

function totalsOf(rows: Int32Array, { gradient, hessian }: Gradients): NodeSums {
  let gradientSum = 0;
  let hessianSum = 0;
  for (const row of rows) {
    gradientSum += gradient[row];
    hessianSum += hessian[row];
  }
  return { gradient: gradientSum, hessian: hessianSum, rows: rows.length };
}

function bestLeaf(leaves: readonly Leaf[]): number {
  let best = -1;
  leaves.forEach((leaf, position) => {
    if (leaf.split && (best < 0 || leaf.split.gain > (leaves[best].split as Split).gain)) best = position;
  });
  return best;
}
