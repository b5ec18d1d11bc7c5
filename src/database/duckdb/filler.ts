import type { DuckDBAppender, DuckDBVector } from "@duckdb/node-api";
import type { ColumnSchema } from "../../table/chunk-column.js";
import { type Column, cellOf, type Table } from "../../table/table.js";
import { type DuckDBSession, loadBindings, quoteIdentifier, quoteLiteral } from "./session.js";

/** The most rows that a DuckDB data chunk holds. */
const VECTOR_ROWS = 2048;

/**
 * Appends many rows to a table of DuckDB, column by column: numbers by copying whole vectors, categories as codes, which
 * {@link expressionOf} turns back into texts.
 */
export class DuckDBFiller {
  rowCount = 0;
  /** For each column, the codes of its categories by text. */
  private readonly texts: Map<string, number>[];

  private constructor(
    /** The table. */
    readonly relation: string,
    private readonly session: DuckDBSession,
    private readonly bindings: Awaited<ReturnType<typeof loadBindings>>,
    private readonly columns: readonly ColumnSchema[],
    private readonly appender: DuckDBAppender,
  ) {
    this.texts = columns.map(() => new Map());
  }

  static async create(
    session: DuckDBSession,
    relation: string,
    columns: readonly ColumnSchema[],
  ): Promise<DuckDBFiller> {
    const { connection } = session;
    const definitions = columns.map(({ kind }, c) => `c${c} ${SQL_TYPES[kind]}`);
    await connection.run(`CREATE TABLE ${quoteIdentifier(relation)} (${definitions.join(", ")})`);
    return new DuckDBFiller(
      relation,
      session,
      await loadBindings(),
      columns,
      await connection.createAppender(relation),
    );
  }

  append(table: Table): void {
    const { duckdb } = this.session;
    const types = this.columns.map(({ kind }) => {
      if (kind === "numeric") return duckdb.DOUBLE;
      return kind === "categorical" ? duckdb.INTEGER : duckdb.VARCHAR;
    });
    const numbersOfCodes = table.columns.map((column, c) => this.numbersOfCodes(column, c));
    for (let from = 0; from < table.rowCount; from += VECTOR_ROWS) {
      const count = Math.min(VECTOR_ROWS, table.rowCount - from);
      const chunk = duckdb.DuckDBDataChunk.create(types, count);
      table.columns.forEach((column, c) => {
        const numbers = numbersOfCodes[c];
        if (column.kind === "numeric" && !hasMissing(column.values, from, count)) {
          const vector = this.bindings.data_chunk_get_vector(chunk.chunk, c);
          copy(this.bindings, vector, column.values.subarray(from, from + count));
        } else if (column.kind === "categorical" && numbers !== undefined) {
          fill(chunk.getColumnVector(c), count, (k) => {
            const code = column.codes[from + k];
            return code < 0 ? null : numbers[code];
          });
        } else if (column.kind === "text" && !column.values.includes(null)) {
          const vector = this.bindings.data_chunk_get_vector(chunk.chunk, c);
          for (let k = 0; k < count; k++) {
            this.bindings.vector_assign_string_element(vector, k, column.values[from + k] as string);
          }
        } else {
          fill(chunk.getColumnVector(c), count, (k) => cellOf(column, from + k));
        }
      });
      this.appender.appendDataChunk(chunk);
    }
    this.rowCount += table.rowCount;
  }

  /** Makes the rows visible; nothing can be added afterwards. */
  close(): void {
    this.appender.closeSync();
  }

  /** SQL for the cells of a column as they were appended. */
  expressionOf(column: number): string {
    const cell = `c${column}`;
    if (this.columns[column].kind !== "categorical") return cell;
    const texts = [...this.texts[column].keys()].map(quoteLiteral);
    return texts.length === 0 ? "NULL::VARCHAR" : `([${texts.join(", ")}])[${cell} + 1]`;
  }

  private numbersOfCodes(column: Column, c: number): number[] | undefined {
    if (column.kind !== "categorical") return undefined;
    const known = this.texts[c];
    return column.categories.map((text) => {
      const number = known.get(text) ?? known.size;
      known.set(text, number);
      return number;
    });
  }
}

const SQL_TYPES: Readonly<Record<ColumnSchema["kind"], string>> = {
  numeric: "DOUBLE",
  categorical: "INTEGER",
  text: "VARCHAR",
};

function hasMissing(values: Float64Array, from: number, count: number): boolean {
  for (let row = from; row < from + count; row++) if (Number.isNaN(values[row])) return true;
  return false;
}

function copy(
  bindings: Awaited<ReturnType<typeof loadBindings>>,
  vector: Parameters<typeof bindings.copy_data_to_vector>[0],
  values: Float64Array,
): void {
  bindings.copy_data_to_vector(vector, 0, values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}

function fill(vector: DuckDBVector, count: number, cellAt: (k: number) => number | string | null): void {
  for (let k = 0; k < count; k++) vector.setItem(k, cellAt(k));
  vector.flush();
}
