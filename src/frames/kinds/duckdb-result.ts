import { duckDBCells } from "../../database/duckdb/result-cells.js";
import { type FrameKind, hasMethods } from "../frame-kind.js";

/** What is read of a result, or of a reader of one. */
interface DuckDBResult {
  columnNames(): readonly string[];
  columnTypes(): readonly object[];
  getColumns(): readonly (readonly unknown[])[] | Promise<readonly (readonly unknown[])[]>;
  /** Of a reader that may have read a part. */
  readAll?(): Promise<void>;
}

/** A result of `@duckdb/node-api`: what `run`, `stream` and `runAndReadAll` give. Rows that were fetched before are gone. */
export const duckdbResult: FrameKind = {
  name: "DuckDB result",
  recognizes: (source) =>
    hasMethods(source, "columnNames", "columnTypes", "getColumns", "deduplicatedColumnNames"),
  async read(source) {
    const result = source as DuckDBResult;
    if (hasMethods(result, "readAll")) await result.readAll?.();
    const columns = await result.getColumns();
    const types = result.columnTypes().map(String);
    const names = result.columnNames();
    return {
      names,
      // A result without rows has no arrays of its columns.
      lengths: names.map((_, c) => columns[c]?.length ?? 0),
      cellsOf: (column) => duckDBCells(types[column], columns[column] ?? []),
    };
  },
};
