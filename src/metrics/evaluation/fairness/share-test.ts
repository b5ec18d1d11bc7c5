import { fisherExact } from "../../../math/fisher-exact.js";
import { normalCdf } from "../../../math/normal-cdf.js";

/** A share of weights: how much of `mass` is `hits`. */
export interface Share {
  readonly mass: number;
  /** Sum of squares of weights, for which `mass² / squares` rows are worth as much. */
  readonly squares: number;
  readonly hits: number;
}

/** Fewer rows are not tested. */
const LEAST_ROWS = 10;
/** Fewer expected rows in a cell are too few for the normal test (Cochran 1954). */
const LEAST_EXPECTED = 5;

/**
 * Two-sided p-value that a share of some rows is that of all others: the z test of two proportions with pooled variance; where
 * fewer than five rows are expected in a cell of the table, Fisher's exact test.
 * @param all the share of all rows, of which `part` is a part.
 * @param clustered the variance of the excess between clusters, where rows are clustered: the larger of both counts, and
 * Fisher's test, which takes rows as independent, is not made.
 * @param isWhole whether weights count as rows, as Fisher's test needs it.
 * @returns null with fewer than ten rows, and where all rows or none are hits.
 */
export function sharePValue(
  part: Share,
  all: Share,
  isWhole: boolean,
  clustered: number | undefined,
): number | null {
  const rate = all.hits / all.mass;
  // Of fractions the rest of all may be no more than rounding.
  if (all.mass - part.mass <= 1e-12 * all.mass) return null;
  const others = { mass: all.mass - part.mass, squares: all.squares - part.squares };
  const [own, other] = [part, others].map(({ mass, squares }) => (mass * mass) / squares);
  // With none it is NaN; of ten equal fractions rounding may give less than ten.
  if (!(Math.min(own, other) >= LEAST_ROWS - 1e-9) || !(rate > 0 && rate < 1)) return null;
  if (Math.min(own, other) * Math.min(rate, 1 - rate) < LEAST_EXPECTED) {
    if (!isWhole || clustered !== undefined) return null;
    return fisherExact(part.hits, part.mass, all.hits, all.mass);
  }
  const share = part.mass / all.mass;
  const independent =
    rate * (1 - rate) * ((1 - share) ** 2 * part.squares + share ** 2 * Math.max(0, others.squares));
  const variance = Math.max(independent, clustered ?? 0);
  const excess = part.hits - rate * part.mass;
  return Math.min(1, 2 * normalCdf(-Math.abs(excess) / Math.sqrt(variance)));
}
