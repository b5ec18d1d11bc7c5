import { daysOf, formatDate } from "./dates.js";
import { type CellGrammar, grammarOf } from "./grammar/cell-grammar.js";
import type { DeclaredKind } from "./grammar/column-plan.js";

/** What a cell of any source becomes in a column of one kind: a number, a day, a text. */
export interface CellKind<Value> {
  /**
   * Undefined for a value that can't be of the kind.
   * @param value as a source gives it: a number, its text, a boolean, a Date, null …
   * @param grammar how its texts are written. Default: plain decimals and ISO dates.
   */
  read(value: unknown, grammar?: CellGrammar): Value | undefined;
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

const PLAIN = grammarOf();

/** A finite number, or NaN for a missing one; undefined for what is not a number. */
function numberFrom(value: unknown, grammar: CellGrammar = PLAIN): number | undefined {
  if (typeof value === "number")
    return value - value === 0 || Number.isNaN(value) ? grammar.number(value) : undefined;
  if (value === null || value === undefined) return Number.NaN;
  const number =
    typeof value === "string"
      ? grammar.readNumber(value)
      : typeof value === "bigint"
        ? grammar.number(Number(value))
        : typeof value === "boolean"
          ? grammar.readNumber(String(value))
          : undefined;
  return number === undefined || Number.isFinite(number) || Number.isNaN(number) ? number : undefined;
}

/** Days since 1970-01-01 UTC of a Date or its text, NaN for a missing one; undefined for what is not a date. */
function dateFrom(value: unknown, grammar: CellGrammar = PLAIN): number | undefined {
  if (value === null || value === undefined) return Number.NaN;
  if (value instanceof Date) {
    const days = daysOf(value);
    return Number.isNaN(days) ? undefined : days;
  }
  if (typeof value === "string") return grammar.readDate(value);
  if (typeof value === "number") {
    if (Number.isNaN(value) || Number.isNaN(grammar.number(value))) return Number.NaN;
    // 20250220; days since 1970 could be anything.
    return Number.isInteger(value) ? grammar.readDate(String(value)) : undefined;
  }
  return typeof value === "bigint" ? grammar.readDate(String(value)) : undefined;
}

/** What makes texts one category, empty for a missing one; undefined for what can't be a category. */
function categoryFrom(value: unknown, grammar: CellGrammar = PLAIN): string | undefined {
  if (typeof value === "string") return grammar.category(value);
  if (value === null || value === undefined) return "";
  if (typeof value === "number") {
    if (Number.isNaN(value)) return "";
    return Number.isFinite(value) ? grammar.category(String(value)) : undefined;
  }
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return grammar.category(formatDate(daysOf(value)));
  return typeof value === "boolean" || typeof value === "bigint"
    ? grammar.category(String(value))
    : undefined;
}

/** The text of an id, null for a missing one; undefined for what can't be an id. */
function textFrom(value: unknown, grammar: CellGrammar = PLAIN): string | null | undefined {
  if (typeof value === "string") return grammar.isMissing(value) ? null : value;
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isNaN(value) ? null : String(value);
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? formatDate(daysOf(value)) : undefined;
}
