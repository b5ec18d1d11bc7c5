import { createRandom, shuffle } from "../random.js";
import type { FittedClassifier } from "./classifier.js";
import {
  type BackgroundRows,
  type MakeExplainer,
  meanOverBackground,
  withoutBackground,
} from "./explainer.js";

/** Orders of the features for each background row, each used forwards and backwards. */
const ORDERS = 2;

/**
 * Shapley values of any classifier, sampled: features of a background row become those of the row one by one in a random order
 * and in the reverse one, and what each changes is noted (Castro, Gómez & Tejada 2009; antithetic pairs of Mitchell et al. 2022).
 * Every background row is used equally often, so that values sum to the margin exactly. Orders depend on nothing but the number
 * of features: the same row has the same values everywhere.
 */
export const explainBySampling: MakeExplainer = (model, width, background) => {
  if (background === undefined) throw withoutBackground(model.toJSON().family);
  return new SampledExplainer(model, width, background);
};

class SampledExplainer {
  readonly baseValue: number;
  private readonly mixed: Float64Array;

  constructor(
    private readonly model: FittedClassifier,
    private readonly width: number,
    private readonly background: BackgroundRows,
  ) {
    this.mixed = new Float64Array(width);
    this.baseValue = meanOverBackground(background, (from) =>
      model.marginOf(background.rows.slice(from, from + width)),
    );
  }

  add(
    rows: Float64Array,
    rowCount: number,
    weight: number,
    into: Float64Array,
    variances?: Float64Array,
  ): void {
    const { width, background } = this;
    const orders = this.ordersOf(background.rows.length / width);
    const change = new Float64Array(width);
    const sums = new Float64Array(width);
    const squares = new Float64Array(width);
    for (let row = 0, from = 0; row < rowCount; row++, from += width) {
      sums.fill(0);
      squares.fill(0);
      orders.forEach(({ order, other }) => {
        change.fill(0);
        this.walk(rows, from, other, order, change);
        this.walk(rows, from, other, order.toReversed(), change);
        for (let f = 0; f < width; f++) {
          sums[f] += change[f] / 2;
          squares[f] += (change[f] / 2) ** 2;
        }
      });
      const count = orders.length;
      for (let f = 0; f < width; f++) {
        const mean = sums[f] / count;
        into[from + f] += weight * mean;
        if (variances === undefined || count < 2) continue;
        const spread = Math.max(0, squares[f] / count - mean * mean);
        variances[from + f] += (weight * weight * spread) / (count - 1);
      }
    }
  }

  private ordersOf(rowCount: number): { readonly order: Int32Array; readonly other: number }[] {
    const random = createRandom(0, "orders of features", this.width, rowCount);
    return Array.from({ length: rowCount * ORDERS }, (_, i) => {
      const order = Int32Array.from({ length: this.width }, (__, f) => f);
      shuffle(order, random);
      return { order, other: (i % rowCount) * this.width };
    });
  }

  /** Adds what each feature changes on the way from a background row to the row. */
  private walk(rows: Float64Array, from: number, other: number, order: Int32Array, change: Float64Array) {
    const { mixed, width, background, model } = this;
    for (let f = 0; f < width; f++) mixed[f] = background.rows[other + f];
    let before = model.marginOf(mixed);
    for (const feature of order) {
      // The same value changes nothing, and neither does a missing one in the place of another.
      if (Object.is(mixed[feature], rows[from + feature])) continue;
      mixed[feature] = rows[from + feature];
      const after = model.marginOf(mixed);
      change[feature] += after - before;
      before = after;
    }
  }
}
