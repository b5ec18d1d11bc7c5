import { randomUUID } from "node:crypto";
import { checkOptions, type OptionNames } from "../../arguments.js";
import { HoldfastError, invalidArgument } from "../../errors.js";
import { checkPath } from "../../files/check-path.js";
import { removeLeftoversOf } from "../../files/leftovers.js";
import { statOf } from "../../files/stat-of.js";
import { beginWhole, type WholeFile } from "../../files/whole-file.js";
import type { History } from "../../history/history.js";
import type { LongWork } from "../../progress.js";
import { formatDate } from "../../table/dates.js";
import { type FactsQuery, withFacts } from "../query/facts-query.js";
import { correctionsSql, readCorrections } from "./corrections.js";
import { figureDays } from "./covered-days.js";
import { missingOf } from "./daily-figures.js";
import { attachDailyFile, type FileDays, PHASE, storedDays } from "./daily-file.js";
import { COMPARISON_OPTIONS, comparisonOf, dailyReport, neededFrom } from "./daily-report.js";
import type { DailyCorrection, DailyOptions, DailyReport } from "./daily-types.js";
import { type DayRow, dayRows } from "./day-rows.js";
import { type FigureDays, figuresSql } from "./figures-sql.js";
import { lockTarget } from "./lock-target.js";
import type { Comparison } from "./stands-out.js";
import { writeDailyFile } from "./write-daily-file.js";

/** Options of {@link extendDaily}. */
export interface ExtendDailyOptions extends DailyOptions, LongWork {
  /** The day, such as `2026-02-03`. Default: the last day of the history with facts. */
  readonly day?: string | undefined;
}

/** A day of a file of daily figures, and what this run has changed in the file. */
export interface ExtendedDaily extends DailyReport {
  /** Whether this run has added the day; false where the file had it. */
  readonly isNew: boolean;
  /** Whether this run has made the file. */
  readonly isFirst: boolean;
  /** The days that this run has added, from the first to the last; null for none. Days of the file lie between them where it now begins earlier. */
  readonly added: { readonly from: string; readonly to: string; readonly days: number } | null;
  /** Figures of days of the file that facts have changed which became known since. */
  readonly corrected: readonly DailyCorrection[];
}

const OPTIONS: OptionNames<ExtendDailyOptions> = {
  ...COMPARISON_OPTIONS,
  day: "optional",
  onProgress: "optional",
  signal: "optional",
};
const NAME = "extendDaily";
const FIGURES = "daily_figures";
const CORRECTIONS = "daily_corrections";

/**
 * Extends a file of daily figures (joins, leaves, base and payments of each region and day) by the days up to one, or makes it:
 * then from the first day that the history covers. Each day is counted once, however often it is run: the same facts change
 * nothing, not even the file. Facts of earlier days that became known since correct those days; `corrected` has them, and so
 * has the table `corrections` of the file. Days before the first that the history covers stay as they are. A day before the
 * last of the file is only read from it.
 *
 * The file is written whole or not at all, by one job at a time. It is a DuckDB file with the tables `region_days` and
 * `corrections`, and the view `head_office_days`.
 * @param path the file
 * @param options `day`: default the last day with facts; see {@link DailyOptions}
 * @example
 * const { headOffice, corrected, standsOut } = await extendDaily(history, "daily.duckdb", { day: "2025-12-30" });
 * @throws HoldfastError for a day that the history does not cover, a history that does not follow on the file, a file of another
 * kind, and `resource.busy` where another job writes it.
 */
export async function extendDaily(
  history: History,
  path: string,
  options: ExtendDailyOptions = {},
): Promise<ExtendedDaily> {
  checkPath(NAME, "path", path);
  checkOptions(NAME, options, OPTIONS);
  const comparison = comparisonOf(NAME, options);
  return withFacts(NAME, history, options, async (query) => {
    const expected = missingOf(query);
    if (expected !== undefined) {
      const where = { function: NAME, argument: "history" };
      throw new HoldfastError({ code: "data.missing-column", path: where, expected, received: undefined });
    }
    const days = await figureDays(NAME, history, options.day);
    const whole = await beginWhole(path);
    const unlock = await lockTarget(whole.target);
    try {
      await removeLeftoversOf(whole.target, true);
      return await new Extension(query, whole, days, comparison).run();
    } finally {
      await unlock();
    }
  });
}

