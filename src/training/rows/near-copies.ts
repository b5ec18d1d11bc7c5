import type { TrainingNote } from "../../model-file/churn/training-note.js";
import { createRandom } from "../../random.js";
import type { Folds } from "../../vectors/folds.js";
import type { Feature } from "../../vectors/vectors.js";
import { type Ranks, ranksOf } from "./value-ranks.js";

/** With fewer rows or measurements chance brings rows as close as noise does. */
const LEAST_ROWS = 200;
const LEAST_MEASUREMENTS = 4;
/** Rows whose neighbours are counted. */
const QUERIES = 400;
/** Distances up to which neighbours are counted, each twice the next, as mean differences of ranks from 0 to 1. */
const REACH = [0.08, 0.04, 0.02, 0.01, 0.005, 0.0025, 0.00125];
/** A measurement that differs by more is not near; one that decides which rows are compared must be nearer. */
const FAR = 0.24;
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
 * The distance of two rows is the mean difference of ranks without the largest quarter. Of 400 random rows the neighbours
 * within growing distances are counted. Of independent rows their number grows as a power of the distance that is at least 1:
 * twice the distance holds twice as many or more, however dense or related the measurements are. Copies are all within the
 * noise. So where twice the distance holds hardly more neighbours (1.25 times), and at least a tenth of the rows has some,
 * up to 30 each, rows are copies. With fewer than 4 such measurements, and with noise that is not small beside the
 * differences of subscribers, nothing is said. No alarm in 1,200 simulated sets of independent rows and 32 draws of
 * the public data sets; 60 to 90 ms of CPU for 51,047 rows × 57 columns.
 */
export function noteNearCopies(features: readonly Feature[], folds: Folds): TrainingNote[] {
  const found = nearCopies(features, folds);
  if (found === undefined) return [];
  const share = `${Math.round(100 * found.share)}%`;
  const detail =
    `about ${share} of the rows equal a row of another fold but for noise, in most of ${found.measurements} measurements (of a sample of ${QUERIES} rows); ` +
    "where these are the same subscribers, name the id or a group so that they share a fold";
  return [{ kind: "near-copies", column: null, detail }];
}

/** The share of rows that have a near-copy in another fold; undefined where none can be told from chance. */
export function nearCopies(
  features: readonly Feature[],
  folds: Folds,
): { readonly share: number; readonly measurements: number } | undefined {
  if (folds.of.length < LEAST_ROWS) return undefined;
  const random = createRandom(0, "near-copies");
  const ranks = ranksOf(features, folds.of.length, random);
  if (ranks.length < LEAST_MEASUREMENTS) return undefined;
  const pairs = new Float64Array(REACH.length);
  const rows = new Float64Array(REACH.length);
  const near = neighbourSearch(ranks, folds);
  let queries = 0;
  for (let draw = 0; draw < QUERIES; draw++) {
    const row = random.integer(folds.of.length);
    if (ranks.filter((each) => each[row] >= 0).length < LEAST_MEASUREMENTS || ranks[0][row] < 0) continue;
    queries++;
    const counts = near(row);
    counts.forEach((count, reach) => {
      pairs[reach] += count;
      if (count > 0) rows[reach]++;
    });
  }
  for (let reach = REACH.length - 1; reach > 0; reach--) {
    const isMany = pairs[reach] >= LEAST_PAIRS && rows[reach] >= LEAST_SHARE * QUERIES;
    const areCopies = pairs[reach] <= MOST_COPIES * queries;
    if (isMany && areCopies && pairs[reach - 1] <= PLATEAU * pairs[reach])
      return { share: rows[reach] / queries, measurements: ranks.length };
  }
  return undefined;
}

/** Gives, for a row, how many rows of other folds are within each reach. */
function neighbourSearch(ranks: readonly Ranks[], folds: Folds): (row: number) => Float64Array {
  const byFirst = bucketsOf(ranks[0]);
  const counts = new Float64Array(REACH.length);
  const differences = new Float64Array(ranks.length);
  return (row) => {
    counts.fill(0);
    const at = ranks[0][row];
    for (const other of byFirst(at - NEAR, at + NEAR)) {
      if (folds.of[other] === folds.of[row]) continue;
      const distance = distanceOf(ranks, row, other, differences);
      // Exact copies are no near ones.
      if (distance === 0) continue;
      for (let reach = 0; reach < REACH.length && distance <= REACH[reach]; reach++) counts[reach]++;
    }
    return counts;
  };
}

/** The mean of the differences of ranks, without the largest; infinite far beyond the largest reach. */
function distanceOf(ranks: readonly Ranks[], row: number, other: number, differences: Float64Array): number {
  const most = Math.floor(MAY_DIFFER * ranks.length);
  let differing = 0;
  let count = 0;
  // A flat loop that ends early: nearly all pairs differ in the first few measurements.
  for (let i = 0; i < ranks.length; i++) {
    const [a, b] = [ranks[i][row], ranks[i][other]];
    const isMeasured = a >= 0 && b >= 0;
    if (!isMeasured && a === b) continue;
    const difference = isMeasured ? Math.abs(a - b) : 1;
    if (difference > FAR && ++differing > most) return Number.POSITIVE_INFINITY;
    differences[count++] = difference;
  }
  const rising = differences.subarray(0, count).sort();
  const kept = Math.max(count - most, 1);
  let sum = 0;
  for (let i = 0; i < kept; i++) sum += rising[i];
  return sum / kept;
}

const BUCKETS = 1000;

/** Rows by their rank: those of all buckets between two ranks. */
function bucketsOf(ranks: Ranks): (from: number, to: number) => Int32Array {
  const starts = new Int32Array(BUCKETS + 2);
  const bucketOf = (rank: number) => Math.min(Math.max(Math.floor(rank * BUCKETS), 0), BUCKETS - 1);
  for (const rank of ranks) if (rank >= 0) starts[bucketOf(rank) + 2]++;
  for (let bucket = 2; bucket < starts.length; bucket++) starts[bucket] += starts[bucket - 1];
  const rows = new Int32Array(starts[BUCKETS + 1]);
  ranks.forEach((rank, row) => {
    if (rank >= 0) rows[starts[bucketOf(rank) + 1]++] = row;
  });
  return (from, to) => rows.subarray(starts[bucketOf(from)], starts[bucketOf(to) + 1]);
}
