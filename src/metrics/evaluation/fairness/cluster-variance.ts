import type { Segmentation } from "../segmentation.js";
import { type DecidedSample, RATES, type Rate } from "./segment-sums.js";

/** Variances of the excess of segments, as observed between clusters; a segment's place is its code, the missing last. */
export interface ClusterVariances {
  /** Of Σ w(d − rate) within the segment less its share of that of all rows. */
  readonly rates: Readonly<Record<Rate, Float64Array>>;
  /** Of Σ w(y − p). */
  readonly calibration: Float64Array;
}

type Residual = (row: number) => number;

/**
 * Sums over clusters c of (A − share · B)², where A is what residuals of c within the segment add up to and B that of all its
 * rows: Σ A² − 2 share Σ A B + share² Σ B², whose last sum is the same for all segments, so that a segment costs no more than
 * its own rows.
 * @param overall the rate of all rows.
 * @param shareOf of the weight that a rate is the share of, in a segment.
 */
export function clusterVariances(
  sample: DecidedSample,
  clusters: Uint32Array,
  segmentation: Segmentation,
  overall: Readonly<Record<Rate, number>>,
  shareOf: (rate: Rate, at: number) => number,
): ClusterVariances {
  const { labels, probabilities, decisions, weights } = sample;
  const weightOf = (row: number) => (weights === undefined ? 1 : weights[row]);
  const isHit = (row: number) => (decisions[row] ? 1 : 0);
  const residualOf: Record<Rate, Residual> = {
    flagged: (row) => weightOf(row) * (isHit(row) - overall.flagged),
    truePositiveRate: (row) =>
      labels?.[row] === 1 ? weightOf(row) * (isHit(row) - overall.truePositiveRate) : 0,
    falsePositiveRate: (row) =>
      labels?.[row] === 0 ? weightOf(row) * (isHit(row) - overall.falsePositiveRate) : 0,
  };
  const calibration: Residual = (row) =>
    labels === undefined ? 0 : weightOf(row) * (labels[row] - probabilities[row]);
  const places = placesOf(segmentation);
  const variances = Object.fromEntries(
    RATES.map((rate) => {
      const { squares, products, ofAll } = clusterSums(residualOf[rate], clusters, places);
      const variance = squares.map((square, at) => {
        const share = shareOf(rate, at);
        return Math.max(0, square - 2 * share * products[at] + share * share * ofAll);
      });
      return [rate, variance];
    }),
  ) as Record<Rate, Float64Array>;
  return { rates: variances, calibration: clusterSums(calibration, clusters, places).squares };
}

/** The rows in the order of their segments, and where each segment begins. */
interface Places {
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
}

function placesOf({ codes, segments }: Segmentation): Places {
  const starts = new Uint32Array(segments.length + 2);
  const placeOf = (row: number) => (codes[row] === -1 ? segments.length : codes[row]);
  for (let row = 0; row < codes.length; row++) starts[placeOf(row) + 1]++;
  for (let at = 0; at <= segments.length; at++) starts[at + 1] += starts[at];
  const next = starts.slice();
  const order = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) order[next[placeOf(row)]++] = row;
  return { order, starts };
}

/** For each segment Σ A² and Σ A B over clusters, and Σ B² of all. */
function clusterSums(residual: Residual, clusters: Uint32Array, { order, starts }: Places) {
  const count = clusters.reduce((most, each) => Math.max(most, each + 1), 0);
  const all = new Float64Array(count);
  for (let row = 0; row < clusters.length; row++) all[clusters[row]] += residual(row);
  const own = new Float64Array(count);
  const squares = new Float64Array(starts.length - 1);
  const products = new Float64Array(starts.length - 1);
  for (let at = 0; at < squares.length; at++) {
    for (let i = starts[at]; i < starts[at + 1]; i++) own[clusters[order[i]]] += residual(order[i]);
    for (let i = starts[at]; i < starts[at + 1]; i++) {
      const cluster = clusters[order[i]];
      squares[at] += own[cluster] * own[cluster];
      products[at] += own[cluster] * all[cluster];
      // Added once: its other rows in this segment add nothing.
      own[cluster] = 0;
    }
  }
  return { squares, products, ofAll: all.reduce((sum, each) => sum + each * each, 0) };
}
