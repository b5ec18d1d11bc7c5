import { checkOptions, checkTexts, type OptionNames, optionProblems } from "../arguments.js";
import { type DuckDBSession, quoteIdentifier } from "../database/duckdb/session.js";
import { argumentProblem, count, HoldfastError, invalidArgument, Problems } from "../errors.js";
import { didYouMean } from "../nearest-name.js";
import { printAsText } from "../printing/print-as-text.js";
import type { LongWork } from "../progress.js";
import { CELL_FORMAT_OPTIONS } from "../table/grammar/cell-format.js";
import { cellFormatProblems } from "../table/grammar/check-cell-format.js";
import { type CheckedFacts, checkFacts, type ProblemPolicy } from "./checks/check-facts.js";
import { spansOf } from "./followed-until.js";
import { PRINTED_HISTORY } from "./report/history-lines.js";
import type { FactTableReport, HistoryReport } from "./report/history-report.js";
import { type TableReports, withSpans } from "./report/report-spans.js";
import type { TableSpan } from "./report/table-span.js";
import { checkSources } from "./sources/check-sources.js";
import { type DatabaseLimits, databaseError, FactDatabase } from "./sources/fact-database.js";
import type { FactPlan } from "./sources/fact-plan.js";
import {
  type AbsentMonths,
  asMapped,
  type HistorySources,
  type MappedSource,
  OPENED_BY,
} from "./sources/fact-source.js";
import { sourcesInFolder } from "./sources/folder.js";
import { operatorZone } from "./sources/operator-zone.js";
import { readSources } from "./sources/read-sources.js";
import { formatsOf, type HistoryFormats } from "./sources/source-mapping.js";
import {
  FACT_TABLE_NAMES,
  type FactColumn,
  type FactTableName,
  type HistorySchema,
} from "./standard-tables.js";
import { dayOf } from "./windows/day-problem.js";

/**
 * How a history is opened, and how the cells of all its sources are written. `timeZone` is the operator's: times with an
 * offset, JavaScript dates and timestamps fall on its days and months, and times without an offset are its own. Default: the
 * zone that the sources name, else UTC.
 */
export interface OpenSourcesOptions extends LongWork, DatabaseLimits, HistoryFormats {
  /**
   * What to do about facts that are wrong or contradict each other: `"refuse"` (default) throws one error with all of them,
   * `"drop"` leaves them out and counts them in the report. Of rows that contradict each other the first one is kept.
   */
  readonly onProblems?: ProblemPolicy | undefined;
  /**
   * Whether the facts are checked before they are used. Default true. Use false only for sources that are known to be
   * correct: then a cell that cannot be read is missing, and rows that repeat or overlap are all used.
   */
  readonly check?: boolean | undefined;
  /**
   * What a month without a row of usage or billing says of an active subscriber, where the table has rows of that month and,
   * by their `known_at`, none may still come: `"zero"` (default), no use and no bill, or `"unknown"`, nothing.
   */
  readonly absentMonths?: AbsentMonths | undefined;
  /** Columns that are not read, by the sources' own names. Default: none. */
  readonly exclude?: readonly string[] | undefined;
  /** The newest day that a fact can have, such as `2026-11-29`; later facts are problems. Default: the present day. */
  readonly today?: string | undefined;
}

