import { Problems } from "../errors.js";
import type { ColumnSchema } from "../table/chunk-column.js";
import { checkDeclaredColumns } from "../table/column-names.js";
import type { Place } from "../table/resolve-column.js";
import { type Column, createTable, type Table } from "../table/table.js";
import type { OpenedChunks, ReadInChunksOptions } from "./format.js";

/** A table in memory, in the chunks in which a file would be read. */
export function cutTable(
  table: Table,
  place: Place,
  { select, chunkRows }: Pick<ReadInChunksOptions, "select" | "chunkRows">,
): OpenedChunks {
  const problems = new Problems();
  const names = table.columns.map(({ name }) => name);
  checkDeclaredColumns(
    Object.fromEntries((select ?? []).map((name) => [name, true])),
    names,
    problems,
    place,
  );
  problems.throwIfAny();
  const columns =
    select === undefined ? table.columns : select.map((name) => table.columns[names.indexOf(name)]);
  return {
    rowCount: table.rowCount,
    columns: columns.map((column): ColumnSchema => {
      const { name, kind } = column;
      return column.kind === "numeric" && column.isDate ? { name, kind, isDate: true } : { name, kind };
    }),
    async *chunks() {
      for (let from = 0; from < table.rowCount; from += chunkRows) {
        const cut = columns.map((column) => sliceOf(column, from, from + chunkRows));
        yield createTable(cut, table.source);
      }
    },
  };
}

function sliceOf(column: Column, from: number, to: number): Column {
  if (column.kind === "categorical") return { ...column, codes: column.codes.slice(from, to) };
  if (column.kind === "numeric") return { ...column, values: column.values.slice(from, to) };
  return { ...column, values: column.values.slice(from, to) };
}
