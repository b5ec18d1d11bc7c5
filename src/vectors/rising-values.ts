import { fallingOrder } from "../metrics/sample/falling-order.js";

/** The values of a column that are not missing, rising, each with its weight. */
export class RisingValues {
  private constructor(
    readonly values: Float64Array,
    /** The weight of each value; undefined: 1 each. */
    readonly weights: Float64Array | undefined,
    /** Their sum. */
    readonly total: number,
    /** The weight up to and including each value. */
    private readonly reached: Float64Array,
  ) {}

  /** @param weights of the rows, ≥ 0; those of weight 0 are as if absent. Default: 1 each. */
  static of(values: Float64Array, weights?: Float64Array): RisingValues {
    if (weights === undefined) {
      const rising = values.filter((value) => !Number.isNaN(value)).sort();
      return new RisingValues(rising, undefined, rising.length, rising);
    }
    const present = Int32Array.from(values.keys()).filter(
      (row) => weights[row] > 0 && !Number.isNaN(values[row]),
    );
    const order = fallingOrder(Float64Array.from(present, (row) => -values[row]));
    const rows = Int32Array.from(order, (at) => present[at]);
    const ofRows = Float64Array.from(rows, (row) => weights[row]);
    let total = 0;
    const reached = ofRows.map((weight) => {
      total += weight;
      return total;
    });
    return new RisingValues(
      Float64Array.from(rows, (row) => values[row]),
      ofRows,
      total,
      reached,
    );
  }

  /** The least value up to which there is at least this weight. */
  reaching(weight: number): number {
    return this.valueAt((reached) => reached >= weight, Math.ceil(weight) - 1);
  }

  /** The least value up to which there is more than this weight. */
  beyond(weight: number): number {
    return this.valueAt((reached) => reached > weight, Math.floor(weight));
  }

  private valueAt(isEnough: (reached: number) => boolean, placeOfRows: number): number {
    const { values, weights, reached } = this;
    if (weights === undefined) return values[placeOfRows];
    let low = 0;
    let high = values.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isEnough(reached[middle])) high = middle;
      else low = middle + 1;
    }
    return values[low];
  }
}
