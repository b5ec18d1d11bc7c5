import { Problems } from "../../errors.js";
import { checkColumnNames, checkDeclaredColumns, readColumns } from "../../table/column-names.js";
import type { Place } from "../../table/resolve-column.js";
import { createTable, type Table } from "../../table/table.js";
import type { ReadQueryOptions } from "../database.js";
import { OpenedQuery } from "./opened-query.js";
import { relationColumns } from "./relation-table.js";
import { runWatched } from "./run-watched.js";
import { quoteIdentifier } from "./session.js";

/** The rows of a DuckDB query as a table. The query runs once; its types are kept as those of Parquet are. */
export async function readQuery(
  query: string,
  database: string | undefined,
  place: Required<Place>,
  options: ReadQueryOptions,
): Promise<Table> {
  const opened = await OpenedQuery.open(query, database, place);
  const { session, inBrackets } = opened;
  const { connection } = session;
  try {
    const problems = new Problems();
    const describe = async (sql: string) =>
      (await connection.runAndReadAll(`DESCRIBE ${sql}`)).getRows().map(([name]) => String(name));
    // As they are written: a selection from the query would rename those that appear twice.
    const names = checkColumnNames(await describe(inBrackets), problems, place);
    const identifiers = await describe(`SELECT * FROM ${inBrackets} AS given_rows`);
    checkDeclaredColumns(options.columns ?? {}, names, problems, place);
    const isRead = readColumns(names, options.exclude, problems, place);
    problems.throwIfAny();
    const columns = [...names.keys()].filter((c) => isRead[c]);
    const select = columns.map((c) => `${quoteIdentifier(identifiers[c])} AS c${c}`).join(", ");
    const create = `CREATE TABLE memory.rows_to_read AS SELECT ${select} FROM ${inBrackets} AS given_rows`;
    await runWatched(connection, create, "reading", options);
    // What follows is of these rows; a database that was given is for reading only.
    await connection.run("USE memory");
    const wanted = columns.map((c) => names[c]);
    const table = await relationColumns(connection, "rows_to_read", wanted, options, problems, place);
    return createTable(table, place.file);
  } catch (error) {
    throw await opened.explained(error);
  } finally {
    session.close();
  }
}
