import type { LongWork } from "../../progress.js";
import type { Extent, NeededColumn, RowBatch, RowSource } from "../../rows/row-source.js";
import { EXPECTED_QUERY, OpenedQuery } from "./opened-query.js";
import { duckDBFailure, relationRows } from "./relation-rows.js";

/** The rows of a DuckDB query, over the tables of a database file or over files that the query names. */
export class QueryRows implements RowSource {
  readonly name = "DuckDB query";
  private done = 0;

  /** @param database a DuckDB file, opened for reading only; default: a database in memory. */
  constructor(
    private readonly query: string,
    private readonly database?: string | undefined,
  ) {}

  extent(): Extent {
    return { done: this.done, total: undefined };
  }

  async *batches(needed: readonly NeededColumn[], work: LongWork): AsyncGenerator<RowBatch, void, undefined> {
    const failure = duckDBFailure(this.name, EXPECTED_QUERY, "data.unreadable");
    const opened = await OpenedQuery.open(this.query, this.database, { file: this.name });
    const { session } = opened;
    try {
      const from = `${opened.inBrackets} AS rows_to_score`;
      yield* relationRows({ session, from, source: this.name, failure }, needed, work, (done) => {
        this.done = done;
      });
    } catch (error) {
      const { cause } = error as Error;
      // Of the database, and not of a row that can't be scored.
      throw cause === undefined ? failure(error) : await opened.explained(cause);
    } finally {
      session.close();
    }
  }
}
