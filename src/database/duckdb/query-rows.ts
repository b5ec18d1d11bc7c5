import { HoldfastError, type Problem } from "../../errors.js";
import type { LongWork } from "../../progress.js";
import type { Extent, NeededColumn, RowBatch, RowSource } from "../../rows/row-source.js";
import { faultText, type SqlFault } from "../sql-fault.js";
import { explainError, isDuckDBError } from "./explain-error.js";
import { duckDBFailure, relationRows } from "./relation-rows.js";
import { type DuckDBSession, firstLine, openDuckDB, quoteLiteral } from "./session.js";

const EXPECTED = "must be a query that DuckDB can run";

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
    const failure = duckDBFailure(this.name, EXPECTED, "data.unreadable");
    const text = this.query.trim().replace(/;$/, "");
    // The bracket is on a new line, because the query may end in a comment.
    const from = `(${text}\n) AS rows_to_score`;
    const session = await openDuckDB();
    try {
      if (this.database !== undefined) {
        await session.connection.run(`ATTACH ${quoteLiteral(this.database)} AS given (READ_ONLY)`);
        await session.connection.run("USE given");
      }
      yield* relationRows({ session, from, source: this.name, failure }, needed, work, (done) => {
        this.done = done;
      });
    } catch (error) {
      const { cause } = error as Error;
      // Of the database, and not of a row that can't be scored.
      throw isDuckDBError(cause) ? await this.explained(session, from, text, cause) : failure(error);
    } finally {
      session.close();
    }
  }

  /** The error with the place in the query, where DuckDB names one. */
  private async explained(
    { connection }: DuckDBSession,
    relation: string,
    text: string,
    cause: Error,
  ): Promise<HoldfastError> {
    const statement = `SELECT * FROM ${relation}`;
    const written = { text, from: "SELECT * FROM (".length };
    const fault: SqlFault = (await explainError(connection, `${statement} LIMIT 0`, written)) ?? {
      message: firstLine(cause),
    };
    const line = fault.place === undefined ? {} : { line: fault.place.line };
    const problem: Problem = {
      code: "data.unreadable",
      path: { file: this.name, ...line },
      expected: EXPECTED,
      received: text,
      hint: faultText(fault, text),
    };
    return new HoldfastError(problem, 1, { cause });
  }
}
