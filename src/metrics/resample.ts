import type { Random } from "../random.js";
import type { Ranking } from "./ranking.js";
import { sum } from "./tally.js";

/** Draws one bootstrap sample, as the weights of churners and others at each distinct score of the ranking. */
type Resample = (random: Random, positives: Float64Array, negatives: Float64Array) => void;

/** What there is to draw from. */
interface Population {
  readonly ranking: Ranking;
  readonly labels: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
  /** Rows of one number are drawn together. */
  readonly groups?: ArrayLike<number> | undefined;
  /** Whether churners (groups that hold one) and others are drawn apart, as many of each as there are. */
  readonly stratified: boolean;
}

/** Makes a resampler with replacement. A sample that lacks a class is drawn again, for no metric could be had of it. */
export function resampler(population: Population): Resample {
  const draw =
    population.groups === undefined ? drawRows(population) : drawGroups(population, population.groups);
  return (random, positives, negatives) => {
    do {
      positives.fill(0);
      negatives.fill(0);
      draw(random, positives, negatives);
    } while (sum(positives) === 0 || sum(negatives) === 0);
  };
}

/**
 * Rows are drawn by their place in the ranking, churners before others: with equal weights the samples do not depend
 * on the order in which the rows were given.
 */
function drawRows({ ranking, labels, weights, stratified }: Population): Resample {
  const { order, rankOfRow } = ranking;
  const counted = weights === undefined ? order : order.filter((row) => weights[row] > 0);
  const sides = [1, 0].map((label) => {
    const rows = counted.filter((row) => labels[row] === label);
    return {
      ranks: rows.map((row) => rankOfRow[row]),
      weightOf: weights === undefined ? undefined : Float64Array.from(rows, (row) => weights[row]),
    };
  });
  const churnerCount = sides[0].ranks.length;
  // One byte per row, so that the random places are in cache up to a million rows: up to four times as fast as adding to
  // the weights at once. Nobody is drawn 256 times: the probability is below 1e-500.
  const times = new Uint8Array(counted.length);
  const strata = stratified ? [times.subarray(0, churnerCount), times.subarray(churnerCount)] : [times];

  return (random, positives, negatives) => {
    times.fill(0);
    for (const stratum of strata) {
      for (let i = 0; i < stratum.length; i++) stratum[random.integer(stratum.length)]++;
    }
    addDrawn(sides[0], times.subarray(0, churnerCount), positives);
    addDrawn(sides[1], times.subarray(churnerCount), negatives);
  };
}

function addDrawn(
  { ranks, weightOf }: { ranks: Uint32Array; weightOf: Float64Array | undefined },
  times: Uint8Array,
  masses: Float64Array,
): void {
  if (weightOf === undefined) for (let i = 0; i < ranks.length; i++) masses[ranks[i]] += times[i];
  else for (let i = 0; i < ranks.length; i++) masses[ranks[i]] += times[i] * weightOf[i];
}

function drawGroups(
  { ranking, labels, weights, stratified }: Population,
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

  return (random, positives, negatives) => {
    for (const stratum of strata) {
      for (let i = 0; i < stratum.length; i++) {
        for (const row of stratum[random.integer(stratum.length)]) {
          const masses = labels[row] === 1 ? positives : negatives;
          masses[ranking.rankOfRow[row]] += weights === undefined ? 1 : weights[row];
        }
      }
    }
  };
}
