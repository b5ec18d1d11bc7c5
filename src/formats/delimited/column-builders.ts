import type { Problems } from "../../errors.js";
import { ByteDictionary } from "../../table/byte-dictionary.js";
import { GrowingFloat64, GrowingInt32 } from "../../table/growing-array.js";
import { plainNumber } from "../../table/plain-number.js";
import { type CodedText, type DeclaredKind, type Place, resolveColumn } from "../../table/resolve-column.js";
import type { Column } from "../../table/table.js";
import { parseNumber, readNumber } from "../../table/text-rules.js";

/** Fields of some records: field `column` of record `i` is `bytes[starts[i · width + column], ends[i · width + column])`. */
export interface FieldBatch {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly recordCount: number;
  readonly width: number;
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

/** Numbers, as long as every cell is one; when declared numeric, a cell that is not a number is a problem instead. */
export class NumberBuilder implements ColumnBuilder {
  private readonly values = new GrowingFloat64();
  private readonly unread: OddCell[] = [];
  private readonly infinite: OddCell[] = [];
  private unreadCount = 0;
  private infiniteCount = 0;
  private finiteCount = 0;

  constructor(private readonly isDeclared: boolean) {}

  /** Whether there was a cell that is not a number. */
  get isRefuted(): boolean {
    return !this.isDeclared && this.unreadCount > 0;
  }

  add(batch: FieldBatch, column: number): void {
    if (this.isRefuted) return;
    const { bytes, starts, ends, recordCount, width } = batch;
    const values = this.values.reserve(recordCount);
    const before = this.values.length;
    let finiteCount = 0;
    for (let i = 0, k = column; i < recordCount; i++, k += width) {
      let value = plainNumber(bytes, starts[k], ends[k]);
      if (!Number.isNaN(value)) {
        finiteCount++;
      } else if (starts[k] < ends[k]) {
        value = this.readText(bytes.toString("utf8", starts[k], ends[k]), before + i + 1);
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
        problems.add({ code, path: { ...place, column: name, row }, expected, received: text });
      }
    };
    report(this.unread, this.unreadCount, "data.wrong-type");
    report(this.infinite, this.infiniteCount, "data.not-finite");
    return { kind: "numeric", name, values: this.values.finish() };
  }

  private readText(text: string, row: number): number {
    const value = this.isDeclared ? readNumber(text) : parseNumber(text);
    if (value === undefined) {
      this.unreadCount++;
      if (this.unread.length < KEPT_CELLS) this.unread.push({ row, text });
      return Number.NaN;
    }
    if (Number.isFinite(value)) this.finiteCount++;
    if (Math.abs(value) === Infinity) {
      this.infiniteCount++;
      if (this.infinite.length < KEPT_CELLS) this.infinite.push({ row, text });
    }
    return value;
  }
}

/** Codes into the distinct texts of a column, whose kind is decided from all of them at the end. */
export class TextBuilder implements ColumnBuilder {
  private readonly codes = new GrowingInt32();
  private readonly dictionary = new ByteDictionary();

  constructor(private readonly declared?: DeclaredKind) {}

  add(batch: FieldBatch, column: number): void {
    const { bytes, starts, ends, recordCount, width } = batch;
    const { dictionary } = this;
    const codes = this.codes.reserve(recordCount);
    const before = this.codes.length;
    for (let i = 0, k = column; i < recordCount; i++, k += width) {
      codes[before + i] = starts[k] === ends[k] ? -1 : dictionary.codeOf(bytes, starts[k], ends[k]);
    }
    this.codes.length += recordCount;
  }

  finish(name: string, problems: Problems, place: Place): Column {
    return resolveColumn(this.coded(name), this.declared, problems, place);
  }

  /** The column before its kind is decided. */
  coded(name: string): CodedText {
    return { name, texts: this.dictionary.texts(), codes: this.codes.finish() };
  }
}
