import { copyRows, type Vectors } from "../../vectors/vectors.js";
import { BLOCK_ROWS } from "../margins.js";
import type { Tree } from "./tree.js";

const MISSING_LEFT = 1;
const CATEGORICAL = 2;

/**
 * Trees laid out flat for prediction: one array per property over the inner nodes of all trees. Children ≥ 0 are
 * nodes, children < 0 are leaves `~child`. Sets of category codes are bits in `sets`, 32 a word.
 */
export class ForestWalker {
  private readonly roots: Int32Array;
  private readonly feature: Int32Array;
  /** Numeric nodes: the threshold. Categorical nodes: where their words start in `sets`. */
  private readonly threshold: Float64Array;
  private readonly flags: Uint8Array;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly leafValues: Float64Array;
  private readonly sets: Int32Array;

  constructor(
    private readonly baseMargin: number,
    trees: readonly Tree[],
  ) {
    const nodeCount = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
    this.roots = new Int32Array(trees.length);
    this.feature = new Int32Array(nodeCount);
    this.threshold = new Float64Array(nodeCount);
    this.flags = new Uint8Array(nodeCount);
    this.left = new Int32Array(nodeCount);
    this.right = new Int32Array(nodeCount);
    this.leafValues = Float64Array.from(trees.flatMap((tree) => tree.leafValues));
    const sets: number[] = [];
    let node = 0;
    let leaf = 0;
    trees.forEach((tree, t) => {
      const child = (index: number) => (index >= 0 ? index + node : ~(~index + leaf));
      this.roots[t] = child(tree.feature.length === 0 ? -1 : 0);
      for (let i = 0; i < tree.feature.length; i++) {
        const codes = tree.leftCodes[i];
        this.feature[node + i] = tree.feature[i];
        this.threshold[node + i] = codes === null ? (tree.threshold[i] as number) : addSet(sets, codes);
        this.flags[node + i] = (tree.missingLeft[i] ? MISSING_LEFT : 0) | (codes === null ? 0 : CATEGORICAL);
        this.left[node + i] = child(tree.left[i]);
        this.right[node + i] = child(tree.right[i]);
      }
      node += tree.feature.length;
      leaf += tree.leafValues.length;
    });
    this.sets = Int32Array.from(sets);
  }

  /** The margin of the row that starts at `from` in `rows`. */
  marginAt(rows: Float64Array, from: number): number {
    let margin = this.baseMargin;
    for (let t = 0; t < this.roots.length; t++) margin += this.leafOf(this.roots[t], rows, from);
    return margin;
  }

  /** One margin per row; trees run outside rows, so that a tree stays in the cache. Sums run in the same order. */
  margin(vectors: Vectors): Float64Array {
    const width = vectors.features.length;
    const rows = new Float64Array(BLOCK_ROWS * width);
    const margins = new Float64Array(vectors.rowCount).fill(this.baseMargin);
    for (let from = 0; from < vectors.rowCount; from += BLOCK_ROWS) {
      const to = Math.min(from + BLOCK_ROWS, vectors.rowCount);
      copyRows(vectors, from, to, rows);
      for (let t = 0; t < this.roots.length; t++) {
        const root = this.roots[t];
        for (let row = from; row < to; row++) margins[row] += this.leafOf(root, rows, (row - from) * width);
      }
    }
    return margins;
  }

  private leafOf(root: number, rows: Float64Array, from: number): number {
    const { feature, threshold, flags, left, right, sets } = this;
    let node = root;
    while (node >= 0) {
      const value = rows[from + feature[node]];
      const flag = flags[node];
      let goesLeft: boolean;
      if (Number.isNaN(value)) goesLeft = (flag & MISSING_LEFT) !== 0;
      else if ((flag & CATEGORICAL) === 0) goesLeft = value <= threshold[node];
      else goesLeft = ((sets[threshold[node] + (value >> 5)] >> (value & 31)) & 1) === 1;
      node = goesLeft ? left[node] : right[node];
    }
    return this.leafValues[~node];
  }
}

/** Eight words hold the codes of 254 levels and *other*. */
const WORDS_PER_SET = 8;

function addSet(sets: number[], codes: readonly number[]): number {
  const start = sets.length;
  for (let word = 0; word < WORDS_PER_SET; word++) sets.push(0);
  for (const code of codes) sets[start + (code >> 5)] |= 1 << (code & 31);
  return start;
}
