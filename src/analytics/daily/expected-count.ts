import { meanSimple, median, sumSimple } from "simple-statistics";

/** From this median on, it is what is expected; the median of smaller counts is too low: of most counts below 0.7 it is 0. */
const LARGE = 5;
/** Small counts are limited to so many standard deviations of a Poisson distribution above their median. */
const LIMIT = 6;

/**
 * What counts of a weekday lead to expect: their median, which a holiday among them does not move. Where that is below 5, halfway
 * between their mean and that of all weekdays with half an event more (Jeffreys' prior; an event is as large as the dispersion),
 * each count limited to 6 standard deviations above the median of its weekday.
 * @param weekdays counts by weekday
 * @param at which weekday; it has at least one count
 * @param dispersion variance over mean
 */
export function expectedCount(
  weekdays: readonly (readonly number[])[],
  at: number,
  dispersion: number,
): number {
  const usual = median([...weekdays[at]]);
  if (usual >= LARGE) return usual;
  const all = weekdays.filter(({ length }) => length > 0).flatMap(limitedCounts);
  const same = limitedCounts(weekdays[at]);
  return (meanSimple(same) + (sumSimple(all) + dispersion / 2) / all.length) / 2;
}

/** From 0 on: a day of refunds is no negative count. */
function limitedCounts(counts: readonly number[]): number[] {
  const usual = Math.max(0, median([...counts]));
  const most = usual + LIMIT * Math.sqrt(usual + 1);
  return counts.map((each) => Math.min(most, Math.max(0, each)));
}

/** Of the squared residuals of large counts so many are left out, from the largest on: holidays and faults among the days before. */
const TRIMMED = 0.05;
/** The part of the variance of a normal variable that lies within its central 95%: P(χ² with 3 degrees < 3.841). */
const WITHIN = 0.7209;

/** Squared residuals (count − expected)² / expected: of weekdays with a median of 5 or more, and of those with fewer. */
export interface Residuals {
  readonly large: readonly number[];
  readonly small: readonly number[];
}

/**
 * The squared residuals of counts by weekday, each compared with its own expectation. Small counts are skewed: the largest belong
 * to them, and are limited as for {@link expectedCount}.
 */
export function residualsOf(weekdays: readonly (readonly number[])[]): Residuals {
  const large: number[] = [];
  const small: number[] = [];
  for (const [at, counts] of weekdays.entries()) {
    if (counts.length < 2) continue;
    const isLarge = median([...counts]) >= LARGE;
    const expected = expectedCount(weekdays, at, 1);
    // An expectation was fitted to each weekday.
    const fitted = counts.length / (counts.length - 1);
    for (const count of isLarge ? counts : limitedCounts(counts))
      (isLarge ? large : small).push(((count - expected) ** 2 / expected) * fitted);
  }
  return { large, small };
}

/**
 * By how much counts vary more than those of a Poisson distribution: the mean of their squared residuals, those of large counts
 * without the largest 5%. At least 1, and of small counts at least that of the small counts of all regions, as so few events of
 * one region do not say how they vary.
 * @param ofAll the mean of all regions' squared residuals of small counts
 */
export function overdispersion({ large, small }: Residuals, ofAll: number): number {
  const kept = large.toSorted((a, b) => a - b).slice(0, Math.ceil(large.length * (1 - TRIMMED)));
  const share = kept.length === large.length ? 1 : WITHIN;
  const days = large.length + small.length;
  const own = days === 0 ? 1 : (sumSimple(kept) / share + sumSimple(small)) / days;
  return Math.max(1, own, small.length > 0 ? ofAll : 1);
}

/** The mean of the squared residuals of small counts of all regions; 1 without any. */
export function smallDispersion(residuals: readonly Residuals[]): number {
  const days = residuals.reduce((total, { small }) => total + small.length, 0);
  return days === 0 ? 1 : residuals.reduce((total, { small }) => total + sumSimple(small), 0) / days;
}