const OPTIONS: OptionNames<OpenSourcesOptions> = {
  onProblems: "optional",
  check: "optional",
  absentMonths: "optional",
  today: "optional",
  exclude: "optional",
  columns: "optional",
  ...CELL_FORMAT_OPTIONS,
  memoryLimit: "optional",
  threads: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** A history whose facts are in a database, in the form of the standard tables. */
export interface OpenedHistory {
  /** Holds one relation per table of {@link HistorySchema}. */
  readonly session: DuckDBSession;
  readonly schema: HistorySchema;
  readonly report: HistoryReport;
  readonly newestDay: number;
  readonly spans: ReadonlyMap<FactTableName, TableSpan>;
  /** Closes the database. */
  close(): void;
}

/**
 * Brings the sources of a history into one database: Parquet files and DuckDB queries are read where they are by every
 * query, everything else is copied into it once.
 * @param sources a source for each table, or a folder of files with the names of the tables.
 * @throws HoldfastError for unknown options and what is no source, with every missing column, wrong type and unreadable file of all tables, or else, when problems
 * are refused, with every kind of wrong fact, its count and examples.
 */
export async function openSources(
  sources: HistorySources | string,
  options: OpenSourcesOptions = {},
): Promise<OpenedHistory> {
  checkOptions(OPENED_BY, options, OPTIONS);
  const { onProblems = "refuse", check = true } = options;
  if (onProblems !== "refuse" && onProblems !== "drop") {
    const hint = typeof onProblems === "string" ? didYouMean(onProblems, ["refuse", "drop"]) : undefined;
    invalidArgument(OPENED_BY, "onProblems", 'must be "refuse" or "drop"', onProblems, hint);
  }
  if (typeof check !== "boolean") invalidArgument(OPENED_BY, "check", "must be true or false", check);
  checkFormats(options);
  if (typeof sources !== "string") checkSources(sources);
  const newestDay = newestDayOf(options.today);
  const folder = typeof sources === "string" ? await sourcesInFolder(sources) : { sources, ignoredFiles: [] };
  const given = givenSources(folder.sources);
  const database = await FactDatabase.open(options, options);
  const { session } = database;
  try {
    const refused = new Problems();
    const zone = operatorZone(options.timeZone, formatsOf(given, options), refused);
    const plans = await readSources(database, given, { options, zone, isChecked: check });
    const policy = check ? onProblems : undefined;
    const tables = await checkTables(database, plans, policy, newestDay, refused);
    const schema = Object.fromEntries(
      plans.map(({ table, columns }) => {
        const absentMonths =
          given.find(([name]) => name === table.name)?.[1].absentMonths ?? options.absentMonths;
        return [table.name, columns.map((column) => schemaOf(column, absentMonths))];
      }),
    );
    const about = { ignoredFiles: folder.ignoredFiles, isChecked: check, timeZone: zone ?? "UTC" };
    const spans = await spansOf({ session, schema, newestDay });
    const opened = { session, schema, newestDay, spans };
    const report = { ...(await withSpans(opened, tables)), ...about };
    const history: OpenedHistory = { ...opened, report, close: () => session.close() };
    return printAsText(history, PRINTED_HISTORY);
  } catch (error) {
    session.close();
    throw databaseError(error, {});
  }
}

function schemaOf({ name, kind, isAbsent }: FactColumn, absentMonths: AbsentMonths | undefined): FactColumn {
  if (kind === "month" && absentMonths === "unknown") return { name, kind, absentMonths };
  return isAbsent ? { name, kind, isAbsent } : { name, kind };
}

/** The newest day that a fact can have: today, or tomorrow where it is tomorrow already. */
function newestDayOf(today: string | undefined): number {
  if (today === undefined) return Math.floor(Date.now() / 86_400_000) + 1;
  return dayOf(OPENED_BY, "today", today, "must be a day such as 2026-11-29");
}

/** @throws HoldfastError with all that is wrong with how cells are written. */
function checkFormats(options: OpenSourcesOptions): void {
  const { columns, absentMonths, exclude } = options;
  if (exclude !== undefined) checkTexts(OPENED_BY, "exclude", exclude);
  const problems = new Problems();
  problems.add(...cellFormatProblems(OPENED_BY, "", options));
  if (columns !== undefined && (typeof columns !== "object" || columns === null || Array.isArray(columns))) {
    const expected = "must be an object of columns and how their cells are written";
    problems.add(argumentProblem(OPENED_BY, "columns", expected, columns));
  } else {
    for (const [name, format] of Object.entries(columns ?? {})) {
      const place = `columns.${name}`;
      const wrong = optionProblems(OPENED_BY, format, CELL_FORMAT_OPTIONS, place);
      problems.add(...(wrong.length > 0 ? wrong : cellFormatProblems(OPENED_BY, place, format, true)));
    }
  }
  if (absentMonths !== undefined && absentMonths !== "zero" && absentMonths !== "unknown") {
    problems.add(argumentProblem(OPENED_BY, "absentMonths", 'must be "zero" or "unknown"', absentMonths));
  }
  problems.throwIfAny();
}

/** In the order of the standard tables, the subscribers first. */
function givenSources(sources: HistorySources): [FactTableName, MappedSource][] {
  return FACT_TABLE_NAMES.flatMap((name): [FactTableName, MappedSource][] => {
    const source = sources[name];
    return source === undefined ? [] : [[name, asMapped(source)]];
  });
}

/** Creates the relation of each table from the rows that are kept. */
async function checkTables(
  database: FactDatabase,
  plans: readonly FactPlan[],
  policy: ProblemPolicy | undefined,
  newestDay: number,
  refused: Problems,
): Promise<TableReports> {
  const reports: [FactTableName, Omit<FactTableReport, "first" | "last">][] = [];
  for (const [i, plan] of plans.entries()) {
    const checked: CheckedFacts =
      policy === undefined
        ? await uncheckedFacts(database, plan)
        : await checkFacts(database, plan, policy, newestDay, refused);
    const { relation, notes, ...counts } = checked;
    const { table, label, ignoredColumns } = plan;
    if (table.name === "subscribers" && counts.rowsKept === 0) throw noSubscribers(label, counts);
    const columns = plan.columns.map(({ name }) => quoteIdentifier(name)).join(", ");
    const place = { file: label, argument: table.name };
    await database.run(`CREATE VIEW ${table.relation} AS SELECT ${columns} FROM ${relation}`, place);
    reports.push([
      table.name,
      { source: label, ignoredColumns, ...counts, notes: [...plan.notes, ...notes] },
    ]);
    database.pulse.report({ phase: "checking history", done: i + 1, total: plans.length });
  }
  refused.throwIfAny();
  return Object.fromEntries(reports);
}

async function uncheckedFacts(
  database: FactDatabase,
  { relation, label, table }: FactPlan,
): Promise<CheckedFacts> {
  const place = { file: label, argument: table.name };
  const [[counted]] = await database.rows(`SELECT count(*)::DOUBLE FROM ${relation}`, place);
  const rows = Number(counted);
  return { relation, rowsRead: rows, rowsKept: rows, problems: [], notes: [] };
}

function noSubscribers(
  label: string,
  { rowsRead, problems }: Pick<FactTableReport, "rowsRead" | "problems">,
): HoldfastError {
  const wrong = rowsRead === 1 ? "its only row is wrong" : `all ${count(rowsRead, "row")} are wrong`;
  const expected =
    rowsRead === 0 ? "must have rows, this source has no rows" : `must have correct rows, ${wrong}`;
  return new HoldfastError({
    code: "data.empty",
    path: { function: OPENED_BY, file: label, argument: "subscribers" },
    expected,
    received: problems.length === 0 ? undefined : problems.map(({ kind, rows }) => `${kind}: ${rows}`),
  });
}
