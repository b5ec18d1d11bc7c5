import { monthOf } from "../../table/calendar.js";
import { type CellFormat, formatOfKind } from "../../table/grammar/cell-format.js";
import { grammarOf } from "../../table/grammar/cell-grammar.js";
import { isDefaultMarker } from "../../table/grammar/markers.js";
import type { FactKind } from "../standard-tables.js";
import { monthOfText } from "./month-text.js";
import { operatorTime, type TimeRules } from "./operator-zone.js";

const SECONDS_PER_DAY = 86_400;
const DIGITS = /^[+-]?[0-9]+(?:[.,][0-9]+)?$/;

/** What a text says: undefined for one that can't be read, null for a missing value. */
export interface FoundValue {
  /** A number, days with the time of day, or months. */
  readonly value: number | null | undefined;
  /** Of a time with an offset: its second of the day in UTC. */
  readonly secondOfDay?: number;
  /** Whether its offset is another than that of UTC, and whether it shows midnight with it. */
  readonly hasOffset?: boolean;
  readonly isShownMidnight?: boolean;
}

/**
 * Makes the function that reads the texts of a column of a history, by the grammar of tables.
 * @param isAttribute whether it is not known that the column holds such values: then 007 is an id.
 */
export function cellReader(
  kind: Exclude<FactKind, "text">,
  format: CellFormat | undefined,
  rules: TimeRules,
  isAttribute = false,
): (text: string) => FoundValue {
  const grammar = grammarOf(formatOfKind(format, kind === "number" ? "numeric" : "date"));
  const isDigits = (text: string) => !isAttribute && DIGITS.test(text.trim());
  if (kind === "number") {
    return (text) => {
      if (grammar.isMissing(text) || isDefaultMarker(text.trim())) return { value: null };
      // In a column of numbers, digits are a number also with zeros before them, or too many to be exact.
      const value = grammar.parseNumber(text) ?? (isDigits(text) ? grammar.readNumber(text) : undefined);
      return { value: value !== undefined && Number.isNaN(value) ? null : value };
    };
  }
  const toOperator = operatorTime(rules);
  return (text) => {
    if (isEndless(text)) return { value: null };
    const date = grammar.findDate(text);
    if (date === null) return { value: null };
    if (date === undefined) return { value: kind === "month" ? monthOfText(text) : undefined };
    const days = date.hasTime ? toOperator(date.days, date.hasZone) : date.days;
    const { offset = 0 } = date;
    const shown = {
      secondOfDay: secondOfDay(date.days),
      hasOffset: offset !== 0,
      isShownMidnight: offset !== 0 && isWhole(date.days + offset / 1440),
    };
    const zoned = date.hasTime && date.hasZone ? shown : {};
    return { value: kind === "month" ? monthOf(Math.floor(days)) : days, ...zoned };
  };
}

function isWhole(days: number): boolean {
  return Math.abs(days - Math.round(days)) * SECONDS_PER_DAY < 0.5;
}

function secondOfDay(days: number): number {
  return Math.round((days - Math.floor(days)) * SECONDS_PER_DAY);
}

/** PostgreSQL's date without an end. */
function isEndless(text: string): boolean {
  return text.trim().toLowerCase() === "infinity";
}
