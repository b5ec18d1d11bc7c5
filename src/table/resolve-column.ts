import { argumentProblem, invalidArgument, type Problem, type ProblemPath, Problems } from "../errors.js";
import { kindHint } from "./checks/kind-hint.js";
import { parseDate } from "./dates.js";
import type { CategoricalColumn, Column, ColumnKind, NumericColumn } from "./table.js";
import { isBlank, parseBoolean, parseNumber, readNumber } from "./text-rules.js";

/** What a column can be declared as: a kind of column, or a numeric one that holds dates. */
export type DeclaredKind = ColumnKind | "date";

const DECLARED_KINDS: readonly DeclaredKind[] = ["numeric", "categorical", "text", "date"];

/** @throws HoldfastError for kinds by column name that are none, all of them. */
export function checkKinds(functionName: string, argument: string, kinds: unknown): void {
  const known = DECLARED_KINDS.join(", ");
  if (typeof kinds !== "object" || kinds === null || Array.isArray(kinds)) {
    const example = `{ tariff: "categorical" }`;
    invalidArgument(functionName, argument, `must be an object of kinds by column such as ${example}`, kinds);
  }
  const problems = new Problems();
  for (const [name, kind] of Object.entries(kinds)) {
    if (DECLARED_KINDS.includes(kind)) continue;
    const place = `${argument}[${JSON.stringify(name)}]`;
    const hint = kindHint(kind, DECLARED_KINDS);
    problems.add(argumentProblem(functionName, place, `must be one of ${known}`, kind, hint));
  }
  problems.throwIfAny();
}

/** Where cells come from, for messages. */
export type Place = Pick<ProblemPath, "function" | "file">;

/** A column of text before its kind is known: codes into its distinct texts, in order of first appearance. */
export interface CodedText {
  readonly name: string;
  readonly texts: readonly string[];
  /** −1 where there is no text at all. */
  readonly codes: Int32Array;
}

/** More categories than this make a column text. */
export const CATEGORY_LIMIT = 65_536;
/** Up to this many distinct values a column is categorical even when most of its rows differ. */
export const FEW_CATEGORIES = 20;

/**
 * Decides what a column of text is, from all of its values: numbers, booleans, dates, categories, else text.
 * A declared kind is taken as given, and every cell that cannot be read that way is a problem.
 * @param presentRows how many rows are not blank, when `codes` holds something other than the rows.
 */
export function resolveColumn(
  coded: CodedText,
  declared: DeclaredKind | undefined,
  problems: Problems,
  place: Place,
  presentRows?: number,
): Column {
  if (declared === "text") return textColumn(coded);
  if (declared === "categorical") return categoricalColumn(coded);
  if (declared !== undefined) return declaredNumbers(coded, declared, problems, place);

  const numbers = parseAll(coded.texts, parseNumber);
  if (numbers !== undefined && isNumeric(numbers)) {
    const column = numericColumn(coded, numbers, false);
    if (numbers.includes(Infinity) || numbers.includes(-Infinity)) {
      reportCells(
        coded,
        (code) => (Math.abs(numbers[code]) === Infinity ? "data.not-finite" : undefined),
        "must be finite",
        problems,
        place,
      );
    }
    return column;
  }
  const days = parseAll(coded.texts, parseDate);
  if (days !== undefined) return numericColumn(coded, days, true);
  if (hasTooManyCategories(coded.texts)) return textColumn(coded);
  const categorical = categoricalColumn(coded);
  const { categories, codes } = categorical;
  if (categories.length > FEW_CATEGORIES && categories.length > (presentRows ?? presentCount(codes)) / 2)
    return textColumn(coded);
  return categorical;
}

/** Gives distinct texts codes, in order of first appearance; null has the code −1. */
export function codeTexts(name: string, values: readonly (string | null)[]): CodedText {
  const texts: string[] = [];
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const text = values[row];
    if (text === null) {
      codes[row] = -1;
      continue;
    }
    let code = codeOf.get(text);
    if (code === undefined) {
      code = texts.push(text) - 1;
      codeOf.set(text, code);
    }
    codes[row] = code;
  }
  return { name, texts, codes };
}

