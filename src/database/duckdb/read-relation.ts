import type { DuckDBConnection } from "@duckdb/node-api";
import { type LongWork, Pulse } from "../../progress.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import { byFirstAppearance, fetchColumns } from "./fetch-columns.js";
import type { FetchedColumn } from "./plan-columns.js";
import { quoteIdentifier } from "./session.js";

/** A column of a relation, and the kind that it becomes. */
export interface RelationColumn {
  readonly name: string;
  readonly kind: "numeric" | "categorical" | "text" | "date";
}

/** Reads a table of a DuckDB session whose columns have known kinds. */
export async function readRelation(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly RelationColumn[],
  work: LongWork = {},
): Promise<Table> {
  const counted = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${relation}`);
  const rowCount = Number(counted.getRows()[0][0]);
  const planned: FetchedColumn[] = [];
  try {
    for (const column of columns) planned.push(await plan(connection, relation, column));
    const data = await fetchColumns(connection, relation, planned, rowCount, new Pulse(work));
    return createTable(
      columns.map(({ name, kind }, i): Column => {
        const cells = data[i];
        if (Array.isArray(cells)) return { kind: "text", name, values: cells };
        if (cells instanceof Int32Array) {
          const { codes, texts } = byFirstAppearance(name, planned[i].texts ?? [], cells);
          return { kind: "categorical", name, codes, categories: texts };
        }
        return { kind: "numeric", name, values: cells, ...(kind === "date" ? { isDate: true } : {}) };
      }),
    );
  } finally {
    for (const { enumType } of planned)
      if (enumType !== undefined) await connection.run(`DROP TYPE ${enumType}`);
  }
}

async function plan(
  connection: DuckDBConnection,
  relation: string,
  { name, kind }: RelationColumn,
): Promise<FetchedColumn> {
  const column = quoteIdentifier(name);
  if (kind === "text") return { expression: column, holds: "text" };
  if (kind === "numeric")
    return { expression: `coalesce(${column}::DOUBLE, 'nan'::DOUBLE)`, holds: "numbers" };
  if (kind === "date") {
    const days = `(${column} - DATE '1970-01-01')::DOUBLE`;
    return { expression: `coalesce(${days}, 'nan'::DOUBLE)`, holds: "numbers", isDate: true };
  }
  const present = await connection.runAndReadAll(`SELECT count(${column}) > 0 FROM ${relation}`);
  if (present.getRows()[0][0] === false) return { expression: "(-1)::INTEGER", holds: "codes", texts: [] };
  const enumType = quoteIdentifier(`categories of ${name}`);
  await connection.run(
    `CREATE TEMP TYPE ${enumType} AS ENUM (SELECT DISTINCT ${column} FROM ${relation} WHERE ${column} IS NOT NULL)`,
  );
  const values = await connection.runAndReadAll(`SELECT unnest(enum_range(NULL::${enumType}))::VARCHAR`);
  return {
    expression: `coalesce(enum_code(${column}::${enumType})::INTEGER, -1)`,
    holds: "codes",
    enumType,
    texts: values.getRows().map(([value]) => String(value)),
  };
}
