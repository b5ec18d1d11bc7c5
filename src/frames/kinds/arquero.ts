import { type FrameKind, hasMethods } from "../frame-kind.js";
import { cellsOfArray } from "./column-arrays.js";

/** What is read of a table of arquero. */
interface ArqueroTable {
  columnNames(): readonly string[];
  numRows(): number;
  column(name: string): ArqueroColumn;
  isFiltered(): boolean;
  isOrdered(): boolean;
  /** The rows that its filter leaves, in its order. */
  indices(): ArrayLike<number>;
}

/** An array, or what has its values elsewhere. */
type ArqueroColumn =
  | ArrayLike<unknown>
  | { readonly length: number; at(row: number): unknown; toArray?(): ArrayLike<unknown> };

/** A table of arquero, with its filter and its order; groups do not matter. */
export const arquero: FrameKind = {
  name: "arquero table",
  recognizes: (source) => hasMethods(source, "columnNames", "numRows", "column", "indices", "isFiltered"),
  read(source) {
    const table = source as ArqueroTable;
    const names = [...table.columnNames()];
    const rows = table.isFiltered() || table.isOrdered() ? table.indices() : undefined;
    return {
      names,
      lengths: names.map(() => table.numRows()),
      cellsOf: (column) => {
        const cells = arrayOf(table.column(names[column]));
        return cellsOfArray(rows === undefined ? cells : Array.from(rows, (row) => cells[row]));
      },
    };
  },
};

function arrayOf(column: ArqueroColumn): ArrayLike<unknown> {
  if (Array.isArray(column) || ArrayBuffer.isView(column)) return column as unknown as ArrayLike<unknown>;
  if ("toArray" in column && typeof column.toArray === "function") return column.toArray();
  const { length } = column;
  return "at" in column && typeof column.at === "function"
    ? Array.from({ length }, (_, row) => column.at(row))
    : (column as ArrayLike<unknown>);
}
