import type { Problem } from "../errors.js";
import type { RowSource } from "../rows/row-source.js";
import type { ColumnSchema } from "../table/chunk-column.js";
import type { TableSink } from "../table/table-sink.js";

/** A database from which rows are read, and into which scores can be written if it has `sink`. */
export interface Database<Input extends object, Output extends object = never> {
  /** The key by which inputs and outputs name it: `{ duckdb: query }`. */
  readonly name: string;
  /** Its name in messages. */
  readonly label: string;
  /** The names of what an input and an output hold, and whether they must be given. */
  readonly inputOptions: Readonly<Record<string, "optional" | "required">>;
  readonly outputOptions?: Readonly<Record<string, "optional" | "required">>;
  /** What is wrong with an input or an output, found before anything is opened. Default: nothing. */
  problems?(functionName: string, argument: string, end: Input | Output): Problem[];
  /** The rows of a query, streamed. */
  rows(input: Input): Promise<RowSource>;
  /** Writes into one of its tables. Default: it can't be written to. */
  sink?(output: Output, columns: readonly ColumnSchema[]): Promise<TableSink>;
}
