import { createDuckDBTable } from "../../database/duckdb/appender.js";
import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import type { DeclaredKind } from "../../table/grammar/column-plan.js";
import { tableFromRows } from "../../table/rows.js";
import { createTable, findColumn, type Table } from "../../table/table.js";
import type { FactDatabase } from "./fact-database.js";
import { DAYS, type FoundSource, type StoredColumn, type StoredFacts } from "./fact-source.js";

/** The facts of a source without columns: no rows. */
export const NO_FACTS: StoredFacts = { relation: "(SELECT 1 AS nothing WHERE false)", columns: [] };

/** A table in memory as a source. */
export function findTable(database: FactDatabase, argument: string, table: Table): FoundSource {
  return {
    label: table.source ?? "table",
    names: table.columns.map(({ name }) => name),
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
    names,
    store: async (relation, { asText, names: wanted }) => {
      if (wanted.length === 0) return NO_FACTS;
      const columns = textKinds(names, asText);
      const table = tableFromRows(rows, { columns });
      return storeTable(database, argument, relation, selectColumns(table, wanted));
    },
  };
}

/** Declared kinds, as readers take them, for the columns that are to be kept as text. */
export function textKinds(
  names: readonly string[],
  asText: ReadonlySet<string>,
): Record<string, DeclaredKind> {
  return Object.fromEntries(names.filter((name) => asText.has(name)).map((name) => [name, "text"]));
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
  return { relation: quoteIdentifier(relation), columns, rowCount };
}
