import { columnLength, type Table } from "../../table/table.js";
import type { FrameKind } from "../frame-kind.js";

/** A table of this package: the same object, unless options say how its columns are read. */
export const holdfastTable: FrameKind = {
  name: "Table",
  recognizes: (source) => {
    const { columns, rowCount }: { readonly columns?: unknown; readonly rowCount?: unknown } = source;
    return Array.isArray(columns) && typeof rowCount === "number";
  },
  read(source, { columnNames: _, ...options }) {
    const table = source as Table;
    if (Object.values(options).every((value) => value === undefined)) return table;
    return {
      names: table.columns.map(({ name }) => name),
      lengths: table.columns.map(columnLength),
      cellsOf: (column) => ({ holds: "column", column: table.columns[column] }),
    };
  },
};
