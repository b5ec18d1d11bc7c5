import type { FieldDef } from "pg";
import { HoldfastError, type Problem, Problems } from "../../errors.js";
import { Pulse } from "../../progress.js";
import { BATCH_ROWS } from "../../rows/row-source.js";
import { TypedCollector } from "../../rows/typed-collector.js";
import { checkColumnNames, checkDeclaredColumns, readColumns } from "../../table/column-names.js";
import { parseDate } from "../../table/dates.js";
import type { Place } from "../../table/resolve-column.js";
import { createTable, type Table } from "../../table/table.js";
import type { ReadQueryOptions } from "../database.js";
import type { PostgresConnection } from "./connection.js";
import { type CellText, withPostgres } from "./session.js";
import { datesOfType, kindOfType, numberOfText, textOfType } from "./types.js";

const FAILURE = { code: "data.unreadable", expected: "must be readable from PostgreSQL" } as const;
const BEFORE = "SELECT * FROM (";

/** The rows of a PostgreSQL query as a table: numbers, booleans, dates and times keep their type, all else is text. */
export async function readQuery(
  query: string,
  connection: PostgresConnection | undefined,
  place: Required<Place>,
  options: ReadQueryOptions,
): Promise<Table> {
  const text = query.trim().replace(/;$/, "");
  const written = { text, from: BEFORE.length };
  const asked = { work: options, connection, place, failure: FAILURE, written };
  return withPostgres(asked, async (session) => {
    // The bracket is on a new line, because the query may end in a comment.
    const whole = `${BEFORE}${text}\n) AS rows_to_read`;
    const problems = new Problems();
    const fields = await session.fieldsOf(whole);
    const columns = columnsOf(fields, options, problems, place);
    problems.throwIfAny();
    const typed = columns.map(({ name, type }) => ({ name, ...datesOfType(type) }));
    const collector = new TypedCollector(typed, problems, place);
    const pulse = new Pulse(options);
    for await (const rows of session.read(whole, BATCH_ROWS)) {
      for (const row of rows) {
        const at = collector.rowCount++;
        columns.forEach(({ name, field, type }, c) => {
          const value = cellValue(row[field], type);
          if (value === undefined) problems.add(notADate(name, at, row[field], place));
          collector.put(c, at, value);
        });
      }
      // The total is not known.
      pulse.report({ phase: "reading", done: collector.rowCount, total: collector.rowCount });
      await pulse.beat();
    }
    if (collector.rowCount === 0) {
      const expected = "must have rows";
      throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
    }
    const table = collector.finish(options);
    problems.throwIfAny();
    return createTable(table, place.file);
  });
}

interface ReadColumn {
  readonly name: string;
  readonly field: number;
  readonly type: number;
}

function columnsOf(
  fields: readonly FieldDef[],
  { columns: declared = {}, exclude }: ReadQueryOptions,
  problems: Problems,
  place: Place,
): ReadColumn[] {
  const names = checkColumnNames(
    fields.map(({ name }) => name),
    problems,
    place,
  );
  checkDeclaredColumns(declared, names, problems, place);
  const isRead = readColumns(names, exclude, problems, place);
  return fields.flatMap(({ dataTypeID }, field) =>
    isRead[field] ? [{ name: names[field], field, type: dataTypeID }] : [],
  );
}

/** Undefined for a date that is none of the calendar, such as `infinity`. */
function cellValue(text: CellText, type: number): unknown {
  if (text === null) return null;
  const kind = kindOfType(type);
  if (kind === "numeric") return numberOfText(text);
  return kind === "date" ? parseDate(text) : textOfType(text, type);
}

function notADate(column: string, row: number, received: unknown, place: Place): Problem {
  const path = { ...place, column, row: row + 1 };
  return { code: "data.wrong-type", path, expected: "must be a date such as 2026-01-31", received };
}
