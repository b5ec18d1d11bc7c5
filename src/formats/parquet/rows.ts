import { duckDBFailure, relationRows } from "../../database/duckdb/relation-rows.js";
import { openDuckDB, withDuckDB } from "../../database/duckdb/session.js";
import type { LongWork } from "../../progress.js";
import type { Extent, NeededColumn, RowBatch, RowSource } from "../../rows/row-source.js";
import {
  checkParquetFile,
  parquetRowCount,
  parquetSource,
  topLevelNames,
  wholeParquetRows,
} from "./source.js";

/** The rows of a Parquet file. Only the needed columns are read. */
export class ParquetRows implements RowSource {
  private done = 0;
  private total: number | undefined;

  constructor(readonly name: string) {}

  extent(): Extent {
    return { done: this.done, total: this.total };
  }

  async *batches(needed: readonly NeededColumn[], work: LongWork): AsyncGenerator<RowBatch, void, undefined> {
    const { name } = this;
    await checkParquetFile(name, { file: name });
    const failure = duckDBFailure(name, "must be a whole Parquet file", "data.malformed");
    const session = await openDuckDB();
    try {
      const { connection } = session;
      const names = await topLevelNames(connection, name);
      this.total = await parquetRowCount(connection, name);
      const relation = {
        session,
        from: parquetSource(name),
        names,
        source: name,
        // In a separate database: another query on the connection would end the stream.
        wholeRows: (numbers: readonly number[]) =>
          withDuckDB((other) => wholeParquetRows(other, name, names, numbers)),
        failure,
      };
      yield* relationRows(relation, needed, work, (done) => {
        this.done = done;
      });
    } catch (error) {
      throw failure(error);
    } finally {
      session.close();
    }
  }
}
