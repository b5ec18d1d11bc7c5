import { CELL_KINDS } from "../table/cell-kinds.js";
import { type CellGrammar, grammarOf } from "../table/grammar/cell-grammar.js";
import { ByteDictionary } from "../table/growing/byte-dictionary.js";
import { plainNumber } from "../table/plain-number.js";
import type { Column } from "../table/table.js";
import { readNumber } from "../table/text-rules.js";
import type { NeededColumn } from "./row-source.js";

/** What is wrong with a cell, as a clause; undefined where nothing is. */
export type CellProblem = string | undefined;

/** The cells of one column of a batch, put in one by one, by the rules of `readTable`. */
export interface Cells {
  /** Makes room for rows `0 … count − 1` of the batch; to be called before they are put. */
  reserve(count: number): void;
  /** @param at the row in the batch. */
  put(at: number, value: unknown): CellProblem;
  /** A cell as UTF-8 of a text file, `bytes[start, end)`. */
  putBytes(at: number, bytes: Buffer, start: number, end: number): CellProblem;
  /** The first `count` cells as a column; later cells go into a new one. */
  finish(count: number): Column;
}

const { numeric, date, categorical, text } = CELL_KINDS;
const NOT_FINITE = "must be finite";

/** Most distinct texts of a column that are remembered from batch to batch; beyond that, all are forgotten. */
const REMEMBERED_TEXTS = 65_536;

export function cellsOf({ name, kind, reading, isFlag }: Omit<NeededColumn, "why">): Cells {
  const grammar = grammarOf(reading, { isFlag });
  if (kind === "numeric") return new NumberCells(name, grammar);
  if (kind === "date") return new DateCells(name, grammar);
  return kind === "categorical" ? new CategoryCells(name, grammar) : new TextCells(name, grammar);
}

/** The same values with room for more. */
function larger<Values extends Float64Array | Int32Array>(values: Values, count: number): Values {
  if (count <= values.length) return values;
  const grown = new (values.constructor as new (length: number) => Values)(count);
  grown.set(values);
  return grown;
}

/** Numbers. A caller that has many at once may copy them into `values`, and then looks for infinite ones itself. */
export class NumberCells implements Cells {
  values = new Float64Array();

  constructor(
    private readonly name: string,
    private readonly grammar: CellGrammar,
  ) {}

  reserve(count: number): void {
    this.values = larger(this.values, count);
  }

  /** Whether plain decimals are the numbers that they show, so that many may be copied at once. */
  get takesPlainNumbers(): boolean {
    return this.grammar.takesPlainNumbers;
  }

  put(at: number, value: unknown): CellProblem {
    const number = numeric.read(value, this.grammar);
    if (number === undefined) {
      const isInfinite = (typeof value === "string" ? readNumber(value) : value) as number;
      return Math.abs(isInfinite) === Infinity ? NOT_FINITE : numeric.expected;
    }
    this.values[at] = number;
    return undefined;
  }

  putBytes(at: number, bytes: Buffer, start: number, end: number): CellProblem {
    const value = this.grammar.takesPlainNumbers ? plainNumber(bytes, start, end) : Number.NaN;
    // Most cells return here.
    if (!Number.isNaN(value) || start >= end) {
      this.values[at] = value;
      return undefined;
    }
    return this.put(at, bytes.toString("utf8", start, end));
  }

  finish(count: number): Column {
    const { name, values } = this;
    this.values = new Float64Array();
    return { kind: "numeric", name, values: count === values.length ? values : values.subarray(0, count) };
  }
}

/** Days since 1970-01-01 (UTC). A caller that has many at once may copy them into `values`. */
export class DateCells implements Cells {
  values = new Float64Array();
  private dictionary = new ByteDictionary();
  private days: (number | undefined)[] = [];

  constructor(
    private readonly name: string,
    private readonly grammar: CellGrammar,
  ) {}

  reserve(count: number): void {
    this.values = larger(this.values, count);
  }

