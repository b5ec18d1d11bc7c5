import { HoldfastError, type Problem } from "../../errors.js";
import type { Place } from "../../table/resolve-column.js";
import { faultText, type SqlFault } from "../sql-fault.js";
import { explainError, isDuckDBError } from "./explain-error.js";
import { type DuckDBSession, firstLine, openDuckDB, quoteLiteral } from "./session.js";

export const EXPECTED_QUERY = "must be a query that DuckDB can run";

/** A query of a caller's, in a separate session of DuckDB. */
export class OpenedQuery {
  private constructor(
    readonly session: DuckDBSession,
    private readonly text: string,
    private readonly place: Place,
  ) {}

  /** @param database a DuckDB file, opened for reading only; default: a database in memory. The caller closes the session. */
  static async open(query: string, database: string | undefined, place: Place): Promise<OpenedQuery> {
    const session = await openDuckDB();
    const opened = new OpenedQuery(session, query.trim().replace(/;$/, ""), place);
    if (database === undefined) return opened;
    try {
      await session.connection.run(`ATTACH ${quoteLiteral(database)} AS given (READ_ONLY)`);
      await session.connection.run("USE given");
      return opened;
    } catch (error) {
      session.close();
      if (!isDuckDBError(error)) throw error;
      throw opened.failure(error, { hint: firstLine(error), path: place, received: undefined });
    }
  }

  /** The query in brackets. The closing one is on a new line, because the query may end in a comment. */
  get inBrackets(): string {
    return `(${this.text}\n)`;
  }

  /** The error for one that DuckDB threw, with the place in the query where DuckDB names one; other errors stay as they are. */
  async explained(error: unknown): Promise<unknown> {
    if (!isDuckDBError(error)) return error;
    const statement = `SELECT * FROM ${this.inBrackets} AS given_rows`;
    const written = { text: this.text, from: "SELECT * FROM (".length };
    const { connection } = this.session;
    const fault: SqlFault = (await explainError(connection, `${statement} LIMIT 0`, written)) ?? {
      message: firstLine(error),
    };
    const line = fault.place === undefined ? {} : { line: fault.place.line };
    const path = { ...this.place, ...line };
    return this.failure(error, { path, received: this.text, hint: faultText(fault, this.text) });
  }

  private failure(cause: Error, problem: Pick<Problem, "path" | "received" | "hint">): HoldfastError {
    return new HoldfastError({ code: "data.unreadable", expected: EXPECTED_QUERY, ...problem }, 1, { cause });
  }
}
