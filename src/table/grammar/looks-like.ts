import type { CellFormat } from "./cell-format.js";
import { grammarOf } from "./cell-grammar.js";
import type { Finding } from "./column-reading.js";

/** Forms that are not read without an option, because a cell may mean more than one thing; the likelier first. */
const FORMS: readonly { readonly what: string; readonly format: CellFormat; readonly isDate?: true }[] = [
  { what: "numbers with a decimal comma", format: { decimal: "," } },
  {
    what: "numbers with a decimal comma and points between thousands",
    format: { decimal: ",", thousands: "." },
  },
  {
    what: "numbers with a decimal comma and blanks between thousands",
    format: { decimal: ",", thousands: " " },
  },
  { what: "numbers with commas between thousands", format: { thousands: "," } },
  { what: "numbers with apostrophes between thousands", format: { thousands: "'" } },
  { what: "numbers with blanks between thousands", format: { thousands: " " } },
  { what: "shares, some of them with a percent sign", format: { percent: true } },
  { what: "dates", format: { dateFormat: "dd.MM.yyyy" }, isDate: true },
  { what: "dates", format: { dateFormat: "dd/MM/yyyy" }, isDate: true },
  { what: "dates", format: { dateFormat: "MM/dd/yyyy" }, isDate: true },
  { what: "dates", format: { dateFormat: "d/M/yyyy" }, isDate: true },
  { what: "dates", format: { dateFormat: "M/d/yyyy" }, isDate: true },
  { what: "dates", format: { dateFormat: "dd-MM-yyyy" }, isDate: true },
  { what: "dates", format: { dateFormat: "dd-MMM-yyyy" }, isDate: true },
  { what: "dates", format: { dateFormat: "d MMM yyyy" }, isDate: true },
  { what: "dates with a time", format: { dateFormat: "dd.MM.yyyy HH:mm" }, isDate: true },
  { what: "dates with a time", format: { dateFormat: "dd/MM/yyyy HH:mm" }, isDate: true },
  { what: "dates with a time", format: { dateFormat: "MM/dd/yyyy HH:mm" }, isDate: true },
  { what: "dates with a time", format: { dateFormat: "yyyyMMddHHmmss" }, isDate: true },
];
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
  let best: Form | undefined;
  for (const { what, format, isDate } of FORMS) {
    const isOfForm = formTest({ ...given, ...format }, isDate === true);
    const found = tried.filter(isOfForm);
    if (found.length < Math.max(LEAST_TEXTS, tried.length * LEAST_SHARE)) continue;
    if (best === undefined || found.length > best.found.length) best = { found, what, format, isOfForm };
  }
  if (best === undefined) return [];
  const { found, what, format, isOfForm } = best;
  let cells = 0;
  for (const [text, rows] of texts) if (isOfForm(text)) cells += rows;
  return [{ kind: "looks-like", cells, present, example: found[0], what, remedy: { format } }];
}

/** A form, and the texts that have it. */
interface Form {
  readonly found: readonly string[];
  readonly what: string;
  readonly format: CellFormat;
  readonly isOfForm: FormTest;
}

type FormTest = (text: string) => boolean;

function formTest(format: CellFormat, isDate: boolean): FormTest {
  const grammar = grammarOf(format);
  const read = isDate ? grammar.parseDate : grammar.parseNumber;
  return (text) => read(text) !== undefined;
}
