import type { Client } from "pg";
import { HoldfastError, Problems } from "../../errors.js";
import { createDuckDBTable } from "../../table/append-to-duckdb.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import { checkColumnNames } from "../../table/column-names.js";
import { firstLine, quoteIdentifier } from "../../table/duckdb.js";
import type { Place } from "../../table/resolve-column.js";
import { createTable } from "../../table/table.js";
import type { FactDatabase } from "./fact-database.js";
import { type FoundSource, OPENED_BY, type PostgresSource, type WantedColumns } from "./fact-source.js";
import { NO_FACTS, storedColumn } from "./in-memory.js";
import { columnOfTexts, kindOfType } from "./postgres-types.js";

/** Rows that are fetched at a time. */
const BATCH_ROWS = 10_000;
/** How long to wait for a server that does not answer, in milliseconds. */
const CONNECT_WITHIN = 30_000;
/** Dates and times as text in ISO 8601 and UTC, whatever the server's or the role's settings. */
const AS_ISO = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'";

/** The rows of a PostgreSQL query, copied into the database batch by batch through a cursor. */
export async function findPostgres(
  database: FactDatabase,
  argument: string,
  { postgres, connection }: PostgresSource,
): Promise<FoundSource> {
  const place = { function: OPENED_BY };
  // A line of its own, because the query may end in a comment.
  const query = `SELECT * FROM (${postgres.trim().replace(/;$/, "")}\n) AS facts`;
  const fields = await withClient(database, connection, place, async (client) => {
    const { fields } = await client.query(`${query} LIMIT 0`);
    return fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
  });
  const problems = new Problems();
  const names = checkColumnNames(
    fields.map(({ name }) => name),
    problems,
    place,
  );
  problems.throwIfAny();
  return {
    label: "PostgreSQL query",
    names,
    store: async (relation, wanted) => {
      const read = fields.filter((_, i) => wanted.names.includes(names[i]));
      if (read.length === 0) return NO_FACTS;
      const columns = read.map(({ name, type }) => schemaOf(name, type, wanted));
      // Only what is wanted crosses the wire.
      const select = `SELECT ${read.map(({ name }) => quoteIdentifier(name)).join(", ")} FROM (${query}) AS wanted`;
      const appender = await createDuckDBTable(database.session, relation, columns, database.work);
      await withClient(database, connection, place, async (client, lost) => {
        const { Cursor } = await loadPostgres();
        const cursor = client.query(new Cursor<(string | null)[]>(select, [], { rowMode: "array" }));
        let done = 0;
        for (;;) {
          const rows = await Promise.race([cursor.read(BATCH_ROWS), lost]);
          if (rows.length === 0) break;
          await appender.append(
            createTable(columns.map((column, i) => columnOfTexts(rows, i, read[i].type, column))),
          );
          done += rows.length;
          // How many there will be, nobody knows.
          const detail = `${done.toLocaleString("en")} rows`;
          database.pulse.report({ phase: `reading ${argument}`, done: 0, total: 1, detail });
          await database.pulse.beat();
        }
      });
      appender.close();
      return { relation: quoteIdentifier(relation), columns: columns.map(storedColumn) };
    },
  };
}

function schemaOf(name: string, type: number, { asText }: WantedColumns): ColumnSchema {
  const kind = asText.has(name) ? "text" : kindOfType(type);
  return kind === "date" ? { name, kind: "numeric", isDate: true } : { name, kind };
}

/**
 * Works with a connection of its own, closed afterwards. Race what waits for the server against `lost`: it fails when
 * the connection breaks or the work is aborted.
 */
async function withClient<Result>(
  { work, pulse }: FactDatabase,
  connectionString: string | undefined,
  place: Place,
  use: (client: Client, lost: Promise<never>) => Promise<Result>,
): Promise<Result> {
  await pulse.beat();
  const { pg } = await loadPostgres();
  let client: Client | undefined;
  let stop: (error: Error) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    stop = reject;
  });
  lost.catch(() => {});
  const abort = () => stop(new Error("aborted"));
  work.signal?.addEventListener("abort", abort);
  try {
    client = new pg.Client({
      ...(connectionString === undefined ? {} : { connectionString }),
      connectionTimeoutMillis: CONNECT_WITHIN,
      application_name: "holdfast",
      // All values as the server writes them: `pg` would make dates of the machine's own time zone.
      types: { getTypeParser: () => (text: string) => text },
    });
    client.on("error", stop);
    client.on("end", () => stop(new Error("the connection ended")));
    await Promise.race([client.connect(), lost]);
    await Promise.race([client.query(AS_ISO), lost]);
    return await Promise.race([use(client, lost), lost]);
  } catch (error) {
    await pulse.beat();
    if (error instanceof HoldfastError) throw error;
    throw new HoldfastError({
      code: "data.unreadable",
      path: place,
      expected: "must be readable from PostgreSQL",
      received: undefined,
      hint: messageOf(error),
    });
  } finally {
    work.signal?.removeEventListener("abort", abort);
    // Not awaited: a server that is gone may never answer. With a query under way this breaks the connection.
    client?.end().catch(() => {});
  }
}

/** A refused connection to several addresses is an AggregateError without a message. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(firstLine).join("; ");
  const message = firstLine(error) || String(error);
  return /EPIPE|ECONNRESET/.test(message) ? `the connection broke: ${message}` : message;
}

async function loadPostgres(): Promise<{
  pg: typeof import("pg")["default"];
  Cursor: typeof import("pg-cursor");
}> {
  try {
    const [{ default: pg }, { default: Cursor }] = await Promise.all([import("pg"), import("pg-cursor")]);
    return { pg, Cursor };
  } catch (error) {
    throw new HoldfastError({
      code: "dependency.missing",
      path: {},
      expected: "must have pg and pg-cursor installed to read from PostgreSQL",
      received: undefined,
      hint: `npm install pg pg-cursor; ${firstLine(error)}`,
    });
  }
}
