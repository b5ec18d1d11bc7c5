import type { ColumnSchema } from "../../table/chunk-column.js";
import { formatDate, parseDate } from "../../table/dates.js";
import type { Column } from "../../table/table.js";

/** Types by their object identifiers, which are the same on every server (`pg_type.dat` of PostgreSQL). */
const BOOLEAN = 16;
/** int8, int2, int4, float4, float8, numeric. */
const NUMBERS = new Set([20, 21, 23, 700, 701, 1700]);
/** date, timestamp, timestamptz. */
const DATES = new Set([1082, 1114, 1184]);
/** char(n), whose trailing blanks have no meaning. */
const PADDED = 1042;

/** timestamp, of no known zone. */
const LOCAL_TIME = 1114;

/** Whether a type has dates, and whether they are times without a zone. */
export function datesOfType(type: number): { readonly isDate: boolean; readonly isLocal: boolean } {
  return { isDate: DATES.has(type), isLocal: type === LOCAL_TIME };
}

/** The kind of a column of that type; everything that is neither number nor date is text. */
export function kindOfType(type: number): "numeric" | "date" | "text" {
  if (NUMBERS.has(type)) return "numeric";
  return DATES.has(type) ? "date" : "text";
}

/** The column of cells as the server writes them. The date `infinity` is missing. */
export function columnOfTexts(
  rows: readonly (readonly (string | null)[])[],
  index: number,
  type: number,
  { name, kind, isDate }: ColumnSchema,
): Column {
  if (kind !== "numeric") {
    return { kind: "text", name, values: rows.map((row) => textOfType(row[index], type)) };
  }
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const text = rows[i][index];
    values[i] = text === null ? Number.NaN : isDate ? (parseDate(text) ?? Number.NaN) : Number(text);
  }
  return { kind: "numeric", name, values, ...(isDate ? { isDate } : {}) };
}

/** The text of a cell as the server writes it: booleans in full, without the padding of char(n). */
export function textOfType(text: string | null, type: number): string | null {
  if (text === null) return null;
  if (type === BOOLEAN) return text === "t" ? "true" : "false";
  return type === PADDED ? text.trimEnd() : text;
}

/** A number as the server writes it: whole ones beyond ±2^53 with all their digits. */
export function numberOfText(text: string): number | bigint {
  const number = Number(text);
  return !Number.isSafeInteger(number) && /^-?[0-9]+$/.test(text) ? BigInt(text) : number;
}

/** The text of a cell as a category or an id: of a number the shortest, and dates in ISO 8601, as all sources have them. */
export function plainTextOfType(text: string | null, type: number): string | null {
  if (text === null) return null;
  if (NUMBERS.has(type)) return numberText(text);
  if (DATES.has(type)) {
    const days = parseDate(text);
    return days === undefined ? text : formatDate(days);
  }
  return textOfType(text, type);
}

function numberText(text: string): string {
  // Of numeric all digits are kept: a double may have fewer.
  if (/^-?[0-9]+(?:\.[0-9]+)?$/.test(text)) return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return String(Number(text));
}
