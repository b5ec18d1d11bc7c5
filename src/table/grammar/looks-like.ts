import { optionText } from "../../errors.js";
import type { CellFormat } from "./cell-format.js";
import { grammarOf } from "./cell-grammar.js";
import type { Finding } from "./column-reading.js";
import { currencyIn } from "./spelled-number.js";
import { unreadForms } from "./unread-forms.js";

/** Texts that are tried; a form that most of them have is tried on no more. */
const TRIED_TEXTS = 1000;
/** Fewer distinct texts are words more often than numbers. */
const LEAST_TEXTS = 3;
const LEAST_SHARE = 0.9;

/**
 * What a column of words looks like although it is not read as such without an option: at least nine in ten of its texts have
 * the form. @param texts its distinct texts, each with its number of cells. @param present how many cells are not missing.
 */
export function looksLike(
  texts: ReadonlyMap<string, number>,
  present: number,
  given: CellFormat | undefined,
): Finding[] {
  const tried = [...texts.keys()].slice(0, TRIED_TEXTS);
  // A text without a digit is no number and no date.
  const withDigits = tried.filter((text) => /[0-9]/.test(text));
  if (withDigits.length < Math.max(LEAST_TEXTS, tried.length * LEAST_SHARE)) return [];
  const plain = grammarOf(given);
  const isPlain = tried.map((text) => plain.parseNumber(text) !== undefined);
  let best: Form[] = [];
  const currency = given?.currency === undefined ? firstOf(tried, currencyIn) : undefined;
  const hasShares = tried.some((text) => text.includes("%"));
  for (const { what, format, isDate } of unreadForms(currency, hasShares)) {
    const read = readerOf({ ...given, ...format }, isDate === true);
    const values = tried.map(read);
    const found = values.reduce((count: number, value) => count + (value === undefined ? 0 : 1), 0);
    if (found < Math.max(LEAST_TEXTS, tried.length * LEAST_SHARE, best[0]?.found ?? 0)) continue;
    // A form that reads nothing but plain numbers is none: what is odd are other cells.
    if (!values.some((value, i) => value !== undefined && !isPlain[i])) continue;
    if (found > (best[0]?.found ?? 0)) best = [];
    const isSame = best.some((other) => other.values.every((value, i) => Object.is(value, values[i])));
    if (!isSame) best.push({ found, values, what, format, read });
  }
  if (best.length === 0) return [];
  const [{ what, read }] = best;
  let cells = 0;
  for (const [text, rows] of texts) if (read(text) !== undefined) cells += rows;
  const example = tried.find((text) => read(text) !== undefined) ?? "";
  return [
    {
      kind: "looks-like",
      cells,
      present,
      example,
      what:
        best.length === 1
          ? what
          : `${what} (or ${best
              .slice(1)
              .map((form) => form.what)
              .join(", ")})`,
      remedy: { formats: best.map(({ format }) => format) },
    },
  ];
}

/** The option that reads a cell that could not be read as a number or a date; undefined where none does. */
export function optionThatReads(cell: unknown, kind: "numeric" | "date"): string | undefined {
  if (typeof cell !== "string" || !/[0-9]/.test(cell)) return undefined;
  // A plain number that was refused is so by the format that was given: no other helps.
  if (kind === "numeric" && grammarOf().parseNumber(cell) !== undefined) return undefined;
  const formats = new Map<number, CellFormat>();
  for (const { format, isDate = false } of unreadForms(currencyIn(cell), cell.includes("%"))) {
    const value = isDate === (kind === "date") ? readerOf(format, isDate)(cell) : undefined;
    if (value !== undefined && !formats.has(value)) formats.set(value, format);
  }
  return formats.size === 0 ? undefined : `to read it: ${[...formats.values()].map(optionsOf).join(" or ")}`;
}

function firstOf<T>(texts: readonly string[], find: (text: string) => T | undefined): T | undefined {
  for (const text of texts) {
    const found = find(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function optionsOf({ decimal, thousands, currency, percent, dateFormat }: CellFormat): string {
  return [
    decimal === undefined ? "" : optionText("decimal", decimal),
    thousands === undefined ? "" : optionText("thousands", thousands),
    currency === undefined ? "" : optionText("currency", currency),
    percent === undefined ? "" : optionText("percent", percent),
    dateFormat === undefined ? "" : optionText("dateFormat", dateFormat),
  ]
    .filter((text) => text !== "")
    .join(" and ");
}

/** A form, and what it makes of the texts. */
interface Form {
  /** How many of the texts have it. */
  readonly found: number;
  readonly values: readonly (number | undefined)[];
  readonly what: string;
  readonly format: CellFormat;
  readonly read: (text: string) => number | undefined;
}

function readerOf(format: CellFormat, isDate: boolean): (text: string) => number | undefined {
  const grammar = grammarOf(format);
  return isDate ? grammar.parseDate : grammar.parseNumber;
}
