import type { Problem, ProblemPath, Problems } from "../errors.js";
import { type CellGrammar, grammarOf } from "./grammar/cell-grammar.js";
import type { ColumnPlan, DeclaredKind } from "./grammar/column-plan.js";
import { type CellPlace, type ColumnReading, noteOf } from "./grammar/column-reading.js";
import { optionThatReads } from "./grammar/looks-like.js";
import { type DecidedKind, TextKind } from "./grammar/text-kind.js";
import { TextCodes } from "./growing/text-codes.js";
import type { CategoricalColumn, Column, NumericColumn, TextColumn } from "./table.js";
import { parseBoolean } from "./text-rules.js";

/** Where cells come from, for messages. */
export type Place = Pick<ProblemPath, "function" | "file">;

/** A column of text before its kind is known: codes into its distinct texts, in order of first appearance. */
export interface CodedText {
  readonly name: string;
  readonly texts: readonly string[];
  /** −1 where there is no text at all. */
  readonly codes: Int32Array;
  /** The line on which each text first appears, where the source has lines. */
  readonly lines?: ArrayLike<number>;
}

/**
 * Decides what a column of text is, from all of its values: numbers, booleans, dates, categories, else text.
 * A declared kind is taken as given, and every cell that cannot be read that way is a problem.
 * @param rowsOf how many rows have each text, where `codes` holds something other than the rows.
 */
export function resolveColumn(
  coded: CodedText,
  plan: ColumnPlan,
  problems: Problems,
  place: Place,
  rowsOf?: ArrayLike<number>,
): Column {
  const decided = decideKind(coded, plan, rowsOf);
  const placeOf = rowsOf === undefined ? (example: string) => placeOfText(coded, example) : () => undefined;
  return columnOfKind(coded, knownText(coded.name, decided, plan, placeOf), problems, place);
}

/** What is known of a column of text before its cells are read. */
export interface KnownText {
  readonly kind: DeclaredKind;
  /** Whether all of its texts are `true` or `false` in any case: they are then written in lower case. */
  readonly isBoolean: boolean;
  readonly grammar: CellGrammar;
  readonly reading: ColumnReading | undefined;
}

/** A decided column, with the notes of what was decided. @param placeOf where a text first appears, undefined if not known. */
export function knownText(
  name: string,
  { kind, isBoolean, format, markers, findings }: DecidedKind,
  { grammar }: ColumnPlan,
  placeOf: (example: string) => CellPlace | undefined,
): KnownText {
  const given = grammar.format;
  const whole = given === undefined || format === undefined ? (given ?? format) : { ...given, ...format };
  const notes = findings.map((finding) => noteOf(name, finding, placeOf(finding.example)));
  const isPlain = whole === undefined && notes.length === 0;
  const reading = {
    ...(whole === undefined ? {} : { format: whole }),
    ...(markers.length === 0 ? {} : { markers }),
    notes,
  };
  return {
    kind,
    isBoolean,
    grammar: format === undefined ? grammar : grammarOf(whole),
    reading: isPlain ? undefined : reading,
  };
}

/** The kind of a column of text, and what was found of it. */
function decideKind(coded: CodedText, plan: ColumnPlan, rowsOf: ArrayLike<number> | undefined): DecidedKind {
  const kind = new TextKind(plan);
  const rows = rowsOf ?? rowsOfTexts(coded);
  for (let code = 0; code < coded.texts.length && !kind.isSettled; code++)
    kind.add(coded.texts[code], rows[code]);
  return kind.decide();
}

/** A column of text as one of a known kind. */
export function columnOfKind(
  coded: CodedText,
  { kind, isBoolean, grammar, reading }: KnownText,
  problems: Problems,
  place: Place,
): Column {
  const column =
    kind === "text"
      ? textColumn(coded, grammar)
      : kind === "categorical"
        ? categoricalColumn(coded, isBoolean, grammar)
        : numbersOrDates(coded, kind, grammar, problems, place);
  return reading === undefined ? column : { ...column, reading };
}

function placeOfText({ texts, codes, lines }: CodedText, example: string): CellPlace | undefined {
  const code = texts.findIndex((text) => text.trim() === example);
  const row = code < 0 ? -1 : codes.indexOf(code);
  const line = lines === undefined || code < 0 ? undefined : lines[code];
  return row < 0 ? undefined : { row: row + 1, line };
}

