import { checkTable } from "../../table/check-table.js";
import type { Table } from "../../table/table.js";
import { loadPeer } from "./load-peer.js";
import { plainCells } from "./plain-cells.js";

/** The module `arquero`. */
export interface ArqueroModule<Frame> {
  table(columns: Record<string, ArrayLike<unknown>>, names?: string[]): Frame;
}

/** A table of arquero, as far as this package knows it; pass the module to get its own type. */
export interface ArqueroFrame {
  numRows(): number;
  columnNames(): string[];
}

/**
 * A table as one of arquero: numbers as `Float64Array` (not copied; a missing one is NaN, which arquero takes as missing too),
 * dates as `Date` (whole milliseconds), categories and texts as texts; missing is null.
 * @param aq the module `arquero`. Default: the one that is installed.
 * @example (await toArquero(table, aq)).groupby("plan").rollup({ churn: (d) => op.mean(d.churn) })
 * @throws HoldfastError for something else in the place of a table, and `dependency.missing` where arquero is not installed.
 */
export async function toArquero<Frame = ArqueroFrame>(
  table: Table,
  aq?: ArqueroModule<Frame>,
): Promise<Frame> {
  checkTable("toArquero", "table", table);
  const arquero = await loadPeer<ArqueroModule<Frame>>("toArquero", "aq", aq, "arquero", ["table"]);
  const columns = table.columns.map((column): [string, ArrayLike<unknown>] => [
    column.name,
    column.kind === "numeric" && column.isDate !== true ? column.values : plainCells(column),
  ]);
  return arquero.table(
    Object.fromEntries(columns),
    columns.map(([name]) => name),
  );
}
