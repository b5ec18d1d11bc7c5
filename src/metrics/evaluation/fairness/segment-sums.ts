import { areWhole, squaredWeight } from "../../sample/effective-rows.js";
import type { Segmentation } from "../segmentation.js";

/** What rates are taken of, each a share of some rows: of all, of churners, of others. */
export const RATES = ["flagged", "truePositiveRate", "falsePositiveRate"] as const;
export type Rate = (typeof RATES)[number];

/** The rows of a sample with the decisions about them. */
export interface DecidedSample {
  /** Undefined where no labels are known. */
  readonly labels: ArrayLike<number> | undefined;
  readonly probabilities: ArrayLike<number>;
  readonly decisions: ArrayLike<number | boolean>;
  readonly weights: ArrayLike<number> | undefined;
  /** For each row its cluster, from 0; undefined where each row is its own. */
  readonly clusters: Uint32Array | undefined;
}

/** Weights of the rows that a rate is the share of, and of those flagged among them, by segment. */
export interface RateSums {
  readonly mass: Float64Array;
  /** Of squares of weights; where weights are whole, of the weights (as for `countedTally`). */
  readonly squares: Float64Array;
  readonly hits: Float64Array;
}

/** Sums over the rows of each segment, the missing last. */
export interface SegmentSums {
  readonly rates: Readonly<Record<Rate, RateSums>>;
  /** Of flagged rows: squares of weights. */
  readonly flaggedSquares: Float64Array;
  /** Σ weight · probability. */
  readonly expected: Float64Array;
  /** Σ squared weight · p(1 − p). */
  readonly variance: Float64Array;
  /** Whether weights count as rows. */
  readonly isWhole: boolean;
}

/** One pass over the rows, whatever the number of segments. */
export function segmentSums(sample: DecidedSample, { codes, segments }: Segmentation): SegmentSums {
  const { labels, probabilities, decisions, weights } = sample;
  const isWhole = areWhole(weights, codes.length);
  const list = () => new Float64Array(segments.length + 1);
  const sums = () => ({ mass: list(), squares: list(), hits: list() });
  const rates = { flagged: sums(), truePositiveRate: sums(), falsePositiveRate: sums() };
  const byLabel = [rates.falsePositiveRate, rates.truePositiveRate] as const;
  const [flaggedSquares, expected, variance] = [list(), list(), list()];
  for (let row = 0; row < codes.length; row++) {
    const at = codes[row] === -1 ? segments.length : codes[row];
    const weight = weights === undefined ? 1 : weights[row];
    const square = squaredWeight(weights, row, isWhole);
    const hit = decisions[row] ? weight : 0;
    const p = probabilities[row];
    add(rates.flagged, at, weight, square, hit);
    if (labels !== undefined) add(byLabel[labels[row]], at, weight, square, hit);
    if (hit > 0) flaggedSquares[at] += square;
    expected[at] += weight * p;
    variance[at] += square * p * (1 - p);
  }
  return { rates, flaggedSquares, expected, variance, isWhole };
}

function add(
  { mass, squares, hits }: RateSums,
  at: number,
  weight: number,
  square: number,
  hit: number,
): void {
  mass[at] += weight;
  squares[at] += square;
  hits[at] += hit;
}

/** The sums of a rate over all segments. */
export function totalOf({ mass, squares, hits }: RateSums): { mass: number; squares: number; hits: number } {
  const sum = (list: Float64Array) => list.reduce((total, each) => total + each, 0);
  return { mass: sum(mass), squares: sum(squares), hits: sum(hits) };
}
