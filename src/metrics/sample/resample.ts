import type { Random } from "../../random.js";
import { binomialDraw } from "./binomial-draw.js";
import type { Ranking } from "./ranking.js";
import { sum } from "./tally.js";

/** The weights of churners and others at each distinct score of a ranking. */
export interface Masses {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** Draws one bootstrap sample, as the masses at the scores of each ranking. */
type Resample = (random: Random, into: readonly Masses[]) => void;

/** What there is to draw from. */
interface Population {
  /** Of the same rows by one or more scores: whatever is drawn is drawn for all of them. */
  readonly rankings: readonly Ranking[];
  readonly labels: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
  /** Rows of one number are drawn together. */
  readonly groups?: ArrayLike<number> | undefined;
  /** Whether churners (groups that hold one) and others are drawn separately, each in their number in the data. */
  readonly stratified: boolean;
  /** How many rows or groups are drawn, as a share of those there are; default 1. */
  readonly drawnShare?: number | undefined;
  /**
   * Whether it is drawn how many rows of each score and label there are, and not which: as likely, and faster where there are far
   * more rows than scores. Only where rows are drawn alone, with equal weights, by one ranking.
   */
  readonly byCounts?: boolean | undefined;
}

/** Room for the masses of a ranking. */
export function massesOf({ scores }: Ranking): Masses {
  return { positives: new Float64Array(scores.length), negatives: new Float64Array(scores.length) };
}

/**
 * Makes a resampler with replacement. A sample without one of the classes is drawn again, as no metric is defined on
 * it.
 */
export function resampler(population: Population): Resample {
  const { groups, weights, stratified, drawnShare, rankings, byCounts = false } = population;
  const mayCount =
    byCounts && weights === undefined && !stratified && drawnShare === undefined && rankings.length === 1;
  const draw =
    groups !== undefined
      ? drawGroups(population, groups)
      : mayCount
        ? drawCounts(rankings[0], population.labels)
        : drawRows(population);
  return (random, into) => {
    do {
      for (const { positives, negatives } of into) {
        positives.fill(0);
        negatives.fill(0);
      }
      draw(random, into);
    } while (sum(into[0].positives) === 0 || sum(into[0].negatives) === 0);
  };
}

/** How often each cell of score and label is drawn: a multinomial draw, as binomial draws of what the cells before have left. */
function drawCounts(ranking: Ranking, labels: ArrayLike<number>): Resample {
  const there = massesOf(ranking);
  ranking.rankOfRow.forEach((rank, row) => {
    if (labels[row] === 1) there.positives[rank]++;
    else there.negatives[rank]++;
  });
  return (random, [into]) => {
    let [toDraw, rows] = [labels.length, labels.length];
    for (const side of ["positives", "negatives"] as const) {
      const [counts, drawn] = [there[side], into[side]];
      for (let rank = 0; rank < counts.length; rank++) {
        if (counts[rank] === 0) continue;
        drawn[rank] = binomialDraw(random, toDraw, counts[rank] / rows);
        toDraw -= drawn[rank];
        rows -= counts[rank];
      }
    }
  };
}

/**
 * Rows are drawn by their place in the first ranking, churners before others: with equal weights the samples do not
 * depend on the order in which the rows were given.
 */
function drawRows({ rankings, labels, weights, stratified, drawnShare }: Population): Resample {
  const { order } = rankings[0];
  const counted = weights === undefined ? order : order.filter((row) => weights[row] > 0);
  const sides = [1, 0].map((label) => {
    const rows = counted.filter((row) => labels[row] === label);
    return {
      count: rows.length,
      ranks: rankings.map(({ rankOfRow }) => rows.map((row) => rankOfRow[row])),
      weightOf: weights === undefined ? undefined : Float64Array.from(rows, (row) => weights[row]),
    };
  });
  const churnerCount = sides[0].count;
  // One byte per row, so that the random places are in cache up to a million rows: up to four times as fast as adding to
  // the weights at once. No row is drawn 256 times: the probability is below 1e-500.
  const times = new Uint8Array(counted.length);
  const strata = stratified ? [times.subarray(0, churnerCount), times.subarray(churnerCount)] : [times];

  return (random, into) => {
    times.fill(0);
    for (const stratum of strata) {
      const drawn = drawnOf(stratum.length, drawnShare);
      for (let i = 0; i < drawn; i++) stratum[random.integer(stratum.length)]++;
    }
    const [ofChurners, ofOthers] = [times.subarray(0, churnerCount), times.subarray(churnerCount)];
    for (const [i, { positives, negatives }] of into.entries()) {
      addDrawn(sides[0].ranks[i], sides[0].weightOf, ofChurners, positives);
      addDrawn(sides[1].ranks[i], sides[1].weightOf, ofOthers, negatives);
    }
  };
}

function addDrawn(
  ranks: Uint32Array,
  weightOf: Float64Array | undefined,
  times: Uint8Array,
  masses: Float64Array,
): void {
  if (weightOf === undefined) for (let i = 0; i < ranks.length; i++) masses[ranks[i]] += times[i];
  else for (let i = 0; i < ranks.length; i++) masses[ranks[i]] += times[i] * weightOf[i];
}

function drawGroups(
  { rankings, labels, weights, stratified, drawnShare }: Population,
  groups: ArrayLike<number>,
): Resample {
  const rowsOfGroup = new Map<number, number[]>();
  for (let row = 0; row < labels.length; row++) {
    if (weights?.[row] === 0) continue;
    const rows = rowsOfGroup.get(groups[row]);
    if (rows === undefined) rowsOfGroup.set(groups[row], [row]);
    else rows.push(row);
  }
  const all = [...rowsOfGroup.values()];
  const hasChurner = (rows: readonly number[]) => rows.some((row) => labels[row] === 1);
  const strata = stratified ? [all.filter(hasChurner), all.filter((rows) => !hasChurner(rows))] : [all];

  return (random, into) => {
    for (const stratum of strata) {
      const drawn = drawnOf(stratum.length, drawnShare);
      for (let i = 0; i < drawn; i++) {
        for (const row of stratum[random.integer(stratum.length)]) {
          const weight = weights === undefined ? 1 : weights[row];
          for (let r = 0; r < rankings.length; r++) {
            const masses = labels[row] === 1 ? into[r].positives : into[r].negatives;
            masses[rankings[r].rankOfRow[row]] += weight;
          }
        }
      }
    }
  };
}

function drawnOf(count: number, share = 1): number {
  return count === 0 ? 0 : Math.max(1, Math.round(share * count));
}
