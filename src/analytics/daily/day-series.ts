import { addMonths } from "../../table/calendar.js";
import type { StandOut } from "./daily-types.js";
import { type DayRow, headOfficeRows } from "./day-rows.js";

const MEASURES = ["joins", "leaves", "payments", "amount"] as const;
type Measure = (typeof MEASURES)[number];
const WEEK = 7;

/** A figure of a day with those that it is compared with. */
export interface FigureSeries extends Pick<StandOut, "of" | "region" | "measure"> {
  readonly value: number;
  readonly monthBefore: number | null;
  /** The days before by weekday, that of the day itself first. */
  readonly weekdays: readonly (readonly number[])[];
  /** How much a count of 1 is: 1, or the average payment, for which amounts are judged as counts of payments. */
  readonly unit: number;
}

/** The figures of the head office and of each region on a day. @param rows of the day and the days before it */
export function figureSeries(rows: readonly DayRow[], day: number, weeks: number): FigureSeries[] {
  const regions = byRegion(rows);
  const headOffice = { of: "head office" as const, region: null, days: headOfficeRows(rows) };
  // Of a single region the head office would say everything twice.
  const all =
    regions.size === 1
      ? [headOffice]
      : [headOffice, ...[...regions].map(([region, days]) => ({ of: "region" as const, region, days }))];
  const isBefore = (row: DayRow) => row.day < day && row.day >= day - weeks * WEEK;
  const average = averageOf(rows.filter(isBefore));
  return all.flatMap(({ of, region, days }) => {
    const before = days.filter(isBefore);
    return MEASURES.flatMap((measure): FigureSeries[] => {
      const value = valueOn(days, day, measure);
      if (value === null) return [];
      const monthBefore = valueOn(days, addMonths(day, -1), measure);
      const weekdays = byWeekday(before, day, measure);
      const unit = measure === "amount" ? averagePayment(before, average) : 1;
      return [{ of, region, measure, value, monthBefore, weekdays, unit }];
    });
  });
}

function byRegion(rows: readonly DayRow[]): Map<string | null, DayRow[]> {
  const regions = new Map<string | null, DayRow[]>();
  for (const row of rows) {
    const days = regions.get(row.region);
    if (days === undefined) regions.set(row.region, [row]);
    else days.push(row);
  }
  return regions;
}

function valueOn(days: readonly DayRow[], day: number, measure: Measure): number | null {
  return days.find((row) => row.day === day)?.[measure] ?? null;
}

function byWeekday(before: readonly DayRow[], day: number, measure: Measure): number[][] {
  const weekdays: number[][] = Array.from({ length: WEEK }, () => []);
  for (const row of before) {
    const value = row[measure];
    if (value !== null) weekdays[(day - row.day) % WEEK].push(value);
  }
  return weekdays;
}

/** So many payments of the average of all regions are added to those of a region, whose few may all be small. */
const ADDED_PAYMENTS = 20;

/** The average payment; 1 where the amounts are no positive sum. @param average that of all regions */
function averagePayment(before: readonly DayRow[], average: number): number {
  const sum = before.reduce((total, { amount }) => total + (amount ?? 0), 0);
  const count = before.reduce((total, { payments }) => total + (payments ?? 0), 0);
  const unit = (sum + ADDED_PAYMENTS * average) / (count + ADDED_PAYMENTS);
  return unit > 0 ? unit : 1;
}

/** The same of all regions together; 0 where there is none. */
function averageOf(rows: readonly DayRow[]): number {
  const sum = rows.reduce((total, { amount }) => total + (amount ?? 0), 0);
  const count = rows.reduce((total, { payments }) => total + (payments ?? 0), 0);
  return count > 0 ? Math.max(0, sum / count) : 0;
}