/** One run, with the lock. */
class Extension {
  /** Names that no other run in the same database has. */
  private readonly suffix = randomUUID().replaceAll("-", "");
  private readonly before = `before_${this.suffix}`;
  private readonly after = `after_${this.suffix}`;

  constructor(
    private readonly query: FactsQuery,
    private readonly whole: WholeFile,
    private readonly days: FigureDays,
    private readonly comparison: Comparison,
  ) {}

  async run(): Promise<ExtendedDaily> {
    const { query, before } = this;
    if (statOf(this.whole.target) === undefined) return this.extend(undefined);
    const was = await attachDailyFile(query, this.whole.target, before);
    try {
      const { to } = this.days;
      if (to > was.last) this.checkFollows(was);
      if (to >= was.last) return await this.extend(was);
      if (to < was.first)
        invalidArgument(
          NAME,
          "day",
          `must not lie before the file, which begins on ${formatDate(was.first)}`,
          formatDate(to),
        );
      return this.result(await this.rows(storedDays(before)), {
        isNew: false,
        isFirst: false,
        added: null,
        corrected: [],
      });
    } finally {
      await query.run(`DETACH ${before}`, PHASE).catch(() => {});
    }
  }

  private async extend(was: FileDays | undefined): Promise<ExtendedDaily> {
    const { query, whole, days, before } = this;
    const { from, to } = days;
    await query.run(`CREATE TEMP TABLE ${FIGURES} AS ${figuresSql(query, days)}`, "daily figures");
    const compared =
      was === undefined
        ? correctionsSql(FIGURES, FIGURES, from, from - 1)
        : correctionsSql(storedDays(before), FIGURES, Math.max(from, was.first), was.last);
    await query.run(`CREATE TEMP TABLE ${CORRECTIONS} AS ${compared}`, "corrections");
    const corrected = await readCorrections(query, CORRECTIONS);
    const added = addedDays(was, days);
    if (added !== null || corrected.length > 0) {
      const first = was === undefined ? from : Math.min(from, was.first);
      const content = { figures: FIGURES, corrections: CORRECTIONS, days, first };
      await writeDailyFile(
        query,
        whole,
        this.after,
        was === undefined ? content : { ...content, was: before },
      );
    }
    const kept =
      was === undefined ? "" : ` UNION ALL SELECT * FROM ${storedDays(before)} WHERE day < ${from}`;
    const rows = await this.rows(`(SELECT * FROM ${FIGURES}${kept})`);
    const isNew = was === undefined || to > was.last;
    return this.result(rows, { isNew, isFirst: was === undefined, added, corrected });
  }

  private checkFollows({ last }: FileDays): void {
    if (this.days.from <= last + 1) return;
    const expected = `must cover the days from ${formatDate(last + 1)} on, with which the file goes on`;
    const hint = `it begins on ${formatDate(this.days.from)}`;
    invalidArgument(NAME, "history", expected, undefined, hint);
  }

  private rows(relation: string): Promise<DayRow[]> {
    const { to } = this.days;
    return dayRows(this.query, relation, neededFrom(to, this.comparison), to);
  }

  private result(
    rows: readonly DayRow[],
    { isNew, isFirst, added, corrected }: Omit<ExtendedDaily, keyof DailyReport>,
  ): ExtendedDaily {
    const { day, ...report } = dailyReport(rows, this.days.to, this.comparison);
    return { day, isNew, isFirst, added, ...report, corrected };
  }
}

function addedDays(was: FileDays | undefined, { from, to }: FigureDays): ExtendedDaily["added"] {
  if (was === undefined) return { from: formatDate(from), to: formatDate(to), days: to - from + 1 };
  const earlier = Math.max(0, was.first - from);
  const later = to - was.last;
  if (earlier + later === 0) return null;
  return {
    from: formatDate(earlier > 0 ? from : was.last + 1),
    to: formatDate(later > 0 ? to : was.first - 1),
    days: earlier + later,
  };
}
