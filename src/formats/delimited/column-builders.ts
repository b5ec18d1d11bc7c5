import type { Problems } from "../../errors.js";
import type { ColumnPlan } from "../../table/grammar/column-plan.js";
import { type ColumnReading, noteOf } from "../../table/grammar/column-reading.js";
import { optionThatReads } from "../../table/grammar/looks-like.js";
import { MarkerTally } from "../../table/grammar/marker-tally.js";
import { CATEGORY_LIMIT } from "../../table/grammar/text-kind.js";
import { ByteDictionary } from "../../table/growing/byte-dictionary.js";
import { GrowingFloat64, GrowingInt32 } from "../../table/growing/growing-array.js";
import { withCompactDates } from "../../table/numbers-column.js";
import { plainNumber } from "../../table/plain-number.js";
import { type CodedText, type KnownText, type Place, resolveColumn } from "../../table/resolve-column.js";
import type { Column, NumericColumn } from "../../table/table.js";

/** Fields of some records: field `column` of record `i` is `bytes[starts[i · width + column], ends[i · width + column])`. */
export interface FieldBatch {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly recordCount: number;
  readonly width: number;
  /** The line that each record begins on. */
  readonly lines?: Int32Array;
}

/** Takes one column out of batches of fields. */
export interface ColumnBuilder {
  add(batch: FieldBatch, column: number): void;
  /** The column, or undefined when it is not what this builder can hold. */
  finish(name: string, problems: Problems, place: Place): Column | undefined;
}

interface OddCell {
  readonly row: number;
  readonly text: string;
}

/** How many odd cells are kept in full; the rest are counted. */
const KEPT_CELLS = 100;

/** Records whose lines are kept for examples. */
const EXAMPLE_RECORDS = 1000;

/** Numbers, as long as every cell is one; when declared numeric, a cell that is not a number is a problem instead. */
export class NumberBuilder implements ColumnBuilder {
  private readonly values = new GrowingFloat64();
  private readonly unread: OddCell[] = [];
  private readonly infinite: OddCell[] = [];
  private readonly markers = new MarkerTally();
  private readonly isDeclared: boolean;
  private unreadCount = 0;
  private infiniteCount = 0;
  private finiteCount = 0;
  /** Of the first records, for examples. */
  private firstLines: Int32Array | undefined;

  constructor(
    private readonly plan: ColumnPlan,
    /** What is known of the column from an earlier pass: its notes are not made again. */
    private readonly known?: Pick<KnownText, "reading">,
  ) {
    this.isDeclared = plan.kind === "numeric";
  }

  /** Whether there was a cell that is not a number. */
  get isRefuted(): boolean {
    return !this.isDeclared && this.unreadCount > 0;
  }

  add(batch: FieldBatch, column: number): void {
    if (this.isRefuted) return;
    const { bytes, starts, ends, recordCount, width, lines } = batch;
    const { takesPlainNumbers } = this.plan.grammar;
    const values = this.values.reserve(recordCount);
    const before = this.values.length;
    this.firstLines ??= lines?.slice(0, EXAMPLE_RECORDS);
    let finiteCount = 0;
    for (let i = 0, k = column; i < recordCount; i++, k += width) {
      let value = takesPlainNumbers ? plainNumber(bytes, starts[k], ends[k]) : Number.NaN;
      if (!Number.isNaN(value)) {
        finiteCount++;
      } else if (starts[k] < ends[k]) {
        value = this.readText(bytes.toString("utf8", starts[k], ends[k]), before + i + 1, lines?.[i]);
        if (this.isRefuted) return;
      }
      values[before + i] = value;
    }
    this.values.length += recordCount;
    this.finiteCount += finiteCount;
  }

  finish(name: string, problems: Problems, place: Place): Column | undefined {
    if (!this.isDeclared && (this.isRefuted || (this.infiniteCount > 0 && this.finiteCount === 0)))
      return undefined;
    const report = (
      cells: readonly OddCell[],
      count: number,
      code: "data.wrong-type" | "data.not-finite",
    ) => {
      const expected = code === "data.wrong-type" ? "must be a number" : "must be finite";
      for (let i = 0; i < count; i++) {
        const { row, text } = cells[Math.min(i, cells.length - 1)];
        const hint = code === "data.wrong-type" ? optionThatReads(text, "numeric") : undefined;
        const problem = { code, path: { ...place, column: name, row }, expected, received: text };
        problems.add(hint === undefined ? problem : { ...problem, hint });
      }
    };
    report(this.unread, this.unreadCount, "data.wrong-type");
    report(this.infinite, this.infiniteCount, "data.not-finite");
    const { reading } = this.known ?? { reading: this.reading(name) };
    const values = this.values.finish();
    const column: NumericColumn = {
      kind: "numeric",
      name,
      values,
      ...(reading === undefined ? {} : { reading }),
    };
    return this.plan.kind === undefined ? withCompactDates(column, (row) => this.firstLines?.[row]) : column;
  }

  private reading(name: string): ColumnReading | undefined {
    const { format } = this.plan.grammar;
    const markers = this.markers.texts;
    if (format === undefined && markers.length === 0) return undefined;
    const findings = this.markers.findings(this.finiteCount);
    return {
      ...(format === undefined ? {} : { format }),
      ...(markers.length === 0 ? {} : { markers }),
      notes: findings.map((finding) => noteOf(name, finding, this.markers.first)),
    };
  }

  private readText(text: string, row: number, line: number | undefined): number {
    const { grammar } = this.plan;
    const value = this.isDeclared ? grammar.readNumber(text) : grammar.parseNumber(text);
    if (value === undefined) {
      this.unreadCount++;
      if (this.unread.length < KEPT_CELLS) this.unread.push({ row, text });
      return Number.NaN;
    }
    if (Number.isNaN(value)) this.markers.add(text, 1, { row, line });
    else if (Number.isFinite(value)) this.finiteCount++;
    if (Math.abs(value) === Infinity) {
      this.infiniteCount++;
      if (this.infinite.length < KEPT_CELLS) this.infinite.push({ row, text });
    }
    return value;
  }
}

/** Texts whose first line is kept for examples: up to the number of categories that a column can have. */
const LINED_TEXTS = CATEGORY_LIMIT;

/** Codes into the distinct texts of a column, whose kind is decided from all of them at the end. */
export class TextBuilder implements ColumnBuilder {
  private readonly codes = new GrowingInt32();
  private readonly lines = new GrowingInt32();
  private readonly dictionary = new ByteDictionary();

  constructor(private readonly plan: ColumnPlan) {}

  add(batch: FieldBatch, column: number): void {
    const { bytes, starts, ends, recordCount, width, lines } = batch;
    const { dictionary } = this;
    const codes = this.codes.reserve(recordCount);
    const before = this.codes.length;
    for (let i = 0, k = column; i < recordCount; i++, k += width) {
      if (starts[k] === ends[k]) {
        codes[before + i] = -1;
        continue;
      }
      const code = dictionary.codeOf(bytes, starts[k], ends[k]);
      if (code === this.lines.length && code < LINED_TEXTS) this.lines.push(lines?.[i] ?? 0);
      codes[before + i] = code;
    }
    this.codes.length += recordCount;
  }

  finish(name: string, problems: Problems, place: Place): Column {
    return resolveColumn(this.coded(name), this.plan, problems, place);
  }

  /** The column before its kind is decided. */
  coded(name: string): CodedText {
    const codes = this.codes.finish();
    return { name, texts: this.dictionary.texts(), codes, lines: this.lines.finish() };
  }
}
