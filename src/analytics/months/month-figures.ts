import { monthText } from "../../table/calendar.js";
import type { MonthCount } from "./month-counts.js";

/** By whom churn is divided: those at risk at the beginning of a period, or at its end. */
export type RateBase = "start" | "end";

/** Figures of a month. */
export interface MonthFigures {
  /** Such as `2025-03`. */
  readonly month: string;
  readonly joined: number;
  readonly left: number;
  /** Subscribers at risk on the first day; with `base: "end"` on the first day of the month after. Null where the history does not say. */
  readonly base: number | null;
  /** `left / base`; null without a base. */
  readonly churnRate: number | null;
  /** `left / joined`; null where no subscriber joined. */
  readonly churnToNew: number | null;
  /** The base at the end less the base at the start; null where the history does not say. */
  readonly net: number | null;
  readonly revenue: number | null;
  /** Revenue per subscriber: of the mean of the bases at the start and at the end. Null without bills or subscribers. */
  readonly arpu: number | null;
}

/** Figures of several months: of a quarter, a year or the whole period. */
export interface SpanFigures extends Omit<MonthFigures, "month"> {
  /** Such as `2025-Q1`, `2025`, or `2025-01 to 2025-06`. */
  readonly span: string;
  readonly months: number;
  /** Whether all its months are there. */
  readonly isWhole: boolean;
  /** `left / months`. */
  readonly leftPerMonth: number;
  /** `churnRate / months`. */
  readonly churnRatePerMonth: number | null;
}

/** `a / b`; null where there is no b. */
export function rateOf(a: number, b: number | null): number | null {
  return b === null || b === 0 ? null : a / b;
}

/** The figures of a month from its counts. */
export function monthFigures(count: MonthCount, divideBy: RateBase): MonthFigures {
  return { month: monthText(count.month), ...figuresOf([count], divideBy) };
}

/** The figures of months that follow each other. */
export function spanFigures(
  span: string,
  counts: readonly MonthCount[],
  divideBy: RateBase,
  wholeMonths: number,
): SpanFigures {
  const figures = figuresOf(counts, divideBy);
  const months = counts.length;
  return {
    span,
    months,
    isWhole: months === wholeMonths,
    ...figures,
    leftPerMonth: figures.left / months,
    churnRatePerMonth: figures.churnRate === null ? null : figures.churnRate / months,
  };
}

function figuresOf(counts: readonly MonthCount[], divideBy: RateBase): Omit<MonthFigures, "month"> {
  const [first] = counts;
  const last = counts[counts.length - 1];
  const sum = (of: (count: MonthCount) => number) => counts.reduce((total, count) => total + of(count), 0);
  const [joined, left] = [sum((count) => count.joined), sum((count) => count.left)];
  const base = divideBy === "start" ? first.base : last.nextBase;
  const isBilled = counts.every(({ revenue }) => revenue !== null);
  const revenue = isBilled ? Math.round(sum((count) => count.revenue ?? 0) * 10_000) / 10_000 : null;
  // In months of subscribers.
  const served = sum((count) => (count.base + (count.nextBase ?? count.base)) / 2);
  return {
    joined,
    left,
    base,
    churnRate: rateOf(left, base),
    churnToNew: rateOf(left, joined),
    net: last.nextBase === null ? null : last.nextBase - first.base,
    revenue,
    arpu: revenue === null ? null : rateOf(revenue, served),
  };
}

/** Months by quarter (3) or year (12), with the name of each. */
export function spansOf(counts: readonly MonthCount[], length: 3 | 12, divideBy: RateBase): SpanFigures[] {
  const spans = new Map<number, MonthCount[]>();
  for (const count of counts) {
    const key = Math.floor(count.month / length);
    spans.set(key, [...(spans.get(key) ?? []), count]);
  }
  return [...spans].map(([key, of]) => {
    const year = 1970 + Math.floor((key * length) / 12);
    const name = length === 12 ? String(year) : `${year}-Q${(key % 4) + 1}`;
    return spanFigures(name, of, divideBy, length);
  });
}
