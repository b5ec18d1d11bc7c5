import type { Tree } from "../tree.js";
import { NodeTests } from "./node-tests.js";

/** On which of the two rows' side a feature is, where they part. */
const OF_ROW = 1;
const OF_BACKGROUND = 2;

/**
 * Shapley values of many trees against background rows: a feature that is not in a coalition has the value of a background row, and
 * values are means over these (Lundberg et al. 2020, algorithm 3). Exact, in time proportional to the background.
 */
export class InterventionalTrees {
  /** The mean of the trees' sum over the background. */
  readonly expected: number;
  private readonly tests: NodeTests;
  private readonly firstNode: Int32Array;
  private readonly side: Uint8Array;
  private walk: Walk;

  /** @param background rows, row-major, `width` numbers each; at least one. */
  constructor(
    private readonly trees: readonly Tree[],
    private readonly background: Float64Array,
    private readonly width: number,
  ) {
    this.tests = new NodeTests(trees);
    this.firstNode = new Int32Array(trees.length);
    for (let t = 1; t < trees.length; t++)
      this.firstNode[t] = this.firstNode[t - 1] + trees[t - 1].feature.length;
    this.side = new Uint8Array(width);
    this.walk = { rows: background, from: 0, other: 0, weight: 0, into: this.background };
    this.expected = this.meanOfBackground();
  }

  /** As `add` of path-dependent trees. */
  add(rows: Float64Array, rowCount: number, width: number, weight: number, into: Float64Array): void {
    const count = this.background.length / this.width;
    for (let t = 0; t < this.trees.length; t++) {
      if (this.trees[t].feature.length === 0) continue;
      for (let row = 0; row < rowCount; row++) {
        const from = row * width;
        for (let other = 0; other < this.background.length; other += this.width) {
          this.walk = { rows, from, other, weight: weight / count, into };
          this.visit(t, 0, 0, 0);
        }
      }
    }
  }

  /**
   * Follows both rows down; where they part, each way as a feature of the row's or of the background's side.
   * @returns what the leaves below add to every feature of the row's side, and to every one of the background's.
   */
  private visit(t: number, child: number, ofRow: number, ofBackground: number): readonly [number, number] {
    const tree = this.trees[t];
    if (child < 0) {
      const value = tree.leafValues[~child];
      return [
        ofRow > 0 ? value * coalitionWeight(ofRow - 1, ofBackground) : 0,
        ofBackground > 0 ? -value * coalitionWeight(ofRow, ofBackground - 1) : 0,
      ];
    }
    const { tests, walk, background, side } = this;
    const node = this.firstNode[t] + child;
    const feature = tree.feature[child];
    const mine = tests.goesLeft(node, walk.rows, walk.from) ? tree.left[child] : tree.right[child];
    const others = tests.goesLeft(node, background, walk.other) ? tree.left[child] : tree.right[child];
    if (mine === others || side[feature] === OF_ROW) return this.visit(t, mine, ofRow, ofBackground);
    if (side[feature] === OF_BACKGROUND) return this.visit(t, others, ofRow, ofBackground);
    side[feature] = OF_ROW;
    const [rowByMine, backgroundByMine] = this.visit(t, mine, ofRow + 1, ofBackground);
    side[feature] = OF_BACKGROUND;
    const [rowByOthers, backgroundByOthers] = this.visit(t, others, ofRow, ofBackground + 1);
    side[feature] = 0;
    walk.into[walk.from + feature] += walk.weight * (rowByMine + backgroundByOthers);
    return [rowByMine + rowByOthers, backgroundByMine + backgroundByOthers];
  }

  private meanOfBackground(): number {
    const { background, width, trees, tests } = this;
    let sum = 0;
    for (let from = 0; from < background.length; from += width) {
      trees.forEach((tree, t) => {
        let child = tree.feature.length === 0 ? -1 : 0;
        while (child >= 0)
          child = tests.goesLeft(this.firstNode[t] + child, background, from)
            ? tree.left[child]
            : tree.right[child];
        sum += tree.leafValues[~child];
      });
    }
    return sum / (background.length / width);
  }
}

/** Where a walk reads and adds. */
interface Walk {
  readonly rows: Float64Array;
  readonly from: number;
  readonly other: number;
  readonly weight: number;
  readonly into: Float64Array;
}

/** `a! b! / (a + b + 1)!`: the share of orders in which the a features come before, and the b after, a feature. */
function coalitionWeight(a: number, b: number): number {
  let weight = 1 / (a + b + 1);
  for (let i = 1; i <= b; i++) weight *= i / (a + i);
  return weight;
}
