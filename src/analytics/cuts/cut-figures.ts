import { rateOf } from "../months/month-figures.js";
import { shrunkRates } from "../statistics/shrunk-rates.js";
import type { CutCount } from "./cut-counts.js";
import type { CutEntry, SteadySettings } from "./cut-list.js";

/** Figures of one value of a cut. */
export interface CutFigures {
  /** Null where it is not known. */
  readonly value: string | null;
  /** At risk on the first day of the period, by the value that they had on the day before. */
  readonly base: number;
  /** Who left in the period; those who joined in it by their value on the day before they left. */
  readonly left: number;
  /** Of the base, those who left: never more than it. */
  readonly leftOfBase: number;
  /** `left / base`; null without a base. Above 1 where more left than were there at the beginning: those who joined later left too. */
  readonly rate: number | null;
  /** The rate drawn towards that of all values, the more the smaller its base (empirical Bayes); null where `left` exceeds the base. */
  readonly shrunkRate: number | null;
  /** The 95% interval of the value's own rate. */
  readonly low: number | null;
  readonly high: number | null;
  /** Share of all who left; null where none did. */
  readonly shareOfLeavers: number | null;
  /** Monthly revenue of those at risk, and of those who left: the mean bill of the three months before. Null without bills. */
  readonly revenue: number | null;
  readonly lostRevenue: number | null;
}

/** The figures of a cut from its counts. */
export function cutFigures(counts: readonly CutCount[]): CutFigures[] {
  const leavers = counts.reduce((sum, { left }) => sum + left, 0);
  const shrunk = shrunkRates(counts.map(({ base, left }) => ({ base, left })));
  return counts.map(({ value, base, left, leftOfBase, revenue, lostRevenue }, i) => ({
    value,
    base,
    left,
    leftOfBase,
    rate: rateOf(left, base),
    shrunkRate: shrunk[i].shrunkRate,
    low: shrunk[i].low,
    high: shrunk[i].high,
    shareOfLeavers: rateOf(left, leavers),
    revenue,
    lostRevenue,
  }));
}

/** Figures of a cut by bands in the order of the bands; others as they are. What is not known comes last. */
export function inOrder(
  figures: readonly CutFigures[],
  entries: readonly CutEntry[],
  settings: SteadySettings,
): CutFigures[] {
  const order = entries.length === 1 ? (entries[0].order?.(settings) ?? []) : [];
  const placeOf = ({ value }: CutFigures) => (value === null ? order.length : order.indexOf(value));
  return order.length === 0
    ? [...figures.filter(({ value }) => value !== null), ...figures.filter(({ value }) => value === null)]
    : figures.toSorted((a, b) => placeOf(a) - placeOf(b));
}
