import type { OptionNames } from "../../arguments.js";
import { argumentProblem, HoldfastError, type Problem } from "../../errors.js";
import type { DailyOptions, DailyReport } from "./daily-types.js";
import { type DayRow, headOfficeDayOf, headOfficeRows, regionDayOf } from "./day-rows.js";
import { type Comparison, standsOut } from "./stands-out.js";

/** The options by which days are compared. */
export const COMPARISON_OPTIONS = {
  weeks: "optional",
  falseDiscoveryRate: "optional",
} as const satisfies OptionNames<DailyOptions>;

const USUAL_WEEKS = 8;
const LEAST_WEEKS = 4;
const MOST_WEEKS = 53;
const USUAL_RATE = 0.05;
/** Days of the head office that a report shows. */
export const RECENT_DAYS = 28;

/** @throws HoldfastError for weeks and rates that are none. */
export function comparisonOf(functionName: string, options: DailyOptions): Comparison {
  const { weeks = USUAL_WEEKS, falseDiscoveryRate = USUAL_RATE } = options;
  const problems: Problem[] = [];
  if (!(Number.isInteger(weeks) && weeks >= LEAST_WEEKS && weeks <= MOST_WEEKS)) {
    const expected = `must be a whole number from ${LEAST_WEEKS} to ${MOST_WEEKS}`;
    problems.push(argumentProblem(functionName, "weeks", expected, weeks));
  }
  if (!(typeof falseDiscoveryRate === "number" && falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) {
    const expected = "must be a share above 0 and below 1";
    problems.push(argumentProblem(functionName, "falseDiscoveryRate", expected, falseDiscoveryRate));
  }
  if (problems.length > 0) throw new HoldfastError(problems);
  return { weeks, falseDiscoveryRate };
}

const LONGEST_MONTH = 31;

/** The first day whose rows a report about a day needs. */
export function neededFrom(day: number, { weeks }: Comparison, recentDays = RECENT_DAYS): number {
  return day - Math.max(weeks * 7, LONGEST_MONTH, recentDays - 1);
}

/** The report about a day. @param rows of the day and those before it, see {@link neededFrom}; by day and region */
export function dailyReport(
  rows: readonly DayRow[],
  day: number,
  comparison: Comparison,
  recentDays = RECENT_DAYS,
): DailyReport {
  const recent = headOfficeRows(rows)
    .filter((row) => row.day <= day && row.day > day - recentDays)
    .map(headOfficeDayOf);
  return {
    ...dayReport(rows, day, comparison),
    recentDays: recent,
  };
}

/** The same without the days before it. */
export function dayReport(
  rows: readonly DayRow[],
  day: number,
  comparison: Comparison,
): Omit<DailyReport, "recentDays"> {
  const ofDay = rows.filter((row) => row.day === day);
  const [sum = noFigures(day)] = headOfficeRows(ofDay);
  const headOffice = headOfficeDayOf(sum);
  const found = standsOut(rows, day, comparison);
  const { falseDiscoveryRate } = comparison;
  return { day: headOffice.day, regions: ofDay.map(regionDayOf), headOffice, ...found, falseDiscoveryRate };
}

function noFigures(day: number): DayRow {
  return { region: null, day, joins: 0, leaves: 0, base: 0, payments: null, amount: null };
}
