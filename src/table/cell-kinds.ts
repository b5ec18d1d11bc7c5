import { daysOf, formatDate, parseDate } from "./dates.js";
import type { DeclaredKind } from "./resolve-column.js";
import { isBlank, isMissingToken, readNumber } from "./text-rules.js";

/** What a cell of any source becomes in a column of one kind: a number, a day, a text. */
export interface CellKind<Value> {
  /** Undefined for a value that can't be of the kind. @param value as a source gives it: a number, its text, a boolean, a Date, null … */
  read(value: unknown): Value | undefined;
  /** What a cell must be, as a clause. */
  readonly expected: string;
}

/**
 * The one place where a cell of any source (a file, a stream, a database, a row object, a request) becomes what a column of
 * its kind holds. `vectors/category-codes.ts` does the same for a model: it decides which category a text is.
 */
export const CELL_KINDS = {
  numeric: { read: numberFrom, expected: "must be a number" },
  date: { read: dateFrom, expected: "must be a date such as 2026-01-31" },
  categorical: { read: categoryFrom, expected: "must be a category: text, number or boolean" },
  text: { read: textFrom, expected: "must be text" },
} as const satisfies { readonly [Kind in DeclaredKind]: CellKind<number | string | null> };

/** A finite number, or NaN for a missing one; undefined for what is not a number. */
function numberFrom(value: unknown): number | undefined {
  if (typeof value === "number") return value - value === 0 || Number.isNaN(value) ? value : undefined;
  if (value === null || value === undefined) return Number.NaN;
  const number =
    typeof value === "string" ? readNumber(value) : typeof value === "bigint" ? Number(value) : undefined;
  return number === undefined || Number.isFinite(number) || Number.isNaN(number) ? number : undefined;
}

/** Days since 1970-01-01 UTC of a Date or its text, NaN for a missing one; undefined for what is not a date. */
function dateFrom(value: unknown): number | undefined {
  if (value === null || value === undefined) return Number.NaN;
  if (value instanceof Date) {
    const days = daysOf(value);
    return Number.isNaN(days) ? undefined : days;
  }
  if (typeof value !== "string") return undefined;
  return isMissingToken(value) ? Number.NaN : parseDate(value);
}

/** The text of a category, empty for a missing one; undefined for what can't be a category. */
function categoryFrom(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (typeof value === "number")
    return Number.isNaN(value) ? "" : Number.isFinite(value) ? String(value) : undefined;
  return typeof value === "boolean" || typeof value === "bigint" ? String(value) : undefined;
}

/** The text of an id, null for a missing one; undefined for what can't be an id. */
function textFrom(value: unknown): string | null | undefined {
  if (typeof value === "string") return isBlank(value) ? null : value;
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isNaN(value) ? null : String(value);
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? formatDate(daysOf(value)) : undefined;
}
