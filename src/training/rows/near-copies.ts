import type { TrainingNote } from "../../model-file/churn/training-note.js";
import { createRandom } from "../../random.js";
import type { Folds } from "../../vectors/folds.js";
import type { Feature } from "../../vectors/vectors.js";
import { MISSING, type Ranks, ranksOf } from "./value-ranks.js";

/** With fewer rows or measurements chance brings rows as close as noise does. */
const LEAST_ROWS = 200;
const LEAST_MEASUREMENTS = 4;
/** Rows whose neighbours are counted: fewer where there are many rows to compare with. */
const QUERIES = { least: 100, most: 400, products: 8_000_000 };
/** Distances up to which neighbours are counted, each twice the next, as mean differences of ranks from 0 to 1. */
const REACH = [0.08, 0.04, 0.02, 0.01, 0.005, 0.0025, 0.00125];
/** A measurement that differs by more is not near; one that decides which rows are compared must be nearer. */
const FAR = 0.16;
const NEAR = 0.12;
/** This share of the measurements may differ by any amount. */
const MAY_DIFFER = 0.25;
/** Where rows are independent, twice the distance holds at least twice the neighbours. */
const PLATEAU = 1.25;
/** Pairs, and shares of rows, below which a plateau may be chance; more neighbours each are a cluster, no copies. */
const LEAST_PAIRS = 40;
const LEAST_SHARE = 0.1;
const MOST_COPIES = 30;

/**
 * Says so where rows equal a row of another fold but for noise: months of one subscriber without an id, data augmented by
 * jitter. Exact copies are of `noteDuplicates`.
 *
 * Method: of up to 12 continuous measurements, none of them nearly a function of another, each value is replaced by its rank.
 * The distance of two rows is the mean difference of ranks without the largest quarter. Of up to 400 random rows the neighbours
 * within growing distances are counted. Of independent rows their number grows as a power of the distance that is at least 1:
 * twice the distance holds twice as many or more, however dense or related the measurements are. Copies are all within the
 * noise. So where twice the distance holds hardly more neighbours (1.25 times), and at least a tenth of the rows has some,
 * up to 30 each, rows are copies. With fewer than 4 such measurements, and with noise that is not small beside the
 * differences of subscribers, nothing is said. No alarm in 1,200 simulated sets of independent rows and 32 draws of
 * the public data sets; at 100,000 rows × 40 numbers it takes 1% of the CPU of training boosting once.
 */
export function noteNearCopies(features: readonly Feature[], folds: Folds): TrainingNote[] {
  const found = nearCopies(features, folds);
  if (found === undefined) return [];
  const share = `${Math.round(100 * found.share)}%`;
  const detail =
    `about ${share} of the rows equal a row of another fold but for noise, in most of ${found.measurements} measurements (of a sample of ${found.queries} rows); ` +
    "where these are the same subscribers, name the id or a group so that they share a fold";
  return [{ kind: "near-copies", column: null, detail }];
}

interface NearCopies {
  /** Of the rows that were looked at. */
  readonly share: number;
  readonly measurements: number;
  readonly queries: number;
}

/** The share of rows that have a near-copy in another fold; undefined where none can be told from chance. */
export function nearCopies(features: readonly Feature[], folds: Folds): NearCopies | undefined {
  const rowCount = folds.of.length;
  if (rowCount < LEAST_ROWS) return undefined;
  const random = createRandom(0, "near-copies");
  const ranks = ranksOf(features, rowCount, random);
  if (ranks.width < LEAST_MEASUREMENTS) return undefined;
  const pairs = new Float64Array(REACH.length);
  const rows = new Float64Array(REACH.length);
  const near = neighbourSearch(inOrderOfFirst(ranks, folds));
  let queries = 0;
  const draws = Math.max(QUERIES.least, Math.min(QUERIES.most, Math.floor(QUERIES.products / rowCount)));
  for (let draw = 0; draw < draws; draw++) {
    const counts = near(random.next());
    if (counts === undefined) continue;
    queries++;
    counts.forEach((count, reach) => {
      pairs[reach] += count;
      if (count > 0) rows[reach]++;
    });
  }
  for (let reach = REACH.length - 1; reach > 0; reach--) {
    const isMany = pairs[reach] >= LEAST_PAIRS && rows[reach] >= LEAST_SHARE * draws;
    const areCopies = pairs[reach] <= MOST_COPIES * queries;
    if (isMany && areCopies && pairs[reach - 1] <= PLATEAU * pairs[reach])
      return { share: rows[reach] / queries, measurements: ranks.width, queries };
  }
  return undefined;
}

