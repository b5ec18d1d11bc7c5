import { createDuckDBTable } from "../../database/duckdb/appender.js";
import { firstLine, quoteIdentifier, quoteLiteral, withDuckDB } from "../../database/duckdb/session.js";
import { HoldfastError, Problems } from "../../errors.js";
import { unwritableIfSystem } from "../../files/write-faults.js";
import { type LongWork, Pulse } from "../../progress.js";
import type { Column, Table } from "../../table/table.js";
import { hasTimesOfDay, storedDate } from "./dates.js";

/**
 * Writes a table as Parquet (Zstandard): numbers as DOUBLE, dates as DATE or, when any has a time of day, TIMESTAMP
 * (UTC), categories and text as VARCHAR, missing as NULL.
 */
export async function writeParquet(table: Table, path: string, work: LongWork): Promise<void> {
  checkNames(table);
  const pulse = new Pulse(work);
  await withDuckDB(async (connection, duckdb) => {
    const cells = table.columns.map(({ kind }, i) => ({ name: `c${i}`, kind }));
    const appender = await createDuckDBTable({ connection, duckdb }, "cells", cells, work);
    await appender.append(table, (done) => pulse.report({ phase: "writing", done, total: table.rowCount }));
    appender.close();
    const select = table.columns.map(
      (column, i) => `${storedAs(column, `c${i}`)} AS ${quoteIdentifier(column.name)}`,
    );
    try {
      await connection.run(
        `COPY (SELECT ${select.join(", ")} FROM cells) TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`,
      );
    } catch (error) {
      const fault = unwritableIfSystem(path, error);
      if (fault instanceof HoldfastError) throw error;
      const hint = firstLine(error);
      throw new HoldfastError({
        code: "data.unwritable",
        path: {},
        expected: "must be writable as Parquet",
        received: undefined,
        hint,
      });
    }
  });
}

/** Parquet itself could hold names that differ only in case, but DuckDB would rename them silently. */
function checkNames(table: Table): void {
  const problems = new Problems();
  const firstOf = new Map<string, string>();
  for (const { name } of table.columns) {
    const first = firstOf.get(name.toLowerCase());
    firstOf.set(name.toLowerCase(), first ?? name);
    if (first === undefined) continue;
    const path = { function: "writeTable", column: name };
    const expected = `must differ from ${JSON.stringify(first)} in more than case to be written as Parquet`;
    problems.add({ code: "data.duplicate-column", path, expected, received: undefined });
  }
  problems.throwIfAny();
}

function storedAs(column: Column, cell: string): string {
  if (column.kind !== "numeric" || !column.isDate) return cell;
  return storedDate(cell, hasTimesOfDay(column));
}
