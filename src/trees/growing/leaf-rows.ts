import type { BinnedData } from "../binning/binned-data.js";
import type { Tree } from "../tree.js";

/** The rows of a leaf: in every shard a stretch of its list of rows. */
export interface Leaf {
  readonly begins: Int32Array;
  readonly counts: Int32Array;
}

/** What a division did, to be repeated on rows that the tree did not grow on. */
export interface Step {
  /** Position of the leaf that was divided; the left child takes its place, the right one comes last. */
  readonly leaf: number;
  readonly column: number;
  /** For every byte of the column whether it goes left. */
  readonly goesLeft: Uint8Array;
}

export interface GrownTree {
  readonly tree: Tree;
  readonly steps: readonly Step[];
  /** The rows of each leaf among those the tree grew on. */
  readonly leaves: readonly Leaf[];
  /** Each leaf's step in whole units of a margin. */
  readonly units: readonly number[];
}

/** A list of rows in every shard, which a tree divides into leaves. */
export class LeafRows {
  /** @param begins where each shard's list starts in its `order`. */
  constructor(
    private readonly data: BinnedData,
    private readonly begins: Int32Array,
    private readonly counts: Int32Array,
    /** Whether these are all rows from the first on, in memory order. */
    private readonly isInOrder = false,
  ) {}

  get isEmpty(): boolean {
    return this.counts.every((count) => count === 0);
  }

  root(): Leaf {
    return { begins: this.begins, counts: this.counts };
  }

  /** Divides a leaf's rows by a column's bytes: the left ones first, each part in its previous order. */
  async divide(leaf: Leaf, step: Step): Promise<[Leaf, Leaf]> {
    const { team, shards } = this.data;
    const lefts = await team.run("partition", (k) => {
      const { layout, memory } = shards[k];
      if (leaf.counts[k] === 0) return undefined;
      memory.bytes.set(step.goesLeft, layout.goesLeft);
      const column = layout.columnBytes + step.column * layout.capacity;
      return [column, layout.goesLeft, layout.order + 4 * leaf.begins[k], leaf.counts[k], layout.spare];
    });
    const leftCounts = Int32Array.from(lefts);
    return [
      { begins: leaf.begins, counts: leftCounts },
      {
        begins: leaf.begins.map((begin, k) => begin + leftCounts[k]),
        counts: leaf.counts.map((count, k) => count - leftCounts[k]),
      },
    ];
  }

  /** Fills every shard's column histogram with all rows, before any division. */
  async histogramOfRoot(countBits: number): Promise<void> {
    return this.fill(this.root(), countBits, this.isInOrder);
  }

  /** Fills every shard's column histogram with a leaf's rows. */
  async histogram(leaf: Leaf, countBits: number): Promise<void> {
    return this.fill(leaf, countBits, false);
  }

  private async fill(leaf: Leaf, countBits: number, isInOrder: boolean): Promise<void> {
    const { team, shards } = this.data;
    await team.run(isInOrder ? "histogramOfAll" : "histogramOfRows", (k) => {
      const { layout } = shards[k];
      const { rowBytes, stride, columns, gradients, scratch, columnHistogram } = layout;
      const from = isInOrder ? 0 : layout.order + 4 * leaf.begins[k];
      return [
        rowBytes,
        stride,
        columns,
        gradients,
        from,
        leaf.counts[k],
        countBits,
        scratch,
        columnHistogram,
      ];
    });
  }

  /** Divides these rows as a grown tree divided its own. */
  async follow(steps: readonly Step[]): Promise<Leaf[]> {
    const leaves = [this.root()];
    for (const step of steps) {
      const [left, right] = await this.divide(leaves[step.leaf], step);
      leaves[step.leaf] = left;
      leaves.push(right);
    }
    return leaves;
  }

  /** Adds each leaf's step to the margins of its rows. */
  async addToMargins(leaves: readonly Leaf[], units: readonly number[]): Promise<void> {
    const { team, shards } = this.data;
    for (let l = 0; l < leaves.length; l++) {
      const { begins, counts } = leaves[l];
      await team.run("addToMargins", (k) => {
        const { layout } = shards[k];
        return counts[k] === 0
          ? undefined
          : [layout.order + 4 * begins[k], counts[k], layout.margins, units[l]];
      });
    }
  }
}
