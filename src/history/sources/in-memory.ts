import { createDuckDBTable } from "../../database/duckdb/appender.js";
import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import { columnName } from "../../table/column-name.js";
import type { DeclaredColumn } from "../../table/grammar/column-plan.js";
import type { ReadingNote } from "../../table/grammar/column-reading.js";
import { tableFromRows } from "../../table/rows.js";
import { type Column, createTable, findColumn, type Table } from "../../table/table.js";
import type { FactDatabase } from "./fact-database.js";
import {
  DAYS,
  type FoundSource,
  type StoredColumn,
  type StoredFacts,
  type WantedColumns,
} from "./fact-source.js";

/** The facts of a source without columns: no rows. */
export const NO_FACTS: StoredFacts = { relation: "(SELECT 1 AS nothing WHERE false)", columns: [] };

/** A table in memory as a source. */
export function findTable(database: FactDatabase, argument: string, table: Table): FoundSource {
  return {
    label: table.source ?? "table",
    names: table.columns.map(({ name }) => name),
    isRepeatable: true,
    store: (relation, { names }) =>
      names.length === 0
        ? Promise.resolve(NO_FACTS)
        : storeTable(database, argument, relation, selectColumns(table, names)),
  };
}

/** Row objects as a source; where a row does not have a key, its value is missing. */
export function findRows(
  database: FactDatabase,
  argument: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): FoundSource {
  const keys = new Set<string>();
  for (const row of rows) for (const key of Object.keys(row)) keys.add(key);
  const names = [...keys];
  return {
    label: "rows",
    names: names.map(columnName),
    isRepeatable: true,
    findsKinds: true,
    store: async (relation, wanted) => {
      if (wanted.names.length === 0) return NO_FACTS;
      const needed = new Set(wanted.names);
      const keys = names.filter((name) => needed.has(columnName(name)));
      const localMidnights = keys.filter((key) => areLocalMidnights(rows, key)).map(columnName);
      const given = rows.map((row) => Object.fromEntries(keys.map((key) => [key, plainValue(row[key])])));
      const table = tableFromRows(given, { columns: declaredColumns(wanted) });
      const stored = await storeTable(database, argument, relation, selectColumns(table, wanted.names));
      return { ...stored, localMidnights };
    },
  };
}

/** Dates are instants: as texts with their time they fall on a day by the rules of all sources. */
function plainValue(value: unknown): unknown {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
}

/** Whether all dates of a column are midnight of this machine's time zone, and one is not midnight of UTC. */
function areLocalMidnights(rows: readonly Readonly<Record<string, unknown>>[], key: string): boolean {
  let isOther = false;
  for (const row of rows) {
    const value = row[key];
    if (!(value instanceof Date) || Number.isNaN(value.getTime())) continue;
    if (value.getHours() + value.getMinutes() + value.getSeconds() + value.getMilliseconds() !== 0)
      return false;
    isOther ||= value.getTime() % 86_400_000 !== 0;
  }
  return isOther;
}

/** Columns as readers are to read them: those that are kept as text. */
export function declaredColumns({ asText }: WantedColumns): Record<string, DeclaredColumn> {
  return Object.fromEntries([...asText].map((name) => [name, "text" as const]));
}

/** What was decided when a column was read. */
export function notesOf(column: Column): readonly ReadingNote[] {
  const notes = column.kind === "text" ? [] : (column.reading?.notes ?? []);
  return notes.filter(({ kind }) => kind === "markers" || kind === "markers-beside");
}

/** The name and type of a table's column in DuckDB. */
export function storedColumn({ name, kind, isDate }: ColumnSchema): StoredColumn {
  return { name, type: kind !== "numeric" ? "VARCHAR" : isDate ? DAYS : "DOUBLE" };
}

function selectColumns(table: Table, names: readonly string[]): Table {
  return createTable(names.flatMap((name) => findColumn(table, name) ?? []));
}

async function storeTable(
  database: FactDatabase,
  argument: string,
  relation: string,
  table: Table,
): Promise<StoredFacts> {
  const { rowCount } = table;
  const { signal } = database.work;
  const appender = await createDuckDBTable(database.session, relation, table.columns, { signal });
  await appender.append(table, (done) => {
    if (done < rowCount) database.pulse.report({ phase: `reading ${argument}`, done, total: rowCount });
  });
  appender.close();
  const columns = table.columns.map((column) =>
    storedColumn({
      name: column.name,
      kind: column.kind,
      isDate: column.kind === "numeric" && column.isDate === true,
    }),
  );
  return { relation: quoteIdentifier(relation), columns, rowCount, notes: table.columns.flatMap(notesOf) };
}
