import { checkTable } from "../../table/check-table.js";
import type { Column, Table } from "../../table/table.js";
import { loadPeer } from "./load-peer.js";
import { plainCells } from "./plain-cells.js";

/** The module `danfojs-node`, or `danfojs`. */
export interface DanfoModule<Frame> {
  readonly DataFrame: new (data: unknown[][], options: { columns: string[]; dtypes: string[] }) => Frame;
}

/** A `DataFrame` of danfojs, as far as this package knows it; pass the module to get its own type. */
export interface DanfoDataFrame {
  readonly $columns: readonly string[];
  readonly $dtypes: readonly string[];
  readonly values: unknown;
}

/**
 * A table as a `DataFrame` of danfojs: numbers as float32 (which are doubles there), int32 where all are whole; dates as
 * datetime (`Date`, whole milliseconds), categories and texts as string. A missing number is NaN, anything else missing null.
 * @param danfo the module `danfojs-node` or `danfojs`. Default: `danfojs-node`, where it is installed.
 * @example (await toDanfo(table, danfo)).describe().print()
 * @throws HoldfastError for something else in the place of a table, and `dependency.missing` where danfojs is not installed.
 */
export async function toDanfo<Frame = DanfoDataFrame>(
  table: Table,
  danfo?: DanfoModule<Frame>,
): Promise<Frame> {
  checkTable("toDanfo", "table", table);
  const { DataFrame } = await loadPeer<DanfoModule<Frame>>("toDanfo", "danfo", danfo, "danfojs-node", [
    "DataFrame",
  ]);
  const columns = table.columns.map(({ name }) => name);
  const cells = table.columns.map((column) =>
    column.kind === "numeric" && column.isDate !== true ? column.values : plainCells(column),
  );
  const rows = Array.from({ length: table.rowCount }, (_, row) => cells.map((each) => each[row]));
  return new DataFrame(rows, { columns, dtypes: table.columns.map(dtypeOf) });
}

function dtypeOf(column: Column): string {
  if (column.kind !== "numeric") return "string";
  if (column.isDate === true) return "datetime";
  return column.values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31)
    ? "int32"
    : "float32";
}
