import type { LongWork } from "../../progress.js";
import type { Extent, NeededColumn, RowBatch, RowSource } from "../../rows/row-source.js";
import { duckDBFailure, relationRows } from "./relation-rows.js";
import { openDuckDB, quoteLiteral } from "./session.js";

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
    const failure = duckDBFailure(this.name, "must be a query that DuckDB can run", "data.unreadable");
    const session = await openDuckDB();
    try {
      if (this.database !== undefined) {
        await session.connection.run(`ATTACH ${quoteLiteral(this.database)} AS given (READ_ONLY)`);
        await session.connection.run("USE given");
      }
      // The bracket is on a new line, because the query may end in a comment.
      const from = `(${this.query.trim().replace(/;$/, "")}\n) AS rows_to_score`;
      yield* relationRows({ session, from, source: this.name, failure }, needed, work, (done) => {
        this.done = done;
      });
    } catch (error) {
      throw failure(error);
    } finally {
      session.close();
    }
  }
}
