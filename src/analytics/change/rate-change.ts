import { monthText } from "../../table/calendar.js";
import type { CountedChurn } from "../counting/counted-churn.js";
import type { CutEntry, SteadySettings } from "../cuts/cut-list.js";
import { countByEntries } from "../cuts/frame.js";
import type { Period } from "../period.js";
import type { FactsQuery } from "../query/facts-query.js";
import { splitChange } from "../statistics/split-change.js";
import { ofOneChange } from "./one-change.js";

/** How the churn rate of a month differs from that of an earlier one, and how much of it each segment adds. */
export interface RateChange {
  /** The last month of the period, such as `2025-12`. */
  readonly month: string;
  /** The month that it is compared with: the one before, or the same of the last year. */
  readonly against: string;
  /** The rates: who left, divided by those at risk on the first day. */
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number | null;
  readonly by: readonly ChangeByCut[];
}

/** The change of a rate by one cut (Kitagawa 1955): the effects of all segments sum to the change. */
export interface ChangeByCut {
  readonly cut: string;
  /** Because subscribers moved between segments of unlike rates. */
  readonly mix: number | null;
  /** Because the rates of segments changed. */
  readonly rate: number | null;
  /** The largest effect first. */
  readonly segments: readonly SegmentEffect[];
}

/** What a segment adds to the change of the rate. */
export interface SegmentEffect {
  /** Null where it is not known. */
  readonly value: string | null;
  readonly mix: number;
  readonly rate: number;
  /** `mix + rate`. */
  readonly total: number;
  /** The segment's own rates; null without a base. */
  readonly rateBefore: number | null;
  readonly rateAfter: number | null;
}

/** The changes of the last month against the month before and the same month of the last year, where the history covers them. */
export async function rateChanges(
  query: FactsQuery,
  counted: CountedChurn,
  { lastMonth, coveredFrom }: Period,
  entries: readonly CutEntry[],
  settings: SteadySettings,
): Promise<RateChange[]> {
  const earlier = [lastMonth - 1, lastMonth - 12].filter((month) => month >= coveredFrom);
  if (earlier.length === 0 || entries.length === 0) return [];
  const countsOf = (month: number) =>
    countByEntries(query, counted, { firstMonth: month, lastMonth: month, entries, settings });
  const after = await countsOf(lastMonth);
  const changes: RateChange[] = [];
  for (const month of earlier) {
    const before = await countsOf(month);
    const splits = ofOneChange(entries.map((_, i) => splitChange<string | null>(before[i], after[i])));
    const [{ before: rateBefore, after: rateAfter, change }] = splits;
    changes.push({
      month: monthText(lastMonth),
      against: monthText(month),
      before: rateBefore,
      after: rateAfter,
      change,
      by: splits.map(({ mix, rate, segments }, i) => ({
        cut: entries[i].name,
        mix,
        rate,
        segments: segments.map(({ value, mix, rate, total, rateBefore, rateAfter }) => ({
          value,
          mix,
          rate,
          total,
          rateBefore,
          rateAfter,
        })),
      })),
    });
  }
  return changes;
}
