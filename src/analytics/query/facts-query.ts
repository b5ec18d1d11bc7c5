import type { DuckDBConnection } from "@duckdb/node-api";
import { runWatched } from "../../database/duckdb/run-watched.js";
import { checkHistory, whileOpen } from "../../history/check-history.js";
import type { History } from "../../history/history.js";
import type { FactColumn, FactTableName } from "../../history/standard-tables.js";
import { type LongWork, Pulse } from "../../progress.js";

/** A value of a query's result. */
export type QueryValue = string | number | boolean | null;

/**
 * Asks the facts of a history on a separate connection: its temporary tables are seen by no other work, and are gone when it ends.
 * The relations are those of the standard tables (`subscriber_facts`, `tariff_facts` …), days and months as whole numbers.
 */
export class FactsQuery {
  constructor(
    readonly history: History,
    private readonly connection: DuckDBConnection,
    private readonly work: LongWork,
  ) {}

  /** Whether the history has a table, and a column of it that its source really has. */
  has(table: FactTableName, column?: string): boolean {
    const columns = this.history.schema[table];
    if (columns === undefined) return false;
    return column === undefined || columns.some(({ name, isAbsent }) => name === column && isAbsent !== true);
  }

  columns(table: FactTableName): readonly FactColumn[] {
    return this.history.schema[table] ?? [];
  }

  /** Runs a statement without a result, such as one that creates a temporary table. @param phase what is being done, for progress. */
  async run(sql: string, phase: string): Promise<void> {
    await runWatched(this.connection, sql, phase, this.work);
  }

  /** The rows of a small result by column name; whole numbers of any width as numbers. */
  async rows<Row extends { readonly [Name in keyof Row]: QueryValue }>(sql: string): Promise<Row[]> {
    await new Pulse(this.work).beat();
    const interrupt = () => this.connection.interrupt();
    this.work.signal?.addEventListener("abort", interrupt);
    try {
      const result = await this.connection.runAndReadAll(sql);
      return result.getRowObjects().map((row) => plain(row) as Row);
    } catch (error) {
      await new Pulse(this.work).beat();
      throw error;
    } finally {
      this.work.signal?.removeEventListener("abort", interrupt);
    }
  }
}

function plain(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
  );
}

/**
 * Works with the facts of a history, for a public function.
 * @throws HoldfastError for what is no open history, and where it is closed meanwhile.
 */
export async function withFacts<Result>(
  functionName: string,
  history: History,
  work: LongWork,
  ask: (query: FactsQuery, connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  checkHistory(functionName, history);
  return whileOpen(functionName, history, async () => {
    const connection = await history.session.connectAgain();
    try {
      const result = await ask(new FactsQuery(history, connection, work), connection);
      if (history.session.isClosed) throw new Error("closed meanwhile");
      return result;
    } finally {
      connection.closeSync();
    }
  });
}
