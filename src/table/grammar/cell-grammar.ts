import { type ParsedDate, parseDate, parsedDate, readDate } from "../dates.js";
import { isBlank, parseNumber, readNumber } from "../text-rules.js";
import { categoryText } from "./category-text.js";
import type { CellFormat } from "./cell-format.js";
import { dateReader } from "./dates/date-format.js";
import { localTimeIn } from "./dates/time-zone.js";
import { isDefaultMarker } from "./markers.js";
import { spelledNumberReader } from "./spelled-number.js";
import { truthOf } from "./truth-words.js";

/** How the cells of one column are read: a compiled {@link CellFormat}. */
export interface CellGrammar {
  readonly format: CellFormat | undefined;
  /** Whether a plain decimal such as `-12.5` is that number: readers of bytes need not ask for each. */
  readonly takesPlainNumbers: boolean;
  /** A number in a column whose kind is not known: NaN = missing, undefined for another text, such as `007` (an id). */
  parseNumber(text: string): number | undefined;
  /** The same in a column that is known to hold numbers, in any spelling. */
  readNumber(text: string): number | undefined;
  /** Days since 1970-01-01 UTC, in a column whose kind is not known. */
  parseDate(text: string): number | undefined;
  /** The same in a column that is known to hold dates. */
  readDate(text: string): number | undefined;
  /** What a text of a date says, before any time zone is considered; null where it is missing, undefined for another text. */
  findDate(text: string): ParsedDate | null | undefined;
  /** Numbers that mark a missing value. */
  readonly missingNumbers: readonly number[];
  /** A number that is given as one: NaN where it marks a missing value. */
  number(value: number): number;
  /** What makes two texts one category; empty for a missing one. */
  category(text: string): string;
  /** Whether a text is a marker that the format names, or blank. */
  isMissing(text: string): boolean;
}

/** What is known of a column besides its format. */
export interface ColumnFacts {
  /** Whether its numbers are 0 and 1 only, so that `yes` and `true` are 1 there. */
  readonly isFlag?: boolean | undefined;
}

/** Compiles how the cells of a column are read. @param format undefined: plain decimals, ISO dates. */
export function grammarOf(format?: CellFormat, { isFlag = false }: ColumnFacts = {}): CellGrammar {
  const plain = format === undefined ? PLAIN : compiled(format);
  return isFlag ? { ...plain, readNumber: (text) => plain.readNumber(text) ?? flagOf(text) } : plain;
}

/** 1 for a word that means true, 0 for one that means false. */
export function flagOf(text: string): 0 | 1 | undefined {
  const truth = truthOf(text);
  return truth === undefined ? undefined : truth ? 1 : 0;
}

const PLAIN: CellGrammar = {
  format: undefined,
  takesPlainNumbers: true,
  parseNumber,
  readNumber,
  parseDate,
  readDate,
  findDate: (text) => (isDefaultMarker(text.trim()) ? null : parsedDate(text.trim(), true)),
  missingNumbers: [],
  number: (value) => value,
  category: categoryText,
  isMissing: isBlank,
};

function compiled(format: CellFormat): CellGrammar {
  const { missing = [], decimal, thousands, currency, percent, dateFormat, timeZone } = format;
  const markers = new Set(missing.map(markerKey));
  const isMarker = (text: string): boolean => isBlank(text) || markers.has(markerKey(text));
  const missingNumbers = missing.flatMap((text) => {
    const number = readNumber(text);
    return number === undefined || Number.isNaN(number) ? [] : [number];
  });
  const isSpelled = [decimal, thousands, currency, percent].some((each) => each !== undefined);
  const spelled = isSpelled ? spelledNumberReader(format) : undefined;
  const isPointDecimal = decimal !== "," && thousands !== ".";
  const numberOf = (text: string, known: boolean): number | undefined => {
    if (isMarker(text)) return Number.NaN;
    if (spelled === undefined) return known ? readNumber(text) : parseNumber(text);
    const found = spelled(text);
    if (found !== undefined) return found.isIdLike && !known ? undefined : found.value;
    if (isDefaultMarker(text.trim())) return Number.NaN;
    // A sign of money in a column of shares, say: where the point is the usual one, the text says it itself.
    return isPointDecimal ? (known ? readNumber(text) : parseNumber(text)) : infiniteOrUndefined(text);
  };
  /** A marker that is a number is one in all of its spellings. */
  const unmarked = (value: number | undefined): number | undefined =>
    value !== undefined && missingNumbers.includes(value) ? Number.NaN : value;
  const readFormatted = dateFormat === undefined ? undefined : dateReader(dateFormat);
  const toUtc = timeZone === undefined ? undefined : localTimeIn(timeZone);
  const findDate = (text: string, known: boolean): ParsedDate | null | undefined => {
    if (isMarker(text)) return null;
    const trimmed = text.trim();
    if (isDefaultMarker(trimmed)) return null;
    // Dates that a database or a data frame wrote come in ISO 8601 whatever the format of a file was.
    const formatted = readFormatted?.(trimmed);
    return formatted === undefined ? parsedDate(trimmed, known) : (formatted ?? undefined);
  };
  const dateOf = (text: string, known: boolean): number | undefined => {
    const date = findDate(text, known);
    if (date === undefined || date === null) return date === null ? Number.NaN : undefined;
    return date.hasTime && !date.hasZone && toUtc !== undefined ? toUtc(date.days) : date.days;
  };
  return {
    format,
    takesPlainNumbers: isPointDecimal && missingNumbers.length === 0,
    parseNumber: (text) => unmarked(numberOf(text, false)),
    readNumber: (text) => unmarked(numberOf(text, true)),
    parseDate: (text) => dateOf(text, false),
    readDate: (text) => dateOf(text, true),
    findDate: (text) => findDate(text, true),
    missingNumbers,
    number: (value) => (missingNumbers.includes(value) ? Number.NaN : value),
    category: (text) => (isMarker(text) ? "" : categoryText(text)),
    isMissing: isMarker,
  };
}

/** Markers meet in any case, composed or not, whatever blanks are around them. */
function markerKey(text: string): string {
  return text.trim().normalize("NFC").toLowerCase();
}

function infiniteOrUndefined(text: string): number | undefined {
  const value = parseNumber(text);
  return value !== undefined && Math.abs(value) === Infinity ? value : undefined;
}
