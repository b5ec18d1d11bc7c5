import { HoldfastError, type Problem } from "../../errors.js";
import { cellsOfRows } from "../../table/given/cells-of-rows.js";
import { checkNamesOf } from "../column-names.js";
import type { FrameKind } from "../frame-kind.js";

/** A list of rows that are arrays, all of the same length; the option `columnNames` names their columns. */
export const matrix: FrameKind = {
  name: "rows that are arrays",
  recognizes: (source) => Array.isArray(source) && Array.isArray(source[0]),
  read(source, { columnNames, source: file }) {
    const rows = source as readonly unknown[][];
    const names = checkNamesOf("rows that are arrays", rows[0].length, columnNames);
    const problems = rows.flatMap((row, r): Problem[] => {
      if (Array.isArray(row) && row.length === names.length) return [];
      const path = { function: "tableFrom", ...(file === undefined ? {} : { file }), row: r + 1 };
      const expected = `must be an array of ${names.length} values, as the first row is`;
      return [{ code: "data.malformed", path, expected, received: row }];
    });
    if (problems.length > 0) throw new HoldfastError(problems);
    const cells = cellsOfRows(rows, names.length);
    return { names, lengths: names.map(() => rows.length), cellsOf: (column) => cells[column] };
  },
};
