import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createDuckDBTable, type DuckDBAppender } from "../../database/duckdb/appender.js";
import { runWatched } from "../../database/duckdb/run-watched.js";
import { openDuckDB, quoteIdentifier, quoteLiteral } from "../../database/duckdb/session.js";
import { temporaryFolder } from "../../files/make-folder.js";
import { storedDate } from "../../formats/parquet/dates.js";
import type { LongWork } from "../../progress.js";
import type { Column } from "../../table/table.js";
import { SUBSCRIBER_FORMAT } from "../life/subscriber-profile.js";
import type { TableFiles } from "./table-files.js";

/** Memory that DuckDB may use; the rest is on the disk. */
const MEMORY_LIMIT = "500MB";

/**
 * Parquet files (Zstandard), written piece by piece: numbers as DOUBLE, days as DATE, categories and text as VARCHAR; ids of subscribers come as positions. The
 * pieces are kept in a database on the disk, because DuckDB writes a Parquet file in a single statement.
 */
export async function openParquetFiles(paths: readonly string[], work: LongWork): Promise<TableFiles> {
  const folder = await temporaryFolder("holdfast-simulation-");
  const session = await openDuckDB().catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const { connection } = session;
  const appenders: DuckDBAppender[] = [];
  let columnsOf: readonly (readonly Column[])[] = [];
  const { signal } = work;
  return {
    async append(pieces) {
      if (appenders.length === 0) {
        await connection.run(`SET memory_limit = ${quoteLiteral(MEMORY_LIMIT)}`);
        await connection.run(`ATTACH ${quoteLiteral(join(folder, "tables.duckdb"))} AS waiting`);
        await connection.run("USE waiting");
        // What is read once is not worth the search for its best compression.
        await connection.run("PRAGMA force_compression = 'rle'");
        columnsOf = pieces.map(({ columns }) => columns);
        for (const [i, columns] of columnsOf.entries()) {
          appenders.push(await createDuckDBTable(session, `t${i}`, columns, { signal }));
        }
      }
      for (const [i, piece] of pieces.entries()) await appenders[i].append(piece);
    },
    async finish() {
      for (const appender of appenders) appender.close();
      for (const [i, path] of paths.entries()) {
        const select = columnsOf[i].map(storedAs).join(", ");
        const target = `${quoteLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`;
        await runWatched(connection, `COPY (SELECT ${select} FROM t${i}) TO ${target}`, "writing", {
          signal,
        });
        work.onProgress?.({ phase: "writing", done: i + 1, total: paths.length });
      }
    },
    async close() {
      session.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function storedAs(column: Column): string {
  const name = quoteIdentifier(column.name);
  if (column.name === "subscriber_id" && column.kind === "numeric") {
    return `printf('${SUBSCRIBER_FORMAT}', CAST(${name} AS BIGINT) + 1) AS ${name}`;
  }
  const isDate = column.kind === "numeric" && column.isDate === true;
  return isDate ? `${storedDate(name, false)} AS ${name}` : name;
}
