import type { BinnedData } from "../binning/binned-data.js";
import { LeafRows } from "./leaf-rows.js";
import { sortHeldOutLast } from "./row-order.js";
import type { Scales } from "./scales.js";
import type { ObjectiveName } from "./settings.js";

/** What is known of every row besides its features, by the row's number in the input. */
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
}

const KERNELS = {
  logLoss: ["logisticGradients", "logisticLoss"],
  squaredError: ["squaredErrorGradients", "squaredErrorLoss"],
  poisson: ["poissonGradients", "poissonLoss"],
} as const;

/** The rows of one training run in the shards: labels, margins, gradients, and which rows a tree grows on. */
export class TrainingRows {
  private readonly gradientKernel: string;
  private readonly lossKernel: string;
  /** Rows of each shard that are trained on; those after them are held out. */
  private trainingCounts: Int32Array = new Int32Array(0);

  constructor(
    private readonly data: BinnedData,
    private readonly facts: RowFacts,
    private readonly heldOutFold: number,
    objective: ObjectiveName,
    /** May change between rounds. */
    public scales: Scales,
  ) {
    [this.gradientKernel, this.lossKernel] = KERNELS[objective];
  }

  /**
   * Puts held-out rows last, writes labels and weights, and sets all margins.
   * @param unitsOf the margin of a row by its number in the input; one number: of every row.
   */
  async begin(unitsOf: number | ((id: number) => number)): Promise<void> {
    const { labels, weights, folds } = this.facts;
    this.trainingCounts = await sortHeldOutLast(this.data, folds, this.heldOutFold);
    for (const { layout, memory } of this.data.shards) {
      const { floats, words } = memory;
      for (let row = 0; row < layout.rowCount; row++) {
        const id = words[layout.ids / 4 + row];
        floats[layout.labels / 4 + row] = labels[id];
        if (layout.weights !== 0) floats[layout.weights / 4 + row] = weights?.[id] ?? 1;
        words[layout.margins / 4 + row] = typeof unitsOf === "number" ? unitsOf : unitsOf(id);
      }
    }
  }

  async takeGradients(): Promise<void> {
    const { marginUnit, gradientScale, hessianScale, hessianLimit } = this.scales;
    await this.data.team.run(this.gradientKernel, (k) => {
      const { margins, labels, weights, gradients } = this.data.shards[k].layout;
      const scales = [gradientScale, hessianScale, hessianLimit];
      return [this.trainingCounts[k], margins, marginUnit, labels, weights, ...scales, gradients];
    });
  }

  /** Draws the rows of a tree; whether a row is drawn depends on the seed and its number in the input only. */
  async draw(fraction: number, seed: number): Promise<DrawnRows> {
    const { data, trainingCounts } = this;
    const { team, shards } = data;
    await team.run("listRows", (k) => [shards[k].layout.rowCount, shards[k].layout.order]);
    const heldOutCounts = trainingCounts.map((count, k) => shards[k].layout.rowCount - count);
    const heldOut = new LeafRows(data, trainingCounts, heldOutCounts);
    const start = new Int32Array(shards.length);
    if (fraction < 1) {
      const drawnCounts = Int32Array.from(
        await team.run("drawRows", (k) => {
          const { ids, order, spare } = shards[k].layout;
          return [trainingCounts[k], ids, seed, Math.round(fraction * 2 ** 32), order, spare];
        }),
      );
      if (drawnCounts.some((count) => count > 0)) {
        const undrawnCounts = trainingCounts.map((count, k) => count - drawnCounts[k]);
        const undrawn = new LeafRows(data, drawnCounts, undrawnCounts);
        return { drawn: new LeafRows(data, start, drawnCounts), undrawn, heldOut };
      }
    }
    const undrawn = new LeafRows(data, trainingCounts, start);
    return { drawn: new LeafRows(data, start, trainingCounts, true), undrawn, heldOut };
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

  /** The highest margin of any row, or with −1 how far the lowest lies below 0; in units. */
  async largestMargin(sign: 1 | -1): Promise<number> {
    const largest = await this.data.team.run("largestMargin", (k) => {
      const { margins, rowCount } = this.data.shards[k].layout;
      return rowCount === 0 ? undefined : [margins, rowCount, sign];
    });
    return Math.max(...largest.filter((_, k) => this.data.shards[k].layout.rowCount > 0));
  }
}
