import type { OptionNames } from "../arguments.js";
import { CELL_FORMAT_OPTIONS } from "../table/grammar/cell-format.js";
import type { RowsOptions } from "../table/rows.js";

/** How a frame becomes a table. */
export interface TableFromOptions extends RowsOptions {
  /** Names of columns that are not read. Default: none. */
  readonly exclude?: readonly string[] | undefined;
  /** Names of the columns of a tensor or of rows that are arrays, which have none. */
  readonly columnNames?: readonly string[] | undefined;
}

/** The names of {@link TableFromOptions}. */
export const TABLE_FROM_OPTIONS: OptionNames<TableFromOptions> = {
  ...CELL_FORMAT_OPTIONS,
  columns: "optional",
  source: "optional",
  exclude: "optional",
  columnNames: "optional",
};
