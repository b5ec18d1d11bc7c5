import type { RowSource } from "../rows/row-source.js";
import type { ColumnSchema } from "../table/chunk-column.js";
import type { TableSink } from "../table/table-sink.js";

/** A database that rows come from, and scores go into where it takes them. */
export interface Database<Input extends object, Output extends object = never> {
  /** The key by which inputs and outputs name it: `{ duckdb: query }`. */
  readonly name: string;
  /** What people call it. */
  readonly label: string;
  /** The rows of a query, streamed. */
  rows(input: Input): Promise<RowSource>;
  /** A table of it. Default: it takes none. */
  sink?(output: Output, columns: readonly ColumnSchema[]): Promise<TableSink>;
}
