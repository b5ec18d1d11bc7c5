import type { ShardLayout } from "../../kernel/shard-layout.js";
import type { BinnedData } from "./binned-data.js";
import { type Leaf, LeafRows } from "./leaf-rows.js";
import type { BoostingObjective } from "./options.js";
import type { Scales } from "./scales.js";

/** What is known of every row beside its features, by the row's number in the input. */
export interface RowFacts {
  readonly labels: ArrayLike<number>;
  readonly weights: ArrayLike<number> | undefined;
  /** The fold of each row; undefined: no row is held out. */
  readonly folds: Uint8Array | undefined;
}

/** The lists of rows of one tree. */
export interface DrawnRows {
  readonly drawn: LeafRows;
  readonly undrawn: LeafRows;
  readonly heldOut: LeafRows;
  readonly drawnCount: number;
}

const NO_FOLD = 255;
const KERNELS = {
  logistic: ["logisticGradients", "logisticLoss"],
  squaredError: ["squaredErrorGradients", "squaredErrorLoss"],
  poisson: ["poissonGradients", "poissonLoss"],
} as const;

/** The rows of one training run in the shards: labels, margins, gradients, and which rows a tree grows on. */
export class TrainingRows {
  private readonly gradientKernel: string;
  private readonly lossKernel: string;

  constructor(
    private readonly data: BinnedData,
    private readonly facts: RowFacts,
    private readonly heldOutFold: number,
    objective: BoostingObjective,
    /** May change between rounds. */
    public scales: Scales,
  ) {
    [this.gradientKernel, this.lossKernel] = KERNELS[objective];
  }

  /** Writes labels, weights and folds, and sets all margins to `baseUnits`. */
  async begin(baseUnits: number): Promise<void> {
    const { labels, weights, folds } = this.facts;
    for (const { layout, memory } of this.data.shards) {
      const { floats, words, bytes } = memory;
      for (let row = 0; row < layout.rowCount; row++) {
        const id = words[layout.ids / 4 + row];
        floats[layout.labels / 4 + row] = labels[id];
        if (layout.weights !== 0) floats[layout.weights / 4 + row] = weights?.[id] ?? 1;
        bytes[layout.folds + row] = folds === undefined ? NO_FOLD : folds[id];
      }
    }
    await this.data.team.run("fillWords", (k) => {
      const { layout } = this.data.shards[k];
      return [layout.margins, layout.rowCount, baseUnits];
    });
    await this.rememberMargins();
  }

  async takeGradients(): Promise<void> {
    const { marginUnit, gradientScale, hessianScale, hessianLimit } = this.scales;
    await this.data.team.run(this.gradientKernel, (k) => {
      const { rowCount, margins, labels, weights, gradients } = this.data.shards[k].layout;
      const scales = [gradientScale, hessianScale, hessianLimit];
      return [rowCount, margins, marginUnit, labels, weights, ...scales, gradients];
    });
  }

  /** Deals the rows out for a tree; whether a row is drawn depends on the seed and its number in the input only. */
  async draw(fraction: number, seed: number): Promise<DrawnRows> {
    const { team, shards } = this.data;
    if (fraction === 1 && this.heldOutFold < 0) return this.drawAll();
    await team.run("drawRows", (k) => {
      const { rowCount, ids, folds, order, spare, counts } = shards[k].layout;
      const threshold = Math.round(fraction * 2 ** 32);
      return [rowCount, ids, folds, this.heldOutFold, seed, threshold, order, spare, counts];
    });
    const counts = shards.map(({ layout, memory }) =>
      memory.words.slice(layout.counts / 4, layout.counts / 4 + 3),
    );
    const list = (which: number) =>
      new LeafRows(
        this.data,
        Int32Array.from(counts, (of) => of.slice(0, which).reduce((sum, count) => sum + count, 0)),
        Int32Array.from(counts, (of) => of[which]),
      );
    const drawnCount = counts.reduce((sum, [drawn]) => sum + drawn, 0);
    if (drawnCount === 0 && fraction < 1) return this.draw(1, seed);
    return { drawn: list(0), undrawn: list(1), heldOut: list(2), drawnCount };
  }

