import { count, type Problems } from "../../errors.js";
import type { Place } from "../../table/resolve-column.js";
import { isBlank } from "./unnamed-columns.js";

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** What to do when the bytes end within a record: wait for more, or take it as the end of the file. */
export type AtEnd = "wait" | "finish";

/** How records are scanned. */
export interface ScannerOptions {
  /**
   * Called for a ragged record (more or fewer fields than the header), which stays in the batch with all values missing.
   * Default: it is a problem.
   * @param record its position in the batch. @param text the record as it is in the file.
   */
  readonly onRagged?: ((record: number, line: number, fields: number, text: string) => void) | undefined;
  /** Whether quotes enclose fields; if not, they are ordinary text. Default true. */
  readonly quotes?: boolean | undefined;
  /** Fields that a record has at least: those behind them have no name, and are empty in a shorter record. Default: all. */
  readonly least?: number | undefined;
}

/**
 * Cuts delimited bytes into fields (RFC 4180; LF, CRLF or CR ends a line, quotes count only at the start of a field).
 * Afterwards field `column` of record `i` is `bytes[starts[i · width + column], ends[i · width + column])`, quotes
 * taken off. Blank lines are not records; in a file of one column they are missing values, except at its end. Blank fields
 * behind the last column, as spreadsheets write them, are no fault.
 */
export class DelimitedScanner {
  starts = new Int32Array(1 << 8);
  ends = new Int32Array(1 << 8);
  /** The line that each record begins on. */
  lines = new Int32Array(1 << 6);
  recordCount = 0;
  /** Set where a quote is not closed properly: nothing after it can be trusted. */
  isBroken = false;
  private pendingBlankLines = 0;
  private readonly endsField = new Uint8Array(256);
  /** No byte where quotes are text. */
  private readonly quote: number;

  constructor(
    private readonly delimiter: number,
    private readonly width: number,
    private readonly problems: Problems,
    private readonly place: Place,
    /** Line that the next record begins on, from 1. */
    public line: number,
    private readonly options: ScannerOptions = {},
  ) {
    this.quote = options.quotes === false ? -1 : QUOTE;
    this.endsField[delimiter] = 1;
    this.endsField[LF] = 1;
    this.endsField[CR] = 1;
  }

  /**
   * Scans the whole records of `bytes[from, to)` and returns where they end. `bytes[to]` must exist and may be
   * overwritten, as may the bytes of quoted fields.
   */
  scan(bytes: Buffer, from: number, to: number, atEnd: AtEnd): number {
    const { delimiter, width, endsField, quote } = this;
    const isLast = atEnd === "finish";
    this.recordCount = 0;
    bytes[to] = LF; // ends the inner loop without asking for the length at each byte
    let recordStart = from;
    let line = this.line;
    while (recordStart < to) {
      const base = this.recordCount * width;
      if (base + width > this.starts.length) this.grow(base + width);
      const { starts, ends } = this;
      const firstLine = line;
      let p = recordStart;
      let fields = 0;
      let escapes = 0;
      let isQuoted = false;
      let isComplete = false;
      let isTooLong = false;
      while (!isComplete) {
        let start = p;
        let end: number;
        if (bytes[p] === quote && p < to) {
          const quoteLine = line;
          isQuoted = true;
          start = ++p;
          for (;;) {
            while (bytes[p] !== QUOTE && p < to) {
              const byte = bytes[p++];
              if (byte === LF || (byte === CR && bytes[p] !== LF)) line++;
            }
            if (p < to && bytes[p + 1] === QUOTE && p + 1 < to) {
              escapes++;
              p += 2;
              continue;
            }
            break;
          }
          if (p >= to || (p + 1 >= to && !isLast)) {
            if (!isLast) return this.pause(recordStart, firstLine);
            return this.breakAt(quoteLine, "must close the quote that opens here", to);
          }
          end = p++;
          if (p < to && endsField[bytes[p]] === 0) {
            const expected = "must have a delimiter or a line end after a closing quote";
            return this.breakAt(
              line,
              line === quoteLine ? expected : `${expected} (it opens on line ${quoteLine})`,
              to,
            );
          }
        } else {
          while (endsField[bytes[p]] === 0) p++;
          end = p;
        }
        if (fields < width) {
          starts[base + fields] = start;
          ends[base + fields] = end;
        } else if (!isBlank(bytes, start, end)) {
          isTooLong = true;
        }
        fields++;
        if (p >= to) {
          if (!isLast) return this.pause(recordStart, firstLine);
          isComplete = true;
        } else if (bytes[p] === delimiter) {
          p++;
        } else {
          if (bytes[p] === CR) {
            if (p + 1 >= to && !isLast) return this.pause(recordStart, firstLine);
            if (bytes[p + 1] === LF && p + 1 < to) p++;
          }
          p++;
          line++;
          isComplete = true;
        }
      }
      if (fields === 1 && !isQuoted && isBlank(bytes, starts[base], ends[base])) {
        if (width === 1) this.pendingBlankLines++;
      } else {
        if (this.pendingBlankLines > 0) this.insertBlankRecords(base, firstLine);
        if (fields !== width && (isTooLong || !this.isFilledUp(base, fields)))
          this.reportRagged(firstLine, fields, bytes, recordStart, p);
        else if (escapes > 0) unescapeQuotes(bytes, starts, ends, base, width);
        if (this.recordCount >= this.lines.length) this.growLines(this.recordCount + 1);
        this.lines[this.recordCount++] = firstLine;
      }
      recordStart = p;
    }
    this.line = line;
    return to;
  }

