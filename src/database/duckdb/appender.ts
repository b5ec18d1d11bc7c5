import type { LongWork } from "../../progress.js";
import { Pulse } from "../../progress.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import { type Column, cellOf, type Table } from "../../table/table.js";
import { type DuckDBSession, quoteIdentifier } from "./session.js";

/** The most rows that a DuckDB data chunk holds. */
const VECTOR_ROWS = 2048;

/** A table of DuckDB that rows are appended to. */
export interface DuckDBAppender {
  /** Adds the rows of a table that has the appender's columns, in the same order. */
  append(table: Table, onRows?: (appended: number) => void): Promise<void>;
  /** Makes the rows visible; nothing can be added afterwards. */
  close(): void;
}

/** Creates a table in DuckDB: numbers and days as DOUBLE, categories and text as VARCHAR, missing as NULL. */
export async function createDuckDBTable(
  { connection, duckdb }: Pick<DuckDBSession, "connection" | "duckdb">,
  relation: string,
  columns: readonly Pick<ColumnSchema, "name" | "kind">[],
  work: LongWork = {},
): Promise<DuckDBAppender> {
  const pulse = new Pulse(work);
  const types = columns.map(({ kind }) => (kind === "numeric" ? duckdb.DOUBLE : duckdb.VARCHAR));
  const definitions = columns.map(({ name }, i) => `${quoteIdentifier(name)} ${types[i]}`);
  await connection.run(`CREATE TABLE ${quoteIdentifier(relation)} (${definitions.join(", ")})`);
  const appender = await connection.createAppender(relation);
  return {
    async append(table, onRows) {
      for (let start = 0; start < table.rowCount; start += VECTOR_ROWS) {
        const count = Math.min(VECTOR_ROWS, table.rowCount - start);
        const chunk = duckdb.DuckDBDataChunk.create(types, count);
        table.columns.forEach((column, i) => {
          const vector = chunk.getColumnVector(i);
          if (!setWhole(vector, column, start, count)) {
            for (let k = 0; k < count; k++) vector.setItem(k, cellOf(column, start + k));
          }
          vector.flush();
        });
        appender.appendDataChunk(chunk);
        onRows?.(start + count);
        await pulse.beat();
      }
    },
    close: () => appender.closeSync(),
  };
}

/**
 * Copies numbers at once, where none is missing and the vector has its values as an array, which its types do not promise:
 * one by one takes three times as long.
 */
function setWhole(vector: object, column: Column, start: number, count: number): boolean {
  const items = "items" in vector ? vector.items : undefined;
  if (column.kind !== "numeric" || !(items instanceof Float64Array) || items.length < count) return false;
  if (!(column.values instanceof Float64Array)) return false;
  const { values } = column;
  if (values.length < start + count) return false;
  for (let k = 0; k < count; k++) {
    const value = values[start + k];
    if (Number.isNaN(value)) return false;
    items[k] = value;
  }
  return true;
}
