import { meanSimple } from "simple-statistics";
import { checkOptions, type OptionNames } from "../../arguments.js";
import { normalCdf } from "../../math/normal-cdf.js";
import { benjaminiHochberg } from "./benjamini-hochberg.js";
import { checkCells, hasRate, type RateCell } from "./cells.js";
import { binomialZ } from "./rates/binomial-z.js";
import { type FunnelLimit, funnelLimits } from "./rates/funnel-limits.js";

/** When `unusualCells` calls a cell unusual. */
export interface UnusualCellOptions {
  /** Expected share of false ones among the cells that are called unusual, in (0, 1). Default 0.1. */
  readonly falseDiscoveryRate?: number | undefined;
}

/** How far a cell's rate is from that of all cells. */
export interface UnusualCell {
  /** left / base; null without a base. */
  readonly rate: number | null;
  /** Overall rate × base. */
  readonly expected: number;
  /** Standard deviations from the overall rate, overdispersion taken into account; null where the cell can't be compared. */
  readonly z: number | null;
  /** Two-sided p-value of `z`, and the same adjusted for the number of cells. */
  readonly p: number | null;
  readonly q: number | null;
  /** q ≤ falseDiscoveryRate. */
  readonly isUnusual: boolean;
  /** On which side of the overall rate; null where the cell can't be compared. */
  readonly direction: "high" | "low" | null;
}

/** How far the rates of cells are from that of all, and what to draw of it. */
export interface UnusualCells {
  /** left / base of all cells that can be compared; null without any. */
  readonly rate: number | null;
  /** By how much the variance of the rates exceeds that of chance; 1 where it does not significantly. */
  readonly overdispersion: number;
  /** One result per cell, in their order. */
  readonly cells: readonly UnusualCell[];
  /** What to draw as a funnel: the limits by base, from 1 to the largest; none where no cell can be compared. */
  readonly limits: readonly FunnelLimit[];
}

const OPTIONS: OptionNames<UnusualCellOptions> = { falseDiscoveryRate: "optional" };
/** This share of the largest and of the smallest z is drawn in before their variance is measured. */
const WINSORISED = 0.1;
/** Of cells with smaller counts than that, z hardly varies, which says nothing about overdispersion. */
const LEAST_EXPECTED = 1;

/**
 * Cells whose rate is not that of the others: outliers of a funnel plot (Spiegelhalter 2005).
 *
 * - z is the normal quantile of the mid-p value of the binomial distribution with the overall rate, which also holds for small counts.
 * - Where cells vary more than chance makes them, all z are divided by the root of the overdispersion factor: the mean square of
 *   z after its largest and its smallest tenth (rounded up) are set to the next one, so that outliers do not hide themselves. It is
 *   applied where it is above 1 + 2 √(2 / cells), as in the paper; cells with less than one expected to leave, or to stay, have
 *   no part in it.
 * - A cell is unusual if its two-sided p-value, adjusted for the number of cells (Benjamini & Hochberg 1995), is at most
 *   `falseDiscoveryRate`.
 * - Cells without a base, or of which more left than were there, can't be compared: `z` is null, and they count nowhere. Where none or
 *   all left of all cells, no cell is unusual.
 * @throws HoldfastError for counts that are no whole numbers from 0 up and a share outside (0, 1).
 * @example
 * const { cells, overdispersion } = unusualCells([{ base: 800, left: 16 }, { base: 900, left: 70 }, { base: 850, left: 18 }]);
 */
export function unusualCells(cells: readonly RateCell[], options: UnusualCellOptions = {}): UnusualCells {
  checkOptions("unusualCells", options, OPTIONS);
  const { falseDiscoveryRate = 0.1 } = options;
  checkCells("unusualCells", cells, { falseDiscoveryRate });
  let [left, base, largest] = [0, 0, 0];
  for (const cell of cells) {
    if (!hasRate(cell)) continue;
    left += cell.left;
    base += cell.base;
    largest = Math.max(largest, cell.base);
  }
  const rate = base > 0 ? left / base : 0;
  const varies = left > 0 && left < base;
  const byChance = cells.map((cell) => {
    if (!hasRate(cell)) return null;
    return varies ? binomialZ(cell.left, cell.base, rate) : 0;
  });
  const overdispersion = varies ? overdispersionOf(byChance.filter((_, at) => counts(cells[at], rate))) : 1;
  const scale = Math.sqrt(overdispersion);
  const scores = byChance.map((z) => (z === null ? null : z / scale));
  const pValues = scores.map((z) => (z === null ? null : 2 * normalCdf(-Math.abs(z))));
  const adjusted = benjaminiHochberg(pValues);
  return {
    rate: base > 0 ? rate : null,
    overdispersion,
    cells: cells.map((cell, at) => {
      const [z, q] = [scores[at], adjusted[at]];
      return {
        rate: cell.base > 0 ? cell.left / cell.base : null,
        expected: rate * cell.base,
        z,
        p: pValues[at],
        q,
        isUnusual: q !== null && q <= falseDiscoveryRate,
        direction: z === null ? null : directionOf(cell, rate),
      };
    }),
    limits: varies ? funnelLimits(rate, largest, scale) : [],
  };
}

function counts(cell: RateCell, rate: number): boolean {
  return hasRate(cell) && Math.min(rate, 1 - rate) * cell.base >= LEAST_EXPECTED;
}

/** The factor of Spiegelhalter (2005), equation 5; 1 where it is not significantly larger. */
function overdispersionOf(scores: readonly (number | null)[]): number {
  const rising = scores.filter((z) => z !== null).sort((a, b) => a - b);
  const drawnIn = Math.ceil(WINSORISED * rising.length);
  if (rising.length <= 2 * drawnIn) return 1;
  const [least, most] = [rising[drawnIn], rising[rising.length - 1 - drawnIn]];
  const factor = meanSimple(rising.map((z) => Math.min(most, Math.max(least, z)) ** 2));
  return factor > 1 + 2 * Math.sqrt(2 / rising.length) ? factor : 1;
}

function directionOf({ base, left }: RateCell, rate: number): "high" | "low" | null {
  const difference = left / base - rate;
  if (difference === 0) return null;
  return difference > 0 ? "high" : "low";
}