  put(at: number, value: unknown): CellProblem {
    const days = date.read(value, this.grammar);
    if (days === undefined) return date.expected;
    this.values[at] = days;
    return undefined;
  }

  putBytes(at: number, bytes: Buffer, start: number, end: number): CellProblem {
    // A column repeats few distinct days, and parsing one is slow.
    const code = this.dictionary.codeOf(bytes, start, end);
    if (code === this.days.length)
      this.days.push(date.read(bytes.toString("utf8", start, end), this.grammar));
    const days = this.days[code];
    if (days === undefined) return date.expected;
    this.values[at] = days;
    return undefined;
  }

  finish(count: number): Column {
    const { name, values } = this;
    this.values = new Float64Array();
    if (this.dictionary.size > REMEMBERED_TEXTS) {
      this.dictionary = new ByteDictionary();
      this.days = [];
    }
    const { format } = this.grammar;
    const reading = format?.timeZone === undefined ? {} : { reading: { format, notes: [] } };
    return { kind: "numeric", name, values: values.subarray(0, count), isDate: true, ...reading };
  }
}

/** Codes into categories; the model's vectorizer decides which of its levels a category is. */
export class CategoryCells implements Cells {
  codes = new Int32Array();
  private dictionary = new ByteDictionary();
  /** Of each entry of the dictionary. */
  private codeOfEntry: number[] = [];
  private texts: string[] = [];
  private codeOf = new Map<string, number>();

  constructor(
    private readonly name: string,
    private readonly grammar: CellGrammar,
  ) {}

  reserve(count: number): void {
    this.codes = larger(this.codes, count);
  }

  put(at: number, value: unknown): CellProblem {
    const category = categorical.read(value, this.grammar);
    if (category === undefined) return categorical.expected;
    this.codes[at] = this.codeOfCategory(category);
    return undefined;
  }

  putBytes(at: number, bytes: Buffer, start: number, end: number): CellProblem {
    const entry = start >= end ? -1 : this.dictionary.codeOf(bytes, start, end);
    // Each distinct text is looked at once.
    if (entry === this.codeOfEntry.length)
      this.codeOfEntry.push(this.codeOfCategory(this.grammar.category(bytes.toString("utf8", start, end))));
    this.codes[at] = entry < 0 ? -1 : this.codeOfEntry[entry];
    return undefined;
  }

  private codeOfCategory(category: string): number {
    if (category === "") return -1;
    let code = this.codeOf.get(category);
    if (code === undefined) {
      code = this.texts.push(category) - 1;
      this.codeOf.set(category, code);
    }
    return code;
  }

  finish(count: number): Column {
    const { name, codes } = this;
    const categories = this.texts;
    this.codes = new Int32Array();
    if (Math.max(categories.length, this.dictionary.size) > REMEMBERED_TEXTS) {
      this.dictionary = new ByteDictionary();
      this.codeOfEntry = [];
      this.texts = [];
      this.codeOf = new Map();
    }
    return { kind: "categorical", name, codes: codes.subarray(0, count), categories: [...categories] };
  }
}

class TextCells implements Cells {
  private texts: (string | null)[] = [];

  constructor(
    private readonly name: string,
    private readonly grammar: CellGrammar,
  ) {}

  reserve(): void {}

  put(at: number, value: unknown): CellProblem {
    const read = text.read(value, this.grammar);
    if (read === undefined) return text.expected;
    this.texts[at] = read;
    return undefined;
  }

  putBytes(at: number, bytes: Buffer, start: number, end: number): CellProblem {
    this.texts[at] =
      start >= end ? null : (text.read(bytes.toString("utf8", start, end), this.grammar) ?? null);
    return undefined;
  }

  finish(count: number): Column {
    const { name, texts } = this;
    this.texts = [];
    return { kind: "text", name, values: Array.from({ length: count }, (_, at) => texts[at] ?? null) };
  }
}
