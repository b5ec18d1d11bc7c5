import { TextCodes } from "../growing/text-codes.js";
import type { GivenCells } from "./given-cells.js";

/**
 * How many rows are read before the next columns: they stay in the processor's cache, while the inner loop writes into few
 * arrays.
 */
const BLOCK_ROWS = 256;
/** How many columns of numbers are read at the same time: each row is found once for all of them. */
const TOGETHER = 4;

type Rows = readonly ArrayLike<unknown>[];

/** The columns of rows that are arrays. */
export function cellsOfRows(rows: Rows, width: number): GivenCells[] {
  const columns = Array.from({ length: width }, (_, c) => new ColumnOfRows(c, rows.length));
  for (let from = 0; from < rows.length; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, rows.length);
    const ofNumbers: ColumnOfRows[] = [];
    for (const column of columns) if (!column.take(rows, from, to)) ofNumbers.push(column);
    for (let c = 0; c < ofNumbers.length; c += TOGETHER)
      takeNumbers(rows, from, to, ofNumbers.slice(c, c + TOGETHER));
  }
  return columns.map((column) => column.finish(rows));
}

/** A column of numbers only or of texts only as far as it was read, else one of any values. */
class ColumnOfRows {
  numbers: Float64Array | undefined;
  isMixed = false;
  private codes: Int32Array | undefined;
  private readonly texts = new TextCodes();

  constructor(
    readonly column: number,
    private readonly rowCount: number,
  ) {}

  /** False where the rows are still to be read as numbers. */
  take(rows: Rows, from: number, to: number): boolean {
    if (this.isMixed) return true;
    let row = from;
    if (this.numbers === undefined && this.codes === undefined) {
      while (row < to && isMissing(rows[row][this.column])) row++;
      if (row === to) return true;
      const first = typeof rows[row][this.column];
      if (first === "number") this.numbers = new Float64Array(this.rowCount).fill(Number.NaN, 0, from);
      else if (first === "string") this.codes = new Int32Array(this.rowCount).fill(-1, 0, from);
      else this.isMixed = true;
    }
    if (this.codes !== undefined) this.isMixed = !this.takeTexts(this.codes, rows, from, to);
    return this.numbers === undefined;
  }

  finish(rows: Rows): GivenCells {
    if (this.isMixed) return { holds: "cells", cells: rows.map((row) => row[this.column]) };
    if (this.codes !== undefined) return { holds: "codes", codes: this.codes, texts: this.texts.texts };
    return { holds: "numbers", numbers: this.numbers ?? new Float64Array(this.rowCount).fill(Number.NaN) };
  }

  private takeTexts(codes: Int32Array, rows: Rows, from: number, to: number): boolean {
    const { texts, column } = this;
    for (let row = from; row < to; row++) {
      const text = rows[row][column];
      if (typeof text !== "string") {
        if (!isMissing(text)) return false;
        codes[row] = -1;
        continue;
      }
      codes[row] = texts.codeOf(text);
    }
    return true;
  }
}

/**
 * Reads up to four columns of numbers. Flat, because it runs once for each row; fewer columns than four are filled up with the
 * first, which is then read more than once.
 */
function takeNumbers(rows: Rows, from: number, to: number, columns: readonly ColumnOfRows[]): void {
  const [first, second = first, third = first, fourth = first] = columns;
  const a = first.column;
  const b = second.column;
  const c = third.column;
  const d = fourth.column;
  const none = new Float64Array();
  const { numbers: ofA = none } = first;
  const { numbers: ofB = none } = second;
  const { numbers: ofC = none } = third;
  const { numbers: ofD = none } = fourth;
  for (let row = from; row < to; row++) {
    const cells = rows[row];
    const inA = cells[a];
    const inB = cells[b];
    const inC = cells[c];
    const inD = cells[d];
    ofA[row] = typeof inA === "number" ? inA : missingIn(first, inA);
    ofB[row] = typeof inB === "number" ? inB : missingIn(second, inB);
    ofC[row] = typeof inC === "number" ? inC : missingIn(third, inC);
    ofD[row] = typeof inD === "number" ? inD : missingIn(fourth, inD);
  }
}

function missingIn(column: ColumnOfRows, value: unknown): number {
  if (!isMissing(value)) column.isMixed = true;
  return Number.NaN;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}
