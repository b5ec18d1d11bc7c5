import { type RocAucInterval, rocAucIntervalOf } from "../ranking/roc-auc-interval.js";
import { areWhole, squaredWeight } from "../sample/effective-rows.js";
import { type Ranking, rankScores } from "../sample/ranking.js";
import type { Masses } from "../sample/resample.js";
import type { Segmentation } from "./segmentation.js";

/** A sample ranked once. */
export interface RankedSample {
  readonly labels: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
  readonly ranking: Ranking;
  /** Of the rows in the order of the ranking: their ranks and labels, so that going through a segment's is fast. */
  readonly ranks: Uint32Array;
  readonly rankedLabels: Uint8Array;
  /** Whether weights count as rows. */
  readonly isWhole: boolean;
}

export function rankedSample(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): RankedSample {
  const ranking = rankScores(scores);
  const { order, rankOfRow } = ranking;
  return {
    labels,
    weights,
    ranking,
    ranks: order.map((row) => rankOfRow[row]),
    rankedLabels: Uint8Array.from(order, (row) => labels[row]),
    isWhole: areWhole(weights, labels.length),
  };
}

/** The rows of a segment. */
export interface SegmentRows {
  readonly segment: string | null;
  readonly rows: Uint32Array;
  /** Their places in the order of the ranking, rising. */
  readonly places: Uint32Array;
}

/** The rows of each segment that has any, the missing last; rows of weight 0 are as if absent. */
export function rowsOfSegments(
  { codes, segments }: Segmentation,
  { weights, ranking: { order } }: RankedSample,
): SegmentRows[] {
  const count = segments.length;
  const starts = new Uint32Array(count + 2);
  // The segment of each row; one more for rows of weight 0.
  const segmentOf = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const segment = codes[row] === -1 ? count : codes[row];
    segmentOf[row] = weights?.[row] === 0 ? count + 1 : segment;
    if (segmentOf[row] <= count) starts[segment + 1]++;
  }
  for (let segment = 0; segment <= count; segment++) starts[segment + 1] += starts[segment];
  const rows = new Uint32Array(codes.length);
  const places = new Uint32Array(codes.length);
  const next = Uint32Array.from([...starts.subarray(0, count + 1), starts[count + 1]]);
  for (let row = 0; row < codes.length; row++) rows[next[segmentOf[row]]++] = row;
  next.set(starts);
  for (let place = 0; place < codes.length; place++) places[next[segmentOf[order[place]]]++] = place;
  return [...segments, null].flatMap((segment, at) => {
    const [from, to] = [starts[at], starts[at + 1]];
    return from === to ? [] : [{ segment, rows: rows.subarray(from, to), places: places.subarray(from, to) }];
  });
}

/** Some of the rows: their weights at the scores that they have, so that no part needs sorting again. */
export interface Part extends Masses {
  /** The place of each score in the ranking; undefined: all of them. */
  readonly ranks?: Uint32Array;
  /** By label. */
  readonly mass: readonly [number, number];
  readonly squares: readonly [number, number];
}

/** The part of all rows. */
export function partOfAll(sample: RankedSample): Part {
  const { scores, order } = sample.ranking;
  const masses = { positives: new Float64Array(scores.length), negatives: new Float64Array(scores.length) };
  for (let place = 0; place < order.length; place++) {
    const weight = sample.weights === undefined ? 1 : sample.weights[order[place]];
    if (sample.rankedLabels[place] === 1) masses.positives[sample.ranks[place]] += weight;
    else masses.negatives[sample.ranks[place]] += weight;
  }
  return { ...masses, ...totalsOf(sample, order) };
}

/** The part of a segment. */
export function partOf(sample: RankedSample, { rows, places }: SegmentRows): Part {
  const { rankedLabels, weights, ranking } = sample;
  const ranks = new Uint32Array(places.length);
  const positives = new Float64Array(places.length);
  const negatives = new Float64Array(places.length);
  let at = -1;
  for (let i = 0; i < places.length; i++) {
    const place = places[i];
    const rank = sample.ranks[place];
    if (at < 0 || ranks[at] !== rank) ranks[++at] = rank;
    const weight = weights === undefined ? 1 : weights[ranking.order[place]];
    if (rankedLabels[place] === 1) positives[at] += weight;
    else negatives[at] += weight;
  }
  return {
    ranks: ranks.subarray(0, at + 1),
    positives: positives.subarray(0, at + 1),
    negatives: negatives.subarray(0, at + 1),
    ...totalsOf(sample, rows),
  };
}

function totalsOf({ labels, weights, isWhole }: RankedSample, rows: Uint32Array) {
  const mass: [number, number] = [0, 0];
  const squares: [number, number] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    mass[labels[row]] += weights === undefined ? 1 : weights[row];
    squares[labels[row]] += squaredWeight(weights, row, isWhole);
  }
  return { mass, squares };
}

/**
 * The other rows. Where weights are fractions, a remainder that is only rounding is 0.
 * @param into room for masses at all scores, which the result is made in.
 */
export function without(all: Part, part: Part, into: Masses): Part {
  into.positives.set(all.positives);
  into.negatives.set(all.negatives);
  const ranks = part.ranks ?? new Uint32Array();
  for (let i = 0; i < ranks.length; i++) {
    const rank = ranks[i];
    into.positives[rank] = less(all.positives[rank], part.positives[i]);
    into.negatives[rank] = less(all.negatives[rank], part.negatives[i]);
  }
  const lessByLabel = (a: Part["mass"], b: Part["mass"]) => [a[0] - b[0], a[1] - b[1]] as const;
  return {
    ...into,
    mass: lessByLabel(all.mass, part.mass),
    squares: lessByLabel(all.squares, part.squares),
  };
}

function less(a: number, b: number): number {
  return a - b > 1e-12 * a ? a - b : 0;
}

/** The area under the ROC curve of a part; undefined with fewer than two rows of either label. */
export function aucOf(
  { positives, negatives, mass, squares }: Part,
  level: number,
): RocAucInterval | undefined {
  const rows = { positives: mass[1] ** 2 / squares[1], negatives: mass[0] ** 2 / squares[0] };
  // For two rows of equal weight rounding may give a unit of the last place below 2; for none it is NaN.
  if (!(Math.min(rows.positives, rows.negatives) >= 2 - 1e-9)) return undefined;
  return rocAucIntervalOf(positives, negatives, rows, level);
}
