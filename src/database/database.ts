import type { Problem } from "../errors.js";
import type { LongWork } from "../progress.js";
import type { RowSource } from "../rows/row-source.js";
import type { ColumnSchema } from "../table/chunk-column.js";
import type { ReadingPlan } from "../table/grammar/column-plan.js";
import type { Place } from "../table/resolve-column.js";
import type { Table } from "../table/table.js";
import type { TableSink } from "../table/table-sink.js";

/** How a query becomes a table. */
export interface ReadQueryOptions extends LongWork, ReadingPlan {
  /** Names of columns that are not read. Default: none. */
  readonly exclude?: readonly string[] | undefined;
}

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
  /** The rows of a query as a table. @param place the function that errors name, and its label. */
  table(input: Input, place: Required<Place>, options: ReadQueryOptions): Promise<Table>;
  /** Writes into one of its tables. Default: it can't be written to. */
  sink?(output: Output, columns: readonly ColumnSchema[]): Promise<TableSink>;
}
