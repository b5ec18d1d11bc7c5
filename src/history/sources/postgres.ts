import { createDuckDBTable } from "../../database/duckdb/appender.js";
import { quoteIdentifier } from "../../database/duckdb/session.js";
import { withPostgres } from "../../database/postgres/session.js";
import { columnOfTexts, kindOfType } from "../../database/postgres/types.js";
import { count, Problems } from "../../errors.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import { checkColumnNames } from "../../table/column-names.js";
import { createTable } from "../../table/table.js";
import type { FactDatabase } from "./fact-database.js";
import { type FoundSource, OPENED_BY, type PostgresSource, type WantedColumns } from "./fact-source.js";
import { NO_FACTS, storedColumn } from "./in-memory.js";

/** Rows that are fetched at a time. */
const BATCH_ROWS = 10_000;
const FAILURE = { code: "data.unreadable", expected: "must be readable from PostgreSQL" } as const;

/** The rows of a PostgreSQL query, copied into the database in batches with a cursor. */
export async function findPostgres(
  database: FactDatabase,
  argument: string,
  { postgres, connection }: PostgresSource,
): Promise<FoundSource> {
  const place = { function: OPENED_BY };
  const text = postgres.trim().replace(/;$/, "");
  const before = "SELECT * FROM (";
  const written = { text, from: before.length };
  const asked = { work: database.work, connection, place, failure: FAILURE };
  // The bracket is on a new line, because the query may end in a comment.
  const query = `${before}${text}\n) AS facts`;
  const fields = await withPostgres({ ...asked, written }, async (session) => {
    const fields = await session.fieldsOf(query);
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
      // Only the needed columns are sent by the server.
      const select = `SELECT ${read.map(({ name }) => quoteIdentifier(name)).join(", ")} FROM (${query}) AS wanted`;
      const appender = await createDuckDBTable(database.session, relation, columns, database.work);
      let rowCount = 0;
      await withPostgres(asked, async (session) => {
        let done = 0;
        for await (const rows of session.read(select, BATCH_ROWS)) {
          await appender.append(
            createTable(columns.map((column, i) => columnOfTexts(rows, i, read[i].type, column))),
          );
          done += rows.length;
          rowCount = done;
          // The total is not known.
          const detail = count(done, "row");
          database.pulse.report({ phase: `reading ${argument}`, done: 0, total: 1, detail });
          await database.pulse.beat();
        }
      });
      appender.close();
      return { relation: quoteIdentifier(relation), columns: columns.map(storedColumn), rowCount };
    },
  };
}

function schemaOf(name: string, type: number, { asText }: WantedColumns): ColumnSchema {
  const kind = asText.has(name) ? "text" : kindOfType(type);
  return kind === "date" ? { name, kind: "numeric", isDate: true } : { name, kind };
}
