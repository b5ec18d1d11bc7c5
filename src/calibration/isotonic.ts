import type { Tally } from "../metrics/sample/tally.js";
import { type Calibrator, calibratorOf, type FittedCalibrator, type IsotonicJson } from "./calibrator.js";

/**
 * Centred isotonic regression of the label on the margin: adjacent violators are pooled (Ayer et al. 1955), every pool
 * is one point at the mean of its margins, and straight lines join the points, so that the ranking is not flattened to
 * ties between them (Oron and Flournoy 2017). Constant below the first point and above the last. A pool of n rows of
 * one label has the probability 1/(n + 2) or (n + 1)/(n + 2) (Laplace's rule), unless its neighbour is nearer to 0 or 1:
 * no finite sample proves 0 or 1. Better than flat pools where churn rises smoothly with the margin; where it jumps,
 * the lines blur the jump, and {@link vennAbers} or `"auto"` do better.
 * @example isotonic().fit(margins, labels).probabilityOf(0.7)
 */
export function isotonic(): Calibrator<IsotonicJson> {
  return ISOTONIC;
}

const ISOTONIC: Calibrator<IsotonicJson> = calibratorOf({
  name: "isotonic",
  functionName: "isotonic",
  fitTally: isotonicOf,
  fromJson: (json) => new FittedIsotonic(json),
  file: async () => (await import("./file-forms.js")).isotonicForm,
});

export function isotonicOf(tally: Tally): FittedIsotonic {
  const pools = poolAdjacentViolators(tally);
  return new FittedIsotonic({
    method: "isotonic",
    margins: pools.map(({ centre }) => centre),
    probabilities: pools.map((pool, i) => {
      if (pool.churned === 0) return Math.min(1 / (pool.mass + 2), rateOf(pools[i + 1]) ?? 1);
      if (pool.churned < pool.mass) return pool.churned / pool.mass;
      return Math.max((pool.mass + 1) / (pool.mass + 2), rateOf(pools[i - 1]) ?? 0);
    }),
  });
}

function rateOf(pool: Pool | undefined): number | undefined {
  return pool === undefined ? undefined : pool.churned / pool.mass;
}

/** Neighbouring margins that share a probability, `churned / mass`. */
export interface Pool {
  /** The least and the greatest margin. */
  readonly first: number;
  readonly last: number;
  /** The mean margin. */
  readonly centre: number;
  /** The weight of the churners. */
  readonly churned: number;
  readonly mass: number;
}

/** The rising step function nearest to the labels, as pools by rising margin whose probabilities strictly rise. */
export function poolAdjacentViolators({ scores, positives, negatives }: Tally): Pool[] {
  const pools: Pool[] = [];
  for (let i = scores.length - 1; i >= 0; i--) {
    const margin = scores[i];
    const mass = positives[i] + negatives[i];
    let pool: Pool = { first: margin, last: margin, centre: margin, churned: positives[i], mass };
    for (let below = pools.at(-1); below !== undefined; below = pools.at(-1)) {
      // By the quotients themselves, so that they rise even where fractional weights are rounded.
      if (below.churned / below.mass < pool.churned / pool.mass) break;
      pools.pop();
      pool = {
        first: below.first,
        last: pool.last,
        centre: centreOf(below, pool),
        churned: below.churned + pool.churned,
        mass: below.mass + pool.mass,
      };
    }
    pools.push(pool);
  }
  return pools;
}

/** Never outside the two centres, even after rounding, so that centres are in the order of the pools. */
function centreOf(below: Pool, above: Pool): number {
  const share = above.mass / (below.mass + above.mass);
  return Math.min(below.centre + share * (above.centre - below.centre), above.centre);
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