  private async drawAll(): Promise<DrawnRows> {
    const { team, shards, rowCount } = this.data;
    await team.run("listRows", (k) => [shards[k].layout.rowCount, shards[k].layout.order]);
    const counts = Int32Array.from(shards, ({ layout }) => layout.rowCount);
    const nothing = new LeafRows(this.data, counts, new Int32Array(shards.length));
    const all = new LeafRows(this.data, new Int32Array(shards.length), counts);
    return { drawn: all, undrawn: nothing, heldOut: nothing, drawnCount: rowCount };
  }

  /** Sum of the weighted loss over a list of rows. */
  async loss(rows: LeafRows): Promise<number> {
    const { begins, counts } = rows.root();
    const { marginUnit, lossScale } = this.scales;
    const sums = await this.data.team.run(this.lossKernel, (k) => {
      const { order, margins, labels, weights } = this.data.shards[k].layout;
      return [order + 4 * begins[k], counts[k], margins, marginUnit, labels, weights, lossScale];
    });
    return sums.reduce((sum, each) => sum + each, 0) / lossScale;
  }

  /** Keeps all margins as those of the best round. */
  async rememberMargins(): Promise<void> {
    await this.data.team.run("copyWords", (k) => {
      const { margins, rowCount, bestMargins } = this.data.shards[k].layout;
      return [margins, rowCount, bestMargins];
    });
  }

  /** Margins of the best round, of the held-out rows, by the row's number in the input. */
  copyBestMargins(into: Float64Array): void {
    for (const { layout, memory } of this.data.shards) {
      const { words, bytes } = memory;
      for (let row = 0; row < layout.rowCount; row++) {
        if (bytes[layout.folds + row] !== this.heldOutFold) continue;
        into[words[layout.ids / 4 + row]] = words[layout.bestMargins / 4 + row] * this.scales.marginUnit;
      }
    }
  }

  /**
   * Brings all rows into the order of a tree's leaves. Trees of one run divide rows much alike, so the rows of a
   * later leaf then stand mostly together, and reading them is several times faster than picking them from all over
   * memory. The model does not change: sums do not depend on the order.
   */
  async sortByLeaf(lists: readonly (readonly Leaf[])[]): Promise<void> {
    const { team, shards } = this.data;
    shards.forEach(({ layout, memory }, k) => {
      const { words } = memory;
      let to = layout.gradients / 4;
      for (const l of lists[0].keys()) {
        for (const leaves of lists) {
          const from = layout.order / 4 + leaves[l].begins[k];
          words.copyWithin(to, from, from + leaves[l].counts[k]);
          to += leaves[l].counts[k];
        }
      }
    });
    const inOrder = (name: string, addressOf: (layout: ShardLayout) => number) =>
      team.run(name, (k) => {
        const { layout } = shards[k];
        const address = addressOf(layout);
        return address === 0 ? undefined : [address, layout.gradients, layout.rowCount, layout.spare];
      });
    for (let column = 0; column < this.data.columnCount; column++) {
      await inOrder("copyBytesInOrder", (layout) => layout.columnBytes + column * layout.capacity);
    }
    await inOrder("copyBytesInOrder", ({ folds }) => folds);
    for (const words of ["labels", "weights", "ids", "margins", "bestMargins"] as const) {
      await inOrder("copyWordsInOrder", (layout) => layout[words]);
    }
    await this.data.interleave();
  }

  /** The highest margin of any row, or with −1 how far the lowest lies below 0; in units. */
  async largestMargin(sign: 1 | -1): Promise<number> {
    const largest = await this.data.team.run("largestMargin", (k) => {
      const { margins, rowCount } = this.data.shards[k].layout;
      return rowCount === 0 ? undefined : [margins, rowCount, sign];
    });
    return Math.max(...largest.filter((_, k) => this.data.shards[k].layout.rowCount > 0));
  }
}