function declaredNumbers(
  coded: CodedText,
  declared: "numeric" | "date",
  problems: Problems,
  place: Place,
): NumericColumn {
  const parse = declared === "numeric" ? readNumber : parseDate;
  const parsed = coded.texts.map(parse);
  const unread = (code: number): Problem["code"] | undefined =>
    parsed[code] === undefined ? "data.wrong-type" : undefined;
  const infinite = (code: number): Problem["code"] | undefined =>
    Math.abs(parsed[code] ?? 0) === Infinity ? "data.not-finite" : undefined;
  if (parsed.includes(undefined)) {
    reportCells(
      coded,
      unread,
      declared === "numeric" ? "must be a number" : "must be a date",
      problems,
      place,
    );
  }
  if (parsed.some((value) => Math.abs(value ?? 0) === Infinity)) {
    reportCells(coded, infinite, "must be finite", problems, place);
  }
  const values = Float64Array.from(parsed, (value) => value ?? Number.NaN);
  return numericColumn(coded, values, declared === "date");
}

function parseAll(
  texts: readonly string[],
  parse: (text: string) => number | undefined,
): Float64Array | undefined {
  const values = new Float64Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const value = parse(texts[i]);
    if (value === undefined) return undefined;
    values[i] = value;
  }
  return values;
}

/** A column of nothing but `inf` holds a word, not measurements; a column of missing cells only is numeric. */
function isNumeric(numbers: Float64Array): boolean {
  return numbers.some(Number.isFinite) || numbers.every(Number.isNaN);
}

function numericColumn(coded: CodedText, numbers: Float64Array, isDate: boolean): NumericColumn {
  const { name, codes } = coded;
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++)
    values[row] = codes[row] < 0 ? Number.NaN : numbers[codes[row]];
  return { kind: "numeric", name, values, ...(isDate ? { isDate } : {}) };
}

/** Categories without surrounding white space, booleans in lower case; blank is missing. */
function categoricalColumn(coded: CodedText): CategoricalColumn {
  const present = coded.texts.filter((text) => !isBlank(text));
  const isBoolean = present.every((text) => parseBoolean(text) !== undefined);
  const categories: string[] = [];
  const codeOf = new Map<string, number>();
  const recoded = coded.texts.map((text) => {
    if (isBlank(text)) return -1;
    const category = isBoolean ? (parseBoolean(text) as string) : text.trim();
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

function textColumn(coded: CodedText): Column {
  const texts = coded.texts.map((text) => (isBlank(text) ? null : text));
  const values = new Array<string | null>(coded.codes.length);
  for (let row = 0; row < values.length; row++)
    values[row] = coded.codes[row] < 0 ? null : texts[coded.codes[row]];
  return { kind: "text", name: coded.name, values };
}

function hasTooManyCategories(texts: readonly string[]): boolean {
  if (texts.length <= CATEGORY_LIMIT) return false;
  const categories = new Set<string>();
  for (const text of texts) {
    if (isBlank(text)) continue;
    categories.add(text.trim());
    if (categories.size > CATEGORY_LIMIT) return true;
  }
  return false;
}

function presentCount(codes: Int32Array): number {
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) count++;
  return count;
}

function reportCells(
  coded: CodedText,
  codeOfProblem: (code: number) => Problem["code"] | undefined,
  expected: string,
  problems: Problems,
  place: Place,
): void {
  coded.codes.forEach((code, index) => {
    const problem = code < 0 ? undefined : codeOfProblem(code);
    if (problem === undefined) return;
    problems.add({
      code: problem,
      path: { ...place, column: coded.name, row: index + 1 },
      expected,
      received: coded.texts[code],
    });
  });
}
