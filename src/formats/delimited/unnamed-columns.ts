import { columnName } from "../../table/column-name.js";
import type { FieldBatch } from "./column-builders.js";

/**
 * The names of a header's columns. One without a name, such as the index that pandas and R write, is called by its position:
 * `column 1`, from 1; where another column has that name, `column 1 (unnamed)`.
 * @returns the names, and the fields of the columns without one.
 */
export function nameColumns(header: readonly string[]): {
  readonly names: readonly string[];
  readonly unnamed: readonly number[];
} {
  const taken = new Set(header.map(columnName));
  const unnamed: number[] = [];
  const names = header.map((name, field) => {
    if (name.trim() !== "") return name;
    unnamed.push(field);
    let called = `column ${field + 1}`;
    while (taken.has(called)) called += " (unnamed)";
    return called;
  });
  return { names, unnamed };
}

/** How many columns at the end of a header have no name. */
export function unnamedAtEnd(unnamed: readonly number[], width: number): number {
  let count = 0;
  while (unnamed.at(-1 - count) === width - 1 - count) count++;
  return count;
}

/** Finds out which columns without a name hold nothing: those are left out. */
export class BlankColumns {
  private readonly blank: Set<number>;

  /** @param unnamed the fields of the columns without a name. */
  constructor(unnamed: readonly number[]) {
    this.blank = new Set(unnamed);
  }

  see({ bytes, starts, ends, recordCount, width }: FieldBatch): void {
    for (const field of this.blank) {
      for (let i = 0, k = field; i < recordCount; i++, k += width) {
        if (isBlank(bytes, starts[k], ends[k])) continue;
        this.blank.delete(field);
        break;
      }
    }
  }

  /** Whether every cell of the column without a name that was seen is blank. */
  has(field: number): boolean {
    return this.blank.has(field);
  }
}

/** Whether there is nothing but blanks and tabs. */
export function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (bytes[p] !== 0x20 && bytes[p] !== 0x09) return false;
  return true;
}
