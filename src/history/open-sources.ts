import { checkOptions, type OptionNames } from "../arguments.js";
import { type DuckDBSession, quoteIdentifier } from "../database/duckdb/session.js";
import { count, HoldfastError, invalidArgument, Problems } from "../errors.js";
import { didYouMean } from "../nearest-name.js";
import { printAsText } from "../printing/print-as-text.js";
import type { LongWork } from "../progress.js";
import { type CheckedFacts, checkFacts, type ProblemPolicy } from "./checks/check-facts.js";
import { PRINTED_HISTORY } from "./history-lines.js";
import type { FactTableReport, HistoryReport } from "./history-report.js";
import { checkSources } from "./sources/check-sources.js";
import { type DatabaseLimits, FactDatabase } from "./sources/fact-database.js";
import { asMapped, type HistorySources, type MappedSource, OPENED_BY } from "./sources/fact-source.js";
import { findSource } from "./sources/find-source.js";
import { sourcesInFolder } from "./sources/folder.js";
import { mapColumns, wantedOf } from "./sources/map-columns.js";
import { checkNumbers, type FactPlan, planColumns } from "./sources/plan-columns.js";
import {
  FACT_TABLE_NAMES,
  type FactColumn,
  type FactTableName,
  type HistorySchema,
  standardTable,
} from "./standard-tables.js";

/** How a history is opened. */
export interface OpenSourcesOptions extends LongWork, DatabaseLimits {
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
}

const OPTIONS: OptionNames<OpenSourcesOptions> = {
  onProblems: "optional",
  check: "optional",
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
  if (typeof sources !== "string") checkSources(sources);
  const folder = typeof sources === "string" ? await sourcesInFolder(sources) : { sources, ignoredFiles: [] };
  const given = givenSources(folder.sources);
  const database = await FactDatabase.open(options, options);
  const { session } = database;
  try {
    const plans = await readSources(database, given, check);
    const tables = await checkTables(database, plans, check ? onProblems : undefined);
    const schema = Object.fromEntries(plans.map(({ table, columns }) => [table.name, columns.map(schemaOf)]));
    const report = { tables, ignoredFiles: folder.ignoredFiles, isChecked: check };
    const history: OpenedHistory = { session, schema, report, close: () => session.close() };
    return printAsText(history, PRINTED_HISTORY);
  } catch (error) {
    session.close();
    throw error;
  }
}

function schemaOf({ name, kind, isAbsent }: FactColumn): FactColumn {
  return isAbsent ? { name, kind, isAbsent } : { name, kind };
}

/** In the order of the standard tables, the subscribers first. */
function givenSources(sources: HistorySources): [FactTableName, MappedSource][] {
  return FACT_TABLE_NAMES.flatMap((name): [FactTableName, MappedSource][] => {
    const source = sources[name];
    return source === undefined ? [] : [[name, asMapped(source)]];
  });
}

/** Creates a relation for each source. All problems with files, columns and types are thrown together. */
async function readSources(
  database: FactDatabase,
  given: readonly (readonly [FactTableName, MappedSource])[],
  check: boolean,
): Promise<FactPlan[]> {
  const problems = new Problems();
  let cause: unknown;
  const plans: FactPlan[] = [];
  for (const [name, mapped] of given) {
    try {
      const plan = await readSource(database, name, mapped, problems);
      if (plan !== undefined && check) await checkNumbers(database, plan, problems);
      if (plan !== undefined) plans.push(plan);
    } catch (error) {
      if (!(error instanceof HoldfastError) || !/^(?:argument|data)\./.test(error.code)) throw error;
      cause ??= error.cause;
      // Readers name themselves and the file; the caller needs the table and the function they called.
      for (const { path, ...problem } of error.problems) {
        problems.add({ ...problem, path: { argument: name, ...path, function: OPENED_BY } });
      }
    }
  }
  if (problems.count > 0) {
    throw new HoldfastError(problems.list, problems.count, cause === undefined ? {} : { cause });
  }
  return plans;
}

/** Undefined when there are problems with its columns. */
async function readSource(
  database: FactDatabase,
  name: FactTableName,
  mapped: MappedSource,
  problems: Problems,
): Promise<FactPlan | undefined> {
  const table = standardTable(name);
  const found = await findSource(database, name, mapped);
  const before = problems.count;
  const columns = mapColumns(table, found, mapped.columns ?? {}, problems);
  if (problems.count > before) return undefined;
  const stored = await found.store(`${table.relation}_as_given`, wantedOf(columns));
  const plan = await planColumns(database, table, found.label, found.names, columns, stored, problems);
  const { rowCount = 1 } = stored;
  database.pulse.report({ phase: `reading ${name}`, done: rowCount, total: rowCount });
  return problems.count > before ? undefined : plan;
}

/** Creates the relation of each table from the rows that are kept. */
async function checkTables(
  database: FactDatabase,
  plans: readonly FactPlan[],
  policy: ProblemPolicy | undefined,
): Promise<HistoryReport["tables"]> {
  const refused = new Problems();
  const reports: [FactTableName, FactTableReport][] = [];
  for (const [i, plan] of plans.entries()) {
    const checked: CheckedFacts =
      policy === undefined
        ? await uncheckedFacts(database, plan)
        : await checkFacts(database, plan, policy, refused);
    const { relation, ...counts } = checked;
    const { table, label, ignoredColumns } = plan;
    if (table.name === "subscribers" && counts.rowsKept === 0) throw noSubscribers(label, counts.rowsRead);
    const columns = plan.columns.map(({ name }) => quoteIdentifier(name)).join(", ");
    await database.run(`CREATE VIEW ${table.relation} AS SELECT ${columns} FROM ${relation}`, {
      file: label,
    });
    reports.push([table.name, { source: label, ignoredColumns, ...counts }]);
    database.pulse.report({ phase: "checking history", done: i + 1, total: plans.length });
  }
  refused.throwIfAny();
  return Object.fromEntries(reports);
}

async function uncheckedFacts(database: FactDatabase, { relation, label }: FactPlan): Promise<CheckedFacts> {
  const [[counted]] = await database.rows(`SELECT count(*)::DOUBLE FROM ${relation}`, { file: label });
  const rows = Number(counted);
  return { relation, rowsRead: rows, rowsKept: rows, problems: [] };
}

function noSubscribers(label: string, rowsRead: number): HoldfastError {
  const wrong = rowsRead === 1 ? "its only row is wrong" : `all ${count(rowsRead, "row")} are wrong`;
  const expected =
    rowsRead === 0 ? "must have rows, this source has no rows" : `must have correct rows, ${wrong}`;
  return new HoldfastError({
    code: "data.empty",
    path: { function: OPENED_BY, file: label, argument: "subscribers" },
    expected,
    received: undefined,
  });
}
