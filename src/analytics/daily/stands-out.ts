import { formatDate } from "../../table/dates.js";
import { benjaminiHochberg } from "../statistics/benjamini-hochberg.js";
import type { Compared, StandOut } from "./daily-types.js";
import { amountOf, type DayRow } from "./day-rows.js";
import { type FigureSeries, figureSeries } from "./day-series.js";
import {
  expectedCount,
  overdispersion,
  type Residuals,
  residualsOf,
  smallDispersion,
} from "./expected-count.js";
import { type PredictedCount, predictedCount, twoSided, usualRange } from "./predicted-count.js";

/** How days are compared. */
export interface Comparison {
  readonly weeks: number;
  readonly falseDiscoveryRate: number;
}

/** Fewer same weekdays are too few to say what is usual. */
export const LEAST_WEEKDAYS = 4;

/** Of regions with next to no events: with less, every second event would stand out (measured on simulated days). */
const LEAST_EXPECTED = 0.5;

/** A figure as a count: amounts in units of the average payment. */
interface Counted extends FigureSeries {
  readonly counts: readonly (readonly number[])[];
  readonly residuals: Residuals;
}

interface Judged extends Counted {
  readonly predicted: PredictedCount;
  /** Variance over mean. */
  readonly dispersion: number;
  readonly p: number;
}

/**
 * What stands out on a day: figures whose p-value under a negative binomial distribution is so small that the share of false
 * alarms among them, over all regions and measures, is at most `falseDiscoveryRate`. What is expected comes from the same
 * weekday in the weeks before, how much figures vary from all days of these weeks.
 * @param rows of the day and the weeks before it
 */
export function standsOut(
  rows: readonly DayRow[],
  day: number,
  { weeks, falseDiscoveryRate }: Comparison,
): { readonly standsOut: StandOut[]; readonly compared: Compared } {
  const series = figureSeries(rows, day, weeks);
  const sameWeekdays = Math.max(0, ...series.map(({ weekdays: [same] }) => same.length));
  const counted = series.filter(({ weekdays: [same] }) => same.length >= LEAST_WEEKDAYS).map(countedOf);
  const small = smallDispersions(counted);
  const judged = counted.map((each) => judgedOf(each, small.get(each.measure) ?? 1));
  const rates = benjaminiHochberg(judged.map(({ p }) => p));
  const found = judged
    .map((each, at) => ({ each, q: rates[at] }))
    .filter(({ q }) => q <= falseDiscoveryRate)
    .sort((a, b) => a.q - b.q || a.each.p - b.each.p)
    .map(({ each, q }) => standOutOf(each, q, day, falseDiscoveryRate));
  const notJudged = series.length - judged.length;
  return { standsOut: found, compared: { sameWeekdays, judged: judged.length, notJudged } };
}

function countedOf(series: FigureSeries): Counted {
  const counts = series.weekdays.map((values) => values.map((each) => each / series.unit));
  return { ...series, counts, residuals: residualsOf(counts) };
}

/** How small counts vary, by measure, over all regions. */
function smallDispersions(counted: readonly Counted[]): Map<string, number> {
  const residuals = new Map<string, Residuals[]>();
  for (const each of counted)
    if (each.of === "region")
      residuals.set(each.measure, [...(residuals.get(each.measure) ?? []), each.residuals]);
  return new Map([...residuals].map(([measure, all]) => [measure, smallDispersion(all)]));
}

function judgedOf(counted: Counted, small: number): Judged {
  const [same] = counted.counts;
  const dispersion = overdispersion(counted.residuals, small);
  const predicted = predictedCount(
    Math.max(LEAST_EXPECTED, expectedCount(counted.counts, 0, dispersion)),
    dispersion,
    same.length,
  );
  const count = counted.value / counted.unit;
  // More refunds than payments: as unlikely as a sum that lies as far above what is expected.
  const p = twoSided(predicted, count < 0 ? 2 * predicted.mean - count : count);
  return { ...counted, dispersion, predicted, p };
}

function standOutOf(judged: Judged, q: number, day: number, level: number): StandOut {
  const { of, region, measure, value, monthBefore, unit, predicted } = judged;
  const [low, high] = usualRange(predicted, level);
  const figure = (each: number) => (measure === "amount" ? amountOf(each) : each);
  const shown = (count: number) =>
    measure === "amount" ? amountOf(Math.round(count * unit)) : Math.round(count * 100) / 100;
  return {
    day: formatDate(day),
    of,
    region,
    measure,
    value: figure(value),
    expected: shown(predicted.mean),
    low: shown(low),
    high: shown(high),
    monthBefore: monthBefore === null ? null : figure(monthBefore),
    returnsMonthly: isLikeMonthBefore(judged, level),
    q,
  };
}

/** Figures of two months that differ by no more than this are alike, however sure the difference is. */
const ALIKE = 0.1;

function isLikeMonthBefore({ value, monthBefore, unit, dispersion }: Judged, level: number): boolean {
  if (monthBefore === null || monthBefore <= 0 || value < 0) return false;
  if (Math.abs(value - monthBefore) <= ALIKE * monthBefore) return true;
  const mean = monthBefore / unit;
  // Both days vary.
  return twoSided({ mean, variance: 2 * dispersion * mean }, value / unit) > level;
}
