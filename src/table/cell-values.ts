import { daysOf, formatDate, parseDate } from "./dates.js";
import { isBlank, isMissingToken, parseNumber } from "./text-rules.js";

/** A finite number, or NaN where there is none; undefined for what is no number. */
export function numberFrom(value: unknown): number | undefined {
  if (typeof value === "number") return value - value === 0 || Number.isNaN(value) ? value : undefined;
  if (value === null || value === undefined) return Number.NaN;
  const number =
    typeof value === "string" ? parseNumber(value) : typeof value === "bigint" ? Number(value) : undefined;
  return number === undefined || Number.isFinite(number) || Number.isNaN(number) ? number : undefined;
}

/** Days since 1970-01-01 UTC of a Date or its text, NaN where there is none; undefined for what is no date. */
export function dateFrom(value: unknown): number | undefined {
  if (value === null || value === undefined) return Number.NaN;
  if (value instanceof Date) {
    const days = daysOf(value);
    return Number.isNaN(days) ? undefined : days;
  }
  if (typeof value !== "string") return undefined;
  return isMissingToken(value) ? Number.NaN : parseDate(value);
}

/** The text of a category, empty where there is none; undefined for what can't be one. */
export function categoryFrom(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (typeof value === "number")
    return Number.isNaN(value) ? "" : Number.isFinite(value) ? String(value) : undefined;
  return typeof value === "boolean" || typeof value === "bigint" ? String(value) : undefined;
}

/** The text of an id, null where there is none; undefined for what can't be one. */
export function textFrom(value: unknown): string | null | undefined {
  if (typeof value === "string") return isBlank(value) ? null : value;
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isNaN(value) ? null : String(value);
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? formatDate(daysOf(value)) : undefined;
}