function rowsOfTexts({ texts, codes }: CodedText): Int32Array {
  const rows = new Int32Array(texts.length);
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) rows[codes[row]]++;
  return rows;
}

/** Gives distinct texts codes, in order of first appearance; null has the code −1. */
export function codeTexts(name: string, values: readonly (string | null)[]): CodedText {
  const texts = new TextCodes();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const text = values[row];
    if (text === null) {
      codes[row] = -1;
      continue;
    }
    codes[row] = texts.codeOf(text);
  }
  return { name, texts: texts.texts, codes };
}

function numbersOrDates(
  coded: CodedText,
  kind: "numeric" | "date",
  grammar: CellGrammar,
  problems: Problems,
  place: Place,
): NumericColumn {
  const read = kind === "numeric" ? grammar.readNumber : grammar.readDate;
  const parsed = coded.texts.map(read);
  const unread = (code: number): Problem["code"] | undefined =>
    parsed[code] === undefined ? "data.wrong-type" : undefined;
  const infinite = (code: number): Problem["code"] | undefined =>
    Math.abs(parsed[code] ?? 0) === Infinity ? "data.not-finite" : undefined;
  if (parsed.includes(undefined)) {
    const expected = kind === "numeric" ? "must be a number" : "must be a date";
    const { dateFormat } = grammar.format ?? {};
    const hintOf = (text: string) =>
      dateFormat === undefined ? optionThatReads(text, kind) : `its form is ${JSON.stringify(dateFormat)}`;
    reportCells(coded, unread, expected, problems, place, hintOf);
  }
  if (parsed.some((value) => Math.abs(value ?? 0) === Infinity)) {
    reportCells(coded, infinite, "must be finite", problems, place);
  }
  const values = Float64Array.from(parsed, (value) => value ?? Number.NaN);
  return numericColumn(coded, values, kind === "date");
}

function numericColumn(coded: CodedText, numbers: Float64Array, isDate: boolean): NumericColumn {
  const { name, codes } = coded;
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++)
    values[row] = codes[row] < 0 ? Number.NaN : numbers[codes[row]];
  return { kind: "numeric", name, values, ...(isDate ? { isDate } : {}) };
}

/** Categories by the grammar's rule, booleans in lower case; a missing one has the code −1. */
function categoricalColumn(coded: CodedText, isBoolean: boolean, grammar: CellGrammar): CategoricalColumn {
  const categories: string[] = [];
  const codeOf = new Map<string, number>();
  const recoded = coded.texts.map((text) => {
    const category = (isBoolean ? parseBoolean(text) : undefined) ?? grammar.category(text);
    if (category === "") return -1;
    const known = codeOf.get(category);
    if (known !== undefined) return known;
    codeOf.set(category, categories.length);
    return categories.push(category) - 1;
  });
  if (categories.length === coded.texts.length) {
    return { kind: "categorical", name: coded.name, codes: coded.codes, categories };
  }
  const codes = new Int32Array(coded.codes.length);
  for (let row = 0; row < codes.length; row++)
    codes[row] = coded.codes[row] < 0 ? -1 : recoded[coded.codes[row]];
  return { kind: "categorical", name: coded.name, codes, categories };
}

function textColumn(coded: CodedText, grammar: CellGrammar): TextColumn {
  const texts = coded.texts.map((text) => (grammar.isMissing(text) ? null : text));
  const values = new Array<string | null>(coded.codes.length);
  for (let row = 0; row < values.length; row++)
    values[row] = coded.codes[row] < 0 ? null : texts[coded.codes[row]];
  return { kind: "text", name: coded.name, values };
}

function reportCells(
  coded: CodedText,
  codeOfProblem: (code: number) => Problem["code"] | undefined,
  expected: string,
  problems: Problems,
  place: Place,
  hintOf: (text: string) => string | undefined = () => undefined,
): void {
  coded.codes.forEach((code, index) => {
    const problem = code < 0 ? undefined : codeOfProblem(code);
    if (problem === undefined) return;
    const hint = hintOf(coded.texts[code]);
    problems.add({
      code: problem,
      path: { ...place, column: coded.name, row: index + 1 },
      expected,
      received: coded.texts[code],
      ...(hint === undefined ? {} : { hint }),
    });
  });
}
