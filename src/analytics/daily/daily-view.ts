import type { DuckDBConnection } from "@duckdb/node-api";
import { checkOptions, type OptionNames } from "../../arguments.js";
import { runWatched } from "../../database/duckdb/run-watched.js";
import { withDuckDB } from "../../database/duckdb/session.js";
import { invalidArgument } from "../../errors.js";
import { checkPath } from "../../files/check-path.js";
import { dayOf } from "../../history/windows/day-problem.js";
import { formatDate } from "../../table/dates.js";
import { dayOfDate } from "../query/sql-calendar.js";
import type { RecordedCorrection } from "./corrections.js";
import { readRecorded } from "./corrections.js";
import { A_DAY } from "./covered-days.js";
import { attachDailyFile, type FileDays, type Statements, storedDays } from "./daily-file.js";
import { COMPARISON_OPTIONS, comparisonOf, dayReport, neededFrom, RECENT_DAYS } from "./daily-report.js";
import type { DailyOptions, DailyReport } from "./daily-types.js";
import { dayRows } from "./day-rows.js";

/** Options of {@link dailyView}. */
export interface DailyViewOptions extends DailyOptions {
  /** The first day, such as `2026-02-03`. Default: four weeks up to `to`. */
  readonly from?: string | undefined;
  /** The last day. Default: the last of the file. */
  readonly to?: string | undefined;
}

/** Days of a file of daily figures. */
export interface DailyView {
  /** The first and the last day of the file. */
  readonly covered: { readonly from: string; readonly to: string };
  /** Each day from `from` to `to`. */
  readonly days: readonly Omit<DailyReport, "recentDays">[];
  /** What runs have corrected in these days. */
  readonly corrections: readonly RecordedCorrection[];
}

const OPTIONS: OptionNames<DailyViewOptions> = { ...COMPARISON_OPTIONS, from: "optional", to: "optional" };
const NAME = "dailyView";
const FILE = "daily_file";

/**
 * Reads days of a file that `extendDaily` wrote: the figures of each region and of the head office, what stands out against the
 * same weekdays before, and what was corrected.
 * @param path the file
 * @param options `from`, `to`: default the last four weeks of the file; see {@link DailyOptions}
 * @example
 * const { days, corrections } = await dailyView("daily.duckdb", { from: "2025-12-01", to: "2025-12-30" });
 * @throws HoldfastError for days that the file does not hold, and a file of another kind
 */
export async function dailyView(path: string, options: DailyViewOptions = {}): Promise<DailyView> {
  checkPath(NAME, "path", path);
  checkOptions(NAME, options, OPTIONS);
  const comparison = comparisonOf(NAME, options);
  const given = {
    from: options.from === undefined ? undefined : dayOf(NAME, "from", options.from, A_DAY),
    to: options.to === undefined ? undefined : dayOf(NAME, "to", options.to, A_DAY),
  };
  return withDuckDB(async (connection) => {
    const statements = statementsOf(connection);
    const covered = await attachDailyFile(statements, path, FILE);
    const to = within("to", given.to ?? covered.last, covered, options.to);
    const start = given.from ?? Math.max(covered.first, to - RECENT_DAYS + 1);
    const from = within("from", start, { first: covered.first, last: to }, options.from);
    const rows = await dayRows(statements, storedDays(FILE), neededFrom(from, comparison), to);
    const recorded = `(
      SELECT * REPLACE (${dayOfDate("run_day")} AS run_day, ${dayOfDate("day")} AS day) FROM ${FILE}.corrections
      WHERE ${dayOfDate("day")} BETWEEN ${from} AND ${to})`;
    return {
      covered: { from: formatDate(covered.first), to: formatDate(covered.last) },
      days: Array.from({ length: to - from + 1 }, (_, at) => dayReport(rows, from + at, comparison)),
      corrections: await readRecorded(statements, recorded),
    };
  });
}

function within(argument: string, day: number, { first, last }: FileDays, given: unknown): number {
  if (day >= first && day <= last) return day;
  const days = `${formatDate(first)} to ${formatDate(last)}`;
  return invalidArgument(NAME, argument, `must be a day of ${days}`, given);
}

function statementsOf(connection: DuckDBConnection): Statements {
  return {
    run: (sql, phase) => runWatched(connection, sql, phase, {}),
    async rows<Row>(sql: string): Promise<Row[]> {
      const result = await connection.runAndReadAll(sql);
      return result.getRowObjects().map((row) => {
        const plain = Object.entries(row).map(([name, value]) => [
          name,
          typeof value === "bigint" ? Number(value) : value,
        ]);
        return Object.fromEntries(plain) as Row;
      });
    },
  };
}
