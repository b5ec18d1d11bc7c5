import type { Tree } from "../../src/trees/tree.js";
import type { BinnedFeature } from "./binning.js";
import type { Split } from "./split.js";

/** Collects nodes and leaves while a tree grows. */
export class TreeBuilder {
  private readonly tree = {
    feature: [] as number[],
    threshold: [] as (number | null)[],
    leftCodes: [] as (readonly number[] | null)[],
    missingLeft: [] as boolean[],
    left: [] as number[],
    right: [] as number[],
    leafValues: [] as number[],
  };

  constructor(private readonly matrix: readonly BinnedFeature[]) {}

  /** @param parent the node that refers to this one, −1 for the root. */
  addNode(parent: number, isLeft: boolean, { feature, lastLeftBin, goesLeft }: Split): number {
    const { tree } = this;
    const { kind, cuts, binCount } = this.matrix[feature];
    const codes = [...goesLeft.keys()].filter((bin) => bin < binCount - 1 && goesLeft[bin]);
    const node = tree.feature.push(feature) - 1;
    // Where only missing values go right, every finite value is below the threshold.
    tree.threshold.push(kind === "numeric" ? (cuts[lastLeftBin] ?? Number.MAX_VALUE) : null);
    tree.leftCodes.push(kind === "categorical" ? codes : null);
    tree.missingLeft.push(goesLeft[binCount - 1]);
    tree.left.push(0);
    tree.right.push(0);
    this.link(parent, isLeft, node);
    return node;
  }

  addLeaf(parent: number, isLeft: boolean, value: number): void {
    this.link(parent, isLeft, ~(this.tree.leafValues.push(value) - 1));
  }

  finish(): Tree {
    return this.tree;
  }

  private link(parent: number, isLeft: boolean, child: number): void {
    if (parent >= 0) (isLeft ? this.tree.left : this.tree.right)[parent] = child;
  }
}
