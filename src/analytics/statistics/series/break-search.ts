import type { RateCell } from "../cells.js";
import { beyondChance } from "./beyond-chance.js";
import { difference, type Series } from "./known-values.js";
import { largestShift } from "./level-shift.js";
import { neighboursAt, SIDE, stepAround } from "./neighbours.js";
import { type Comparison, comparisonOf, restOf, type SeriesRest } from "./series-rest.js";

const MOST_SHIFTS = 3;
/** One in so many values may be a single odd month. */
const VALUES_PER_SINGLE = 6;
/** Breaks that chance explains are looked at no more than so often. */
const MOST_TRIES = 6;

/** A month that breaks from a series; a shift also has the size by which all months from there on differ. */
export interface FoundBreak {
  readonly index: number;
  readonly z: number;
  /** Null for a single month. */
  readonly size: number | null;
}

/** What a search looks at. */
export interface SearchedSeries {
  readonly series: Series;
  readonly period: number;
  readonly limit: number;
  readonly counts: readonly RateCell[] | undefined;
}

/** Looks for breaks of a series one after the other, the largest first; what is found is taken out before the next is looked for. */
export class BreakSearch {
  private found: readonly FoundBreak[] = [];
  private rest: SeriesRest;
  private readonly comparison: Comparison;

  constructor(private readonly searched: SearchedSeries) {
    this.comparison = comparisonOf(searched.series, searched.period);
    this.rest = restOf(searched.series, searched.period, this.comparison);
  }

  /** All breaks, with what the rest of the series leads to expect. */
  run(): readonly (FoundBreak & { readonly expected: number })[] {
    if (this.rest.places.length < 2 * SIDE) return [];
    // Of a few changes, a shift of the year before can't be told from one of this year.
    const tellsShifts = this.comparison !== "year before" || this.rest.places.length >= this.searched.period;
    if (tellsShifts) this.findAll(MOST_SHIFTS, (refused) => this.nextShift(refused));
    this.findAll(this.rest.places.length / VALUES_PER_SINGLE, (refused) => this.nextSingle(refused));
    return this.found.map((each) => {
      const others = this.found.filter((other) => other !== each);
      return { ...each, expected: this.rest.expectedAt(each.index) + sumOfShifts(others, each.index) };
    });
  }

  private findAll(most: number, next: (refused: ReadonlySet<number>) => FoundBreak | null): void {
    // Those that are found are not looked at again.
    const refused = new Set(this.found.map(({ index }) => index));
    for (let count = 0, tries = 0; count < most && tries < MOST_TRIES; ) {
      const candidate = next(refused);
      if (candidate === null || !(Math.abs(candidate.z) > this.searched.limit)) return;
      const located = this.located(candidate);
      refused.add(candidate.index).add(located.index);
      const without = this.restWithout([...this.found, located]);
      const z = this.found.some(({ index }) => index === located.index)
        ? null
        : this.judged(located, without);
      if (z === null) {
        tries++;
        continue;
      }
      this.found = [...this.found, { ...located, z }];
      this.rest = without;
      count++;
    }
  }

  private nextShift(refused: ReadonlySet<number>): FoundBreak | null {
    const shift = largestShift(this.rest.level, (at) => refused.has(this.rest.places[at]));
    return shift === null ? null : { index: this.rest.places[shift.at], z: shift.z, size: shift.size };
  }

  private nextSingle(refused: ReadonlySet<number>): FoundBreak | null {
    let most: FoundBreak | null = null;
    for (const [at, index] of this.rest.places.entries()) {
      const z = this.rest.z[at];
      if (refused.has(index) || Math.abs(z) <= Math.abs(most?.z ?? 0)) continue;
      most = { index, z, size: null };
    }
    return most;
  }

  /**
   * A change against the year before may be due to that year. Then it is the earlier month that breaks, in the other direction: the
   * one that is farther from its neighbours.
   */
  private located(candidate: FoundBreak): FoundBreak {
    const { index, z, size } = candidate;
    const earlier = index - this.searched.period;
    if (this.comparison !== "year before" || earlier < 0) return candidate;
    const series = this.usualSeries(this.found);
    const oddness = (at: number) =>
      size === null ? (difference(series[at], neighboursAt(series, at)) ?? 0) : stepAround(series, at);
    if (Math.sign(z) * (oddness(index) + oddness(earlier)) >= 0) return candidate;
    return { index: earlier, z: -z, size: size === null ? null : -size };
  }

  /** The z of a break, if it is beyond the limit by chance, too; otherwise null. */
  private judged({ index, z, size }: FoundBreak, without: SeriesRest): number | null {
    const { series, counts, limit } = this.searched;
    const months = series.flatMap((value, at) => (value === null || at < index ? [] : [at]));
    const compared = months.slice(0, size === null ? 1 : SIDE).map((month) => {
      const expected = without.expectedAt(month) + sumOfShifts(this.found, month);
      return { value: series[month] ?? Number.NaN, expected, cell: counts?.[month] };
    });
    return beyondChance(z, compared, limit);
  }

  private restWithout(breaks: readonly FoundBreak[]): SeriesRest {
    return restOf(this.usualSeries(breaks), this.searched.period, this.comparison);
  }

  private usualSeries(breaks: readonly FoundBreak[]): Series {
    const singles = new Set(breaks.filter(({ size }) => size === null).map(({ index }) => index));
    return this.searched.series.map((value, at) =>
      value === null || singles.has(at) ? null : value - sumOfShifts(breaks, at),
    );
  }
}

function sumOfShifts(breaks: readonly FoundBreak[], place: number): number {
  return breaks.reduce((sum, { index, size }) => (place >= index ? sum + (size ?? 0) : sum), 0);
}
