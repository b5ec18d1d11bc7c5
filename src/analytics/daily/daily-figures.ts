import { checkOptions, type OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import type { History } from "../../history/history.js";
import type { LongWork } from "../../progress.js";
import { type FactsQuery, withFacts } from "../query/facts-query.js";
import { figureDays } from "./covered-days.js";
import { COMPARISON_OPTIONS, comparisonOf, dailyReport, neededFrom, RECENT_DAYS } from "./daily-report.js";
import type { DailyOptions, DailyReport, NoDailyReport } from "./daily-types.js";
import { dayRows } from "./day-rows.js";
import { figuresSql } from "./figures-sql.js";

/** Options of {@link dailyFigures}. */
export interface DailyFiguresOptions extends DailyOptions, LongWork {
  /** The day, such as `2026-02-03`. Default: the last day of the history with facts. */
  readonly day?: string | undefined;
  /** How many days `recentDays` has, up to the day. Default 28. */
  readonly lastDays?: number | undefined;
}

const OPTIONS: OptionNames<DailyFiguresOptions> = {
  ...COMPARISON_OPTIONS,
  day: "optional",
  lastDays: "optional",
  onProgress: "optional",
  signal: "optional",
};
const MOST_DAYS = 366;

/**
 * Joins, leaves, base and payments of a day by region and for the head office, against the same weekdays of the weeks before;
 * without a file, see `extendDaily` for one that a new day extends. Facts after the day, or known after it, are not counted.
 * @param options `day`: default the last day with facts; `lastDays`: default 28; see {@link DailyOptions}
 * @returns the figures; `{ missing }` with the reason where the history does not say who left
 * @example
 * const daily = await dailyFigures(history, { day: "2025-12-30" });
 * if (!("missing" in daily)) console.log(daily.headOffice.joins, daily.standsOut);
 * @throws HoldfastError for unknown options and a day that the history does not cover
 */
export async function dailyFigures(
  history: History,
  options: DailyFiguresOptions = {},
): Promise<DailyReport | NoDailyReport> {
  checkOptions("dailyFigures", options, OPTIONS);
  const comparison = comparisonOf("dailyFigures", options);
  const { lastDays = RECENT_DAYS } = options;
  if (!(Number.isInteger(lastDays) && lastDays >= 1 && lastDays <= MOST_DAYS))
    invalidArgument("dailyFigures", "lastDays", `must be a whole number from 1 to ${MOST_DAYS}`, lastDays);
  return withFacts("dailyFigures", history, options, async (query) => {
    const missing = missingOf(query);
    if (missing !== undefined) return { missing };
    const covered = await figureDays("dailyFigures", history, options.day);
    const from = Math.max(covered.from, neededFrom(covered.to, comparison, lastDays));
    await query.run(
      `CREATE TEMP TABLE daily_figures AS ${figuresSql(query, { ...covered, from })}`,
      "daily figures",
    );
    const rows = await dayRows(query, "daily_figures", from, covered.to);
    return dailyReport(rows, covered.to, comparison, lastDays);
  });
}

/** Why a history has no daily figures; undefined where it has. */
export function missingOf(query: FactsQuery): string | undefined {
  if (query.has("subscribers", "ended_on")) return undefined;
  return "subscribers has no column ended_on, without which neither leaves nor base are known";
}
