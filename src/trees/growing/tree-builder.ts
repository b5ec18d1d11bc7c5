import type { BinnedFeature } from "../binning/binned-feature.js";
import type { Tree } from "../tree.js";
import type { FoundSplit } from "./split-search.js";

/** Collects nodes and leaves while a tree grows. */
export class TreeBuilder {
  private readonly feature: number[] = [];
  private readonly threshold: (number | null)[] = [];
  private readonly leftCodes: (readonly number[] | null)[] = [];
  private readonly missingLeft: boolean[] = [];
  private readonly left: number[] = [];
  private readonly right: number[] = [];
  private readonly leafValues: number[] = [];

  constructor(private readonly features: readonly BinnedFeature[]) {}

  /** Adds an inner node in the place that `parent` reserved for a child; −1 for the root. Returns its number. */
  addNode(parent: number, isLeft: boolean, split: FoundSplit): number {
    const { kind, cuts, codeCount, missingBin } = this.features[split.feature];
    // Bins without a training row of the node, and bins without any training row, follow the majority.
    const goesLeft = (bin: number) => split.goesLeft[bin] ?? (split.majorityLeft ? 1 : 0);
    const node = this.feature.push(split.feature) - 1;
    // Where only missing values go right, every finite value is below the threshold.
    this.threshold.push(kind === "numeric" ? (cuts[split.lastLeftBin] ?? Number.MAX_VALUE) : null);
    const isCodeLeft = (code: number) => (code === missingBin ? split.majorityLeft : goesLeft(code) === 1);
    this.leftCodes.push(
      kind === "categorical" ? Array.from({ length: codeCount }, (_, c) => c).filter(isCodeLeft) : null,
    );
    this.missingLeft.push(missingBin < 0 ? split.majorityLeft : goesLeft(missingBin) === 1);
    this.left.push(0);
    this.right.push(0);
    this.link(parent, isLeft, node);
    return node;
  }

  addLeaf(parent: number, isLeft: boolean, value: number): void {
    this.link(parent, isLeft, ~(this.leafValues.push(value) - 1));
  }

  finish(): Tree {
    const { feature, threshold, leftCodes, missingLeft, left, right, leafValues } = this;
    return { feature, threshold, leftCodes, missingLeft, left, right, leafValues };
  }

  private link(parent: number, isLeft: boolean, child: number): void {
    if (parent >= 0) (isLeft ? this.left : this.right)[parent] = child;
  }
}
