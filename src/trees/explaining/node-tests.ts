import type { Tree } from "../tree.js";

/** Words of 32 codes a set; eight hold all codes of a feature. */
const WORDS_PER_SET = 8;
const MOST_CODE = 255;

/** One of them. */
export interface NodeTest {
  readonly feature: number;
  readonly threshold: number;
  /** Where its set of left codes begins; −1 for numbers. */
  readonly setAt: number;
  readonly missingLeft: boolean;
}

/** The tests of the inner nodes of many trees, one after the other, as typed arrays. */
export class NodeTests {
  private readonly feature: Int32Array;
  private readonly threshold: Float64Array;
  /** Where a node's set of left codes begins; −1 for numbers. */
  private readonly setAt: Int32Array;
  private readonly missingLeft: Uint8Array;
  /** Sets of left codes, a bit for each. */
  readonly sets: Int32Array;
  /** How many of a row's first numbers are tested. */
  readonly width: number;

  constructor(trees: readonly Tree[]) {
    const nodes = trees.reduce((sum, { feature }) => sum + feature.length, 0);
    const sets = trees.reduce(
      (sum, { leftCodes }) => sum + leftCodes.filter((set) => set !== null).length,
      0,
    );
    this.feature = new Int32Array(nodes);
    this.threshold = new Float64Array(nodes);
    this.setAt = new Int32Array(nodes).fill(-1);
    this.missingLeft = new Uint8Array(nodes);
    this.sets = new Int32Array(sets * WORDS_PER_SET);
    let node = 0;
    let set = 0;
    for (const tree of trees) {
      for (let n = 0; n < tree.feature.length; n++, node++) {
        this.feature[node] = tree.feature[n];
        this.missingLeft[node] = tree.missingLeft[n] ? 1 : 0;
        const codes = tree.leftCodes[n];
        if (codes === null) {
          this.threshold[node] = tree.threshold[n] as number;
          continue;
        }
        this.setAt[node] = set;
        for (const code of codes) this.sets[set + (code >> 5)] |= 1 << (code & 31);
        set += WORDS_PER_SET;
      }
    }
    this.width = this.feature.reduce((most, feature) => Math.max(most, feature + 1), 0);
  }

  testOf(node: number): NodeTest {
    return {
      feature: this.feature[node],
      threshold: this.threshold[node],
      setAt: this.setAt[node],
      missingLeft: this.missingLeft[node] === 1,
    };
  }

  featureOf(node: number): number {
    return this.feature[node];
  }

  /** Whether the row that starts at `from` in `rows` goes left at a node. */
  goesLeft(node: number, rows: Float64Array, from: number): boolean {
    const value = rows[from + this.feature[node]];
    if (Number.isNaN(value)) return this.missingLeft[node] === 1;
    const at = this.setAt[node];
    if (at < 0) return value <= this.threshold[node];
    const code = Math.max(Math.min(value, MOST_CODE), 0);
    return ((this.sets[at + (code >> 5)] >> (code & 31)) & 1) === 1;
  }
}
