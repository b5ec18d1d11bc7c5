import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { FactKind } from "../standard-tables.js";
import { DAYS, type StoredColumn } from "./fact-source.js";

/** How a column is converted to the form that the rest of the library reads. */
export interface NormalForm {
  /** SQL for VARCHAR, DOUBLE or INTEGER; NULL for a cell that is missing or cannot be read. */
  readonly sql: string;
  /** SQL for the text of a cell that is not missing but cannot be read, else NULL. Left out where every cell can be read. */
  readonly unread?: string;
}

const INTEGERS = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const FLOATS = /^(?:FLOAT|DOUBLE)$/;
const DECIMALS = /^DECIMAL\(/;
const TEXTS = /^(?:VARCHAR|BOOLEAN|UUID|TIME|TIME WITH TIME ZONE|TIME_NS|ENUM\(.*\))$/;
const TIMESTAMPS = /^TIMESTAMP(?:_S|_MS|_NS)?$/;
const ZONED = "TIMESTAMP WITH TIME ZONE";
const EPOCH = "DATE '1970-01-01'";

/** The kind of a column of that type; undefined for types such as lists. */
export function kindOfStored(type: string): FactKind | undefined {
  if (INTEGERS.test(type) || FLOATS.test(type) || DECIMALS.test(type)) return "number";
  if (type === DAYS || type === "DATE" || type === ZONED || TIMESTAMPS.test(type)) return "day";
  return TEXTS.test(type) ? "text" : undefined;
}

/** How to read a column as that kind; undefined when its type can't be read so. Casts only where the type requires it. */
export function normalForm(
  { name, type }: StoredColumn,
  kind: FactKind,
  isRequired: boolean,
): NormalForm | undefined {
  const column = quoteIdentifier(name);
  const own = kindOfStored(type);
  if (own === undefined) return undefined;
  if (kind === "text") return { sql: textOf(column, type, isRequired) };
  if (kind === "number") return numberOf(column, type, own);
  if (own === "day") return { sql: kind === "day" ? daysOf(column, type) : monthsOf(column, type) };
  // Text, or a whole number such as 20250131 or 202501.
  if (type !== "VARCHAR" && own !== "number") return undefined;
  const text = own !== "number" ? column : INTEGERS.test(type) ? `${column}::VARCHAR` : wholeText(column);
  const trimmed = `trim(${text})`;
  return readable(
    trimmed,
    kind === "day" ? daysSinceEpoch(dateOfText(trimmed)) : monthsSinceEpoch(dateOfMonthText(trimmed)),
  );
}

function textOf(column: string, type: string, isRequired: boolean): string {
  // Blank is missing. For required columns the checks find blanks; unchanged columns are the fastest to join by.
  if (type === "VARCHAR") return isRequired ? column : `nullif(${column}, '')`;
  if (FLOATS.test(type) || (DECIMALS.test(type) && !type.endsWith(",0)"))) return wholeText(column);
  if (type === DAYS) return `(${EPOCH} + floor(${column})::INTEGER)::VARCHAR`;
  return `${column}::VARCHAR`;
}

/** A number as text, without a fraction if it is whole: an id that was stored as a float stays the same id. */
function wholeText(column: string): string {
  return `CASE WHEN ${column} = floor(${column}) AND abs(${column}) < 1e15 THEN ${column}::BIGINT::VARCHAR ELSE nullif(${column}::DOUBLE, 'nan'::DOUBLE)::VARCHAR END`;
}

function numberOf(column: string, type: string, own: FactKind): NormalForm | undefined {
  if (own === "number") return { sql: FLOATS.test(type) ? withoutNaN(column) : `${column}::DOUBLE` };
  if (type !== "VARCHAR") return undefined;
  return readable(`trim(${column})`, withoutNaN(`TRY_CAST(trim(${column}) AS DOUBLE)`));
}

/** NaN is missing. Infinity stays, for the checks to find. */
function withoutNaN(number: string): string {
  return `nullif(${number}::DOUBLE, 'nan'::DOUBLE)`;
}

/** Texts that mean a missing value, or no end. */
const MISSING = "'', 'na', 'n/a', 'nan', 'null', '\\n', '#n/a', 'infinity'";

function readable(text: string, sql: string): NormalForm {
  return {
    sql,
    unread: `CASE WHEN (${sql}) IS NULL AND lower(${text}) NOT IN (${MISSING}) THEN ${text} END`,
  };
}

/** Days since 1970-01-01 UTC. The date `infinity` is missing. */
function daysOf(column: string, type: string): string {
  if (type === DAYS) return `floor(${column})::INTEGER`;
  return `CASE WHEN isfinite(${column}) THEN ${daysSinceEpoch(dateOf(column, type))} END`;
}

/** Months since 1970-01. */
function monthsOf(column: string, type: string): string {
  return monthsSinceEpoch(type === DAYS ? `(${EPOCH} + floor(${column})::INTEGER)` : dateOf(column, type));
}

function daysSinceEpoch(date: string): string {
  return `(${date} - ${EPOCH})::INTEGER`;
}

function monthsSinceEpoch(date: string): string {
  return `datediff('month', ${EPOCH}, ${date})::INTEGER`;
}

function dateOf(column: string, type: string): string {
  if (type === "DATE") return column;
  return type === ZONED ? `make_timestamp(epoch_us(${column}))::DATE` : `${column}::DATE`;
}

/** ISO 8601 dates and timestamps, also without dashes or with slashes. With an offset: the day in UTC. */
function dateOfText(text: string): string {
  const short = `coalesce(TRY_CAST(${text} AS TIMESTAMP)::DATE, ${compactDate(text, 8, "")})`;
  // A cast to TIMESTAMP would ignore the offset; this cast uses it, and takes twice as long.
  const long = `make_timestamp(epoch_us(TRY_CAST(${text} AS TIMESTAMPTZ)))::DATE`;
  // Words such as "infinity" do not begin with a digit.
  return `CASE WHEN length(${text}) <= 10 AND ${text} BETWEEN '0' AND ':' THEN ${short} ELSE ${long} END`;
}

/** `2025-01`, `2025/1` or `202501`, else a day of the month. */
function dateOfMonthText(text: string): string {
  const month = `TRY_CAST(replace(${text}, '/', '-') || '-01' AS TIMESTAMP)::DATE`;
  // No day is written in fewer than eight characters, and no month in more than seven.
  const short = `coalesce(${month}, ${compactDate(text, 6, "01")})`;
  return `CASE WHEN length(${text}) <= 7 THEN ${short} ELSE ${dateOfText(text)} END`;
}

/** Digits only. The length is checked, because a parser would accept `2025115` as some day. */
function compactDate(text: string, length: number, day: string): string {
  return `CASE WHEN length(${text}) = ${length} THEN try_strptime(${text} || '${day}', '%Y%m%d')::DATE END`;
}
