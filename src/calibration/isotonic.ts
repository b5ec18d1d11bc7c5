import { fallingOrder } from "../metrics/falling-order.js";
import type { Calibrator, FittedCalibrator, IsotonicJson } from "./calibrator.js";

/**
 * Isotonic regression of the label on the margin by pooling adjacent violators (Ayer et al. 1955), straight lines
 * between the pools. Probabilities are kept within [1/(n + 2), (n + 1)/(n + 2)]: no finite sample proves 0 or 1.
 */
export function isotonic(): Calibrator<IsotonicJson> {
  return {
    name: "isotonic",
    fit(margins, labels) {
      const least = 1 / (labels.length + 2);
      const knots = poolAdjacentViolators(margins, labels);
      const probabilities = knots.probabilities.map((value) => Math.min(Math.max(value, least), 1 - least));
      return new FittedIsotonic({ method: "isotonic", margins: knots.margins, probabilities });
    },
  };
}

/**
 * The rising step function nearest to the labels, given by the first and last margin of every pool.
 * Rows of equal margin count as one.
 */
export function poolAdjacentViolators(
  margins: Float64Array,
  labels: Uint8Array,
): { margins: number[]; probabilities: number[] } {
  const order = fallingOrder(margins).reverse();
  const pools: { first: number; last: number; churned: number; rows: number }[] = [];
  for (const row of order) {
    const margin = margins[row];
    const previous = pools.at(-1);
    if (previous !== undefined && previous.last === margin && previous.first === margin) {
      previous.churned += labels[row];
      previous.rows++;
    } else {
      pools.push({ first: margin, last: margin, churned: labels[row], rows: 1 });
    }
  }
  const merged: typeof pools = [];
  for (const pool of pools) {
    let current = pool;
    for (let below = merged.at(-1); below !== undefined; below = merged.at(-1)) {
      if (below.churned * current.rows < current.churned * below.rows) break;
      merged.pop();
      const churned = below.churned + current.churned;
      current = { first: below.first, last: current.last, churned, rows: below.rows + current.rows };
    }
    merged.push(current);
  }
  const knots = merged.flatMap(({ first, last, churned, rows }) => {
    const probability = churned / rows;
    return first === last
      ? [{ margin: first, probability }]
      : [first, last].map((margin) => ({ margin, probability }));
  });
  return {
    margins: knots.map(({ margin }) => margin),
    probabilities: knots.map(({ probability }) => probability),
  };
}

export class FittedIsotonic implements FittedCalibrator<IsotonicJson> {
  constructor(private readonly json: IsotonicJson) {}

  probabilityOf(margin: number): number {
    const { margins, probabilities } = this.json;
    let low = 0;
    let high = margins.length - 1;
    if (margin <= margins[low]) return probabilities[low];
    if (margin >= margins[high]) return probabilities[high];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (margins[middle] <= margin) low = middle;
      else high = middle;
    }
    const share = (margin - margins[low]) / (margins[high] - margins[low]);
    return probabilities[low] + share * (probabilities[high] - probabilities[low]);
  }

  toJSON(): IsotonicJson {
    return this.json;
  }
}
