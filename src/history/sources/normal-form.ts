import { quoteIdentifier, quoteLiteral } from "../../database/duckdb/session.js";
import type { CellFormat } from "../../table/grammar/cell-format.js";
import type { FactKind } from "../standard-tables.js";
import { DAYS, type StoredColumn } from "./fact-source.js";
import { operatorTimestamp, type TimeRules } from "./operator-zone.js";

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

/** Whether a column of that type holds instants. */
export function isZoned(type: string): boolean {
  return type === ZONED;
}

/**
 * SQL for the texts of a column that are to be read by the grammar of tables: numbers, days and months as text, and days
 * and months as whole numbers such as 20250131. Undefined where the type says what its values are, or does not fit.
 */
export function textToRead({ name, type }: StoredColumn, kind: FactKind): string | undefined {
  const column = `f.${quoteIdentifier(name)}`;
  if (kind === "text") return undefined;
  if (type === "VARCHAR") return column;
  if (kind === "number" || kindOfStored(type) !== "number") return undefined;
  return INTEGERS.test(type) ? `${column}::VARCHAR` : wholeText(column);
}

/**
 * SQL for a value of a typed column of the rows `f` as VARCHAR, DOUBLE or INTEGER; NULL where it is missing. Undefined when
 * a column of the type can't be read as that kind. Casts only where the type requires it.
 */
export function normalForm(
  { name, type }: StoredColumn,
  kind: FactKind,
  isRequired: boolean,
  rules: TimeRules,
  format?: CellFormat,
): string | undefined {
  const column = `f.${quoteIdentifier(name)}`;
  const own = kindOfStored(type);
  if (own === undefined) return undefined;
  if (kind === "text") return withoutMarkers(textOf(column, type, isRequired), format);
  if (kind === "number") {
    if (own !== "number") return undefined;
    return FLOATS.test(type) ? withoutNaN(column) : `${column}::DOUBLE`;
  }
  if (own !== "day") return undefined;
  const time = timeOf(column, type, rules);
  if (type !== DAYS) return `CASE WHEN isfinite(${column}) THEN ${sinceEpoch(kind, `${time}::DATE`)} END`;
  return kind === "day"
    ? `floor(${time})::INTEGER`
    : sinceEpoch(kind, `(${EPOCH} + floor(${time})::INTEGER)`);
}

/** SQL for the time of a typed column in days with their fraction, for the order of facts of one day; undefined for dates. */
export function timeInDays({ name, type }: StoredColumn, rules: TimeRules): string | undefined {
  const column = `f.${quoteIdentifier(name)}`;
  if (type === DAYS) return timeOf(column, type, rules);
  if (type !== ZONED && !TIMESTAMPS.test(type)) return undefined;
  return `epoch_us(${timeOf(column, type, rules)}) / 86400000000.0`;
}

function textOf(column: string, type: string, isRequired: boolean): string {
  // Blank is missing. For required columns the checks find blanks; unchanged columns are the fastest to join by.
  if (type === "VARCHAR") return isRequired ? column : `nullif(${column}, '')`;
  if (FLOATS.test(type) || (DECIMALS.test(type) && !type.endsWith(",0)"))) return wholeText(column);
  if (type === DAYS) return `(${EPOCH} + floor(${column})::INTEGER)::VARCHAR`;
  return `${column}::VARCHAR`;
}

function withoutMarkers(text: string, { missing = [] }: CellFormat = {}): string {
  if (missing.length === 0) return text;
  const markers = missing.map((marker) => quoteLiteral(marker.trim().toLowerCase()));
  return `CASE WHEN lower(trim(${text})) NOT IN (${markers.join(", ")}) THEN ${text} END`;
}

/** A number as text, without a fraction if it is whole: an id that was stored as a float stays the same id. */
function wholeText(column: string): string {
  return `CASE WHEN ${column} = floor(${column}) AND abs(${column}) < 1e15 THEN ${column}::BIGINT::VARCHAR ELSE nullif(${column}::DOUBLE, 'nan'::DOUBLE)::VARCHAR END`;
}

/** NaN is missing. Infinity stays, for the checks to find. */
function withoutNaN(number: string): string {
  return `nullif(${number}::DOUBLE, 'nan'::DOUBLE)`;
}

/** The operator's time; of {@link DAYS} in days. Dates have no time, whatever the zone. */
function timeOf(column: string, type: string, rules: TimeRules): string {
  if (type === "DATE") return column;
  if (type !== DAYS) return operatorTimestamp(column, type === ZONED, rules);
  if (rules.zone === undefined) return column;
  // A table's times are UTC, and its dates whole days.
  const local = operatorTimestamp(`to_timestamp(${column} * 86400.0)`, true, rules);
  return `CASE WHEN ${column} = floor(${column}) THEN ${column} ELSE epoch_us(${local}) / 86400000000.0 END`;
}

function sinceEpoch(kind: "day" | "month", date: string): string {
  return kind === "day" ? `(${date} - ${EPOCH})::INTEGER` : `datediff('month', ${EPOCH}, ${date})::INTEGER`;
}
