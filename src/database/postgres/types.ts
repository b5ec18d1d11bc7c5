import type { ColumnSchema } from "../../table/chunk-column.js";
import { parseDate } from "../../table/dates.js";
import type { Column } from "../../table/table.js";

/** Types by their object identifiers, which are the same on every server (`pg_type.dat` of PostgreSQL). */
const BOOLEAN = 16;
/** int8, int2, int4, float4, float8, numeric. */
const NUMBERS = new Set([20, 21, 23, 700, 701, 1700]);
/** date, timestamp, timestamptz. */
const DATES = new Set([1082, 1114, 1184]);
/** char(n), whose trailing blanks have no meaning. */
const PADDED = 1042;

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
