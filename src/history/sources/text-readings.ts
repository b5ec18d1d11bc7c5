import { createDuckDBTable } from "../../database/duckdb/appender.js";
import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { ProblemPath } from "../../errors.js";
import { createTable } from "../../table/table.js";
import type { FactKind } from "../standard-tables.js";
import { cellReader } from "./cell-reader.js";
import type { FactDatabase } from "./fact-database.js";
import { areForeignMidnights } from "./foreign-midnights.js";
import type { MappedColumn } from "./map-columns.js";
import type { TimeRules } from "./operator-zone.js";

/** The values of the distinct texts of a column. */
export interface TextReading {
  /** A relation of `text`, `value` (a number, days with the time of day, or months) and `is_unread`. */
  readonly relation: string;
  /** Rows whose text is a value, and rows whose text can't be read. */
  readonly readRows: number;
  readonly unreadRows: number;
  /** Texts that mean a missing value, and their rows. */
  readonly markers: ReadonlyMap<string, number>;
  /** Whether all times have an offset and look like midnights of another zone. */
  readonly areForeignMidnights: boolean;
}

/** Distinct texts that are appended at a time. */
const BATCH = 50_000;

/**
 * Reads each distinct text of a column once, by the grammar of tables and its options: the one way in which texts of days,
 * months and numbers of a history are read, whatever their source is.
 * @param sql the text of a cell, over the rows of `from`.
 */
export async function readTexts(
  database: FactDatabase,
  from: string,
  sql: string,
  kind: Exclude<FactKind, "text">,
  { format, kind: declared }: Pick<MappedColumn, "format" | "kind">,
  rules: TimeRules,
  place: ProblemPath,
): Promise<TextReading> {
  const name = database.nameOf("texts");
  const read = cellReader(kind, format, rules, declared === undefined);
  const columns = [
    { name: "text", kind: "text" },
    { name: "value", kind: "numeric" },
    { name: "is_unread", kind: "numeric" },
  ] as const;
  const appender = await createDuckDBTable(database.session, name, columns, database.work);
  const markers = new Map<string, number>();
  const timesOfDay = new Set<number>();
  let distinctTimes = 0;
  let areAllZoned = true;
  let areShownMidnights = true;
  let hasOffsets = false;
  const rows = { read: 0, unread: 0 };
  const query = `SELECT ${sql} AS text, count(*)::DOUBLE AS cells FROM ${from} f WHERE ${sql} IS NOT NULL GROUP BY ALL`;
  for await (const texts of database.stream(query, BATCH, place)) {
    const values = new Float64Array(texts.length);
    const unread = new Float64Array(texts.length);
    texts.forEach(([text, cells], i) => {
      const found = read(String(text));
      values[i] = found.value ?? Number.NaN;
      unread[i] = found.value === undefined ? 1 : 0;
      if (found.value === undefined) rows.unread += Number(cells);
      else if (found.value === null) {
        const marker = String(text).trim();
        if (marker !== "") markers.set(marker, (markers.get(marker) ?? 0) + Number(cells));
      } else {
        rows.read += Number(cells);
        areAllZoned &&= found.secondOfDay !== undefined;
        areShownMidnights &&= found.isShownMidnight === true;
        hasOffsets ||= found.hasOffset === true;
        distinctTimes++;
        if (found.secondOfDay !== undefined && timesOfDay.size < 3) timesOfDay.add(found.secondOfDay);
      }
    });
    await appender.append(
      createTable([
        { name: "text", kind: "text", values: texts.map(([text]) => String(text)) },
        { name: "value", kind: "numeric", values },
        { name: "is_unread", kind: "numeric", values: unread },
      ]),
    );
  }
  appender.close();
  return {
    relation: quoteIdentifier(name),
    readRows: rows.read,
    unreadRows: rows.unread,
    markers,
    areForeignMidnights:
      distinctTimes > 0 &&
      (hasOffsets ? areShownMidnights : areAllZoned && areForeignMidnights([...timesOfDay], distinctTimes)),
  };
}

/** What a text means when it stands for a missing value, for people: `"-" (2 rows), "NULL" (1 row)`. */
export function markersText(markers: ReadonlyMap<string, number>): string {
  return [...markers].map(([text, rows]) => `${JSON.stringify(text)} (${rows})`).join(", ");
}
