import { explainError } from "../../database/duckdb/explain-error.js";
import { type DuckDBSession, firstLine, openDuckDB, quoteLiteral } from "../../database/duckdb/session.js";
import { faultText, type WrittenSql } from "../../database/sql-fault.js";
import { HoldfastError, invalidArgument, type Problem, type ProblemPath } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import type { Place } from "../../table/resolve-column.js";
import { OPENED_BY } from "./fact-source.js";

/** How much memory and how many threads the database may use. */
export interface DatabaseLimits {
  /** The memory that DuckDB may use, such as `"2GB"`; beyond it, it writes to the disk. Default: DuckDB's, 80 %. */
  readonly memoryLimit?: string | undefined;
  /** Threads of DuckDB. Default: DuckDB's, one per processor. */
  readonly threads?: number | undefined;
}

type Value = string | number | bigint | null;

/** Timestamps without an offset are UTC, whatever the machine's time zone. */
const SET_ZONE = "SET TimeZone = 'UTC'";

/** The database that holds the facts. Its failures are thrown as HoldfastErrors. */
export class FactDatabase {
  readonly pulse: Pulse;
  private named = 0;

  private constructor(
    readonly session: DuckDBSession,
    readonly work: LongWork,
  ) {
    this.pulse = new Pulse(work);
  }

  static async open(limits: DatabaseLimits, work: LongWork): Promise<FactDatabase> {
    const { memoryLimit, threads } = limits;
    if (threads !== undefined && (!Number.isInteger(threads) || threads < 1)) {
      invalidArgument(OPENED_BY, "threads", "must be a whole number ≥ 1", threads);
    }
    const session = await openDuckDB();
    try {
      await session.connection.run(SET_ZONE);
      if (threads !== undefined) await session.connection.run(`SET threads = ${threads}`);
      if (memoryLimit !== undefined) await setMemoryLimit(session, memoryLimit);
    } catch (error) {
      session.close();
      throw error;
    }
    return new FactDatabase(session, work);
  }

  /** A name for a relation that no other has. */
  nameOf(what: string): string {
    this.named++;
    return `${what}_${this.named}`;
  }

  /** The rows of a query in batches, while the database is used for others. */
  async *stream(sql: string, batchRows: number, place: ProblemPath = {}): AsyncGenerator<Value[][]> {
    const connection = await this.session.connectAgain();
    try {
      await connection.run(SET_ZONE);
      const result = await connection.stream(sql);
      let batch: Value[][] = [];
      for await (const rows of result.yieldRows()) {
        await this.pulse.beat();
        batch.push(...(rows as Value[][]));
        if (batch.length < batchRows) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    } catch (error) {
      throw databaseError(error, place);
    } finally {
      connection.closeSync();
    }
  }

  /** Runs a statement whose result does not matter. */
  async run(sql: string, place: ProblemPath = {}): Promise<void> {
    await this.rows(sql, place);
  }

  /** Runs a query; aborting interrupts it. */
  async rows(sql: string, place: ProblemPath = {}): Promise<Value[][]> {
    await this.pulse.beat();
    const interrupt = () => this.session.connection.interrupt();
    this.work.signal?.addEventListener("abort", interrupt);
    try {
      const result = await this.session.connection.runAndReadAll(sql);
      return result.getRows() as Value[][];
    } catch (error) {
      await this.pulse.beat();
      throw databaseError(error, place);
    } finally {
      this.work.signal?.removeEventListener("abort", interrupt);
    }
  }

  /**
   * Names and types of the columns of a relation that the caller wrote in SQL.
   * @throws HoldfastError that names the place in the text, where DuckDB does not take it.
   */
  async describeWritten(
    relation: string,
    written: WrittenSql,
    place: Place,
  ): Promise<{ name: string; type: string }[]> {
    try {
      return await this.describe(relation, place);
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code !== "data.unreadable") throw error;
      const statement = `DESCRIBE ${relation}`;
      const from = written.from + "DESCRIBE ".length;
      const fault = await explainError(this.session.connection, statement, { ...written, from });
      if (fault === undefined) throw error;
      const line = fault.place === undefined ? {} : { line: fault.place.line };
      const problem: Problem = {
        code: "data.unreadable",
        path: { ...error.path, ...line },
        expected: "must be a query that DuckDB can run",
        received: written.text,
        hint: faultText(fault, written.text),
      };
      throw new HoldfastError(problem, 1, { cause: error.cause });
    }
  }

  /** Names and types of the columns of a query. */
  async describe(query: string, place: Place): Promise<{ name: string; type: string }[]> {
    const rows = await this.rows(`DESCRIBE ${query}`, place);
    return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
  }
}

async function setMemoryLimit({ connection }: DuckDBSession, memoryLimit: string): Promise<void> {
  try {
    await connection.run(`SET memory_limit = ${quoteLiteral(memoryLimit)}`);
  } catch {
    invalidArgument(OPENED_BY, "memoryLimit", 'must be a size such as "2GB"', memoryLimit);
  }
}

/** Turns the plain errors of DuckDB into HoldfastErrors; other errors stay as they are. */
export function databaseError(error: unknown, place: ProblemPath): unknown {
  if (!(error instanceof Error) || error.constructor !== Error) return error;
  const hint = firstLine(error);
  const path = { function: OPENED_BY, ...place };
  if (hint.startsWith("Out of Memory")) {
    const expected = "must fit into the memory that DuckDB may use";
    const problem = { code: "resource.memory", path, expected, received: undefined, hint } as const;
    return new HoldfastError(problem, 1, { cause: error });
  }
  const expected = "must be readable";
  const problem = { code: "data.unreadable", path, expected, received: undefined, hint } as const;
  return new HoldfastError(problem, 1, { cause: error });
}