  private pause(recordStart: number, line: number): number {
    this.line = line;
    return recordStart;
  }

  private breakAt(line: number, expected: string, to: number): number {
    this.problems.add({
      code: "data.malformed",
      path: { ...this.place, line },
      expected,
      received: undefined,
    });
    this.line = line;
    this.isBroken = true;
    return to;
  }

  /** Whether a record has all fields that it must have; the others become empty. */
  private isFilledUp(base: number, fields: number): boolean {
    const { width, options } = this;
    if (fields < (options.least ?? width)) return false;
    if (fields < width) {
      this.starts.fill(0, base + fields, base + width);
      this.ends.fill(0, base + fields, base + width);
    }
    return true;
  }

  /** The record stays, with all values missing, so that rows keep their numbers. */
  private reportRagged(line: number, fields: number, bytes: Buffer, start: number, end: number): void {
    const base = this.recordCount * this.width;
    this.starts.fill(0, base, base + this.width);
    this.ends.fill(0, base, base + this.width);
    const { onRagged } = this.options;
    if (onRagged !== undefined) {
      onRagged(this.recordCount, line, fields, bytes.toString("utf8", start, end).replace(/[\r\n]+$/, ""));
      return;
    }
    const expected = `must have ${count(this.width, "field")} like the header`;
    this.problems.add({ code: "data.malformed", path: { ...this.place, line }, expected, received: fields });
  }

  /** Only in a file of one column: makes each blank line before record `base` a row with a missing value. */
  private insertBlankRecords(base: number, line: number): void {
    const blank = this.pendingBlankLines;
    this.pendingBlankLines = 0;
    this.grow(base + blank + 1);
    this.starts[base + blank] = this.starts[base];
    this.ends[base + blank] = this.ends[base];
    this.starts.fill(0, base, base + blank);
    this.ends.fill(0, base, base + blank);
    this.growLines(this.recordCount + blank + 1);
    this.lines.fill(line, this.recordCount, this.recordCount + blank);
    this.recordCount += blank;
  }

  private growLines(needed: number): void {
    if (needed <= this.lines.length) return;
    const { lines } = this;
    this.lines = new Int32Array(Math.max(needed, lines.length * 2));
    this.lines.set(lines);
  }

  private grow(needed: number): void {
    if (needed <= this.starts.length) return;
    const { starts, ends } = this;
    this.starts = new Int32Array(Math.max(needed, starts.length * 2));
    this.starts.set(starts);
    this.ends = new Int32Array(this.starts.length);
    this.ends.set(ends);
  }
}

/** Makes doubled quotes single, in place: a field only shrinks. */
function unescapeQuotes(
  bytes: Buffer,
  starts: Int32Array,
  ends: Int32Array,
  base: number,
  fields: number,
): void {
  for (let k = base; k < base + fields; k++) {
    const start = starts[k];
    if (start === 0 || bytes[start - 1] !== QUOTE) continue;
    let written = start;
    for (let p = start; p < ends[k]; p++) {
      bytes[written++] = bytes[p];
      if (bytes[p] === QUOTE) p++;
    }
    ends[k] = written;
  }
}