/** Gives, for a random row, how many rows of other folds are within each reach; undefined where it has too few measurements. */
function neighbourSearch(rows: RowsInOrder): (random: number) => Float64Array | undefined {
  const { width, of, folds, starts } = rows;
  const counts = new Float64Array(REACH.length);
  const differences = new Float64Array(width);
  return (random) => {
    const row = Math.floor(random * folds.length);
    const own = of.subarray(row * width, (row + 1) * width);
    if (own.filter((rank) => rank >= 0).length < LEAST_MEASUREMENTS) return undefined;
    counts.fill(0);
    const end = starts[bucketOf(own[0] + NEAR) + 1];
    for (let other = starts[bucketOf(own[0] - NEAR)]; other < end; other++) {
      if (folds[other] === folds[row]) continue;
      const distance = distanceOf(rows, row, other, differences);
      // Exact copies are no near ones.
      if (distance === 0) continue;
      for (let reach = 0; reach < REACH.length && distance <= REACH[reach]; reach++) counts[reach]++;
    }
    return counts;
  };
}

/** The mean of the differences of ranks, without the largest; infinite far beyond the largest reach. */
function distanceOf({ width, of }: Ranks, row: number, other: number, differences: Float64Array): number {
  const most = Math.floor(MAY_DIFFER * width);
  const start = row * width;
  const otherStart = other * width;
  let differing = 0;
  let count = 0;
  // Flat, and ends early: nearly all pairs differ in the first few measurements.
  for (let i = 0; i < width; i++) {
    const a = of[start + i];
    const b = of[otherStart + i];
    // Sharing a common value, or none, says nothing.
    if (a < 0 && a === b) continue;
    const isMissing = a === MISSING || b === MISSING;
    const difference = isMissing ? 1 : Math.abs((a < 0 ? -1 - a : a) - (b < 0 ? -1 - b : b));
    if (difference > FAR && ++differing > most) return Number.POSITIVE_INFINITY;
    // Kept in order: there are a dozen at most.
    let place = count++;
    for (; place > 0 && differences[place - 1] > difference; place--)
      differences[place] = differences[place - 1];
    differences[place] = difference;
  }
  const kept = Math.max(count - most, 1);
  let sum = 0;
  for (let i = 0; i < kept; i++) sum += differences[i];
  return sum / kept;
}

/** Rows that have the first measurement, by buckets of its rank, so that rows that are compared lie side by side. */
interface RowsInOrder extends Ranks {
  /** The fold of each. */
  readonly folds: Uint8Array;
  /** Where each bucket starts. */
  readonly starts: Int32Array;
}

const BUCKETS = 1000;

function bucketOf(rank: number): number {
  return Math.min(Math.max(Math.floor(rank * BUCKETS), 0), BUCKETS - 1);
}

function inOrderOfFirst({ width, of }: Ranks, folds: Folds): RowsInOrder {
  const starts = new Int32Array(BUCKETS + 2);
  for (let at = 0; at < of.length; at += width) if (of[at] >= 0) starts[bucketOf(of[at]) + 2]++;
  for (let bucket = 2; bucket < starts.length; bucket++) starts[bucket] += starts[bucket - 1];
  const rows = starts[BUCKETS + 1];
  const ordered = new Float32Array(rows * width);
  const foldOf = new Uint8Array(rows);
  for (let at = 0; at < of.length; at += width) {
    if (of[at] < 0) continue;
    const place = starts[bucketOf(of[at]) + 1]++;
    foldOf[place] = folds.of[at / width];
    for (let i = 0; i < width; i++) ordered[place * width + i] = of[at + i];
  }
  return { width, of: ordered, folds: foldOf, starts };
}
