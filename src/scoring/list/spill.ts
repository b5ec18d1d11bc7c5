import { open } from "node:fs/promises";
import { HoldfastError } from "../../errors.js";
import { WholeWriter, type WholeWriterOptions } from "../../files/whole-writer.js";
import type { Column, Table, TextColumn } from "../../table/table.js";
import type { TableSink } from "../../table/table-sink.js";

/*
 * A spill is a temporary file of tables of the same columns, which is read several times. Each table is a block: whole
 * numbers of 32 bits (rows; of each text column how many bytes, and whether they are UTF-16), padded to 8 bytes; then
 * the numeric columns, the categorical ones, the lengths of texts, and the texts. What is in memory is what is in the
 * file: no text is parsed, no number rounded.
 */

/** A text column in a block. */
interface EncodedTexts {
  /** In UTF-16 code units; −1 for a missing text. */
  readonly lengths: Int32Array;
  readonly bytes: Buffer;
  readonly isWide: boolean;
}

const MISSING = -1;

/** Writes tables into a spill that appears when it is complete, as other files of scores do. */
export async function spillSink(path: string, options?: WholeWriterOptions): Promise<TableSink> {
  const file = await WholeWriter.open(path, options);
  return {
    write: (table) => file.write(blockOf(table)),
    finish: () => file.finish(),
    digest: () => file.digest(),
    abandon: () => file.abandon(),
  };
}

function blockOf({ columns, rowCount }: Table): Buffer {
  const texts = columns.flatMap((column) => (column.kind === "text" ? [encoded(column.values)] : []));
  const head = new Uint32Array(headLength(texts.length));
  head[0] = rowCount;
  texts.forEach(({ bytes, isWide }, t) => {
    head[1 + 2 * t] = bytes.length;
    head[2 + 2 * t] = isWide ? 1 : 0;
  });
  const numbers = columns.flatMap((column) => (column.kind === "numeric" ? [column.values] : []));
  const codes = columns.flatMap((column) => (column.kind === "categorical" ? [column.codes] : []));
  const pieces = [head, ...numbers, ...codes, ...texts.map(({ lengths }) => lengths)];
  const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array | Uint32Array) =>
    new Uint8Array(buffer, byteOffset, byteLength);
  return Buffer.concat([...pieces.map(bytesOf), ...texts.map(({ bytes }) => bytes)]);
}

function encoded(values: TextColumn["values"]): EncodedTexts {
  const lengths = new Int32Array(values.length);
  for (let row = 0; row < lengths.length; row++) lengths[row] = values[row]?.length ?? MISSING;
  const all = values.join("");
  // As many bytes of UTF-8 as code units: all of it is ASCII.
  const isWide = Buffer.byteLength(all) !== all.length;
  return { lengths, bytes: Buffer.from(all, isWide ? "utf16le" : "latin1"), isWide };
}

/** The tables of a spill, in their order. @param like a table with the columns and categories of those that were written. */
export async function* readSpill(path: string, like: Table): AsyncGenerator<SpilledRows> {
  const handle = await open(path, "r");
  try {
    const textCount = like.columns.filter(({ kind }) => kind === "text").length;
    const head = new Uint32Array(headLength(textCount));
    // As bytes: Deno takes no other arrays, and would read the same block for ever.
    const bytesOfHead = new Uint8Array(head.buffer);
    while ((await handle.read(bytesOfHead)).bytesRead > 0) {
      const rows = new SpilledRows(like, head);
      const { bytesRead } = await handle.read(new Uint8Array(rows.buffer));
      if (bytesRead < rows.buffer.byteLength) throw cutShort(path);
      yield rows;
    }
  } finally {
    await handle.close();
  }
}

/** One table of a spill. Texts are decoded when they are asked for. */
export class SpilledRows {
  readonly rowCount: number;
  readonly buffer: ArrayBuffer;
  private readonly starts = new Map<string, number>();
  private readonly texts: readonly { readonly bytes: number; readonly isWide: boolean }[];

  constructor(
    private readonly like: Table,
    head: Uint32Array,
  ) {
    this.rowCount = head[0];
    const names = (kind: Column["kind"]) => like.columns.flatMap((c) => (c.kind === kind ? [c.name] : []));
    this.texts = names("text").map((_, t) => ({ bytes: head[1 + 2 * t], isWide: head[2 + 2 * t] === 1 }));
    let end = 0;
    for (const name of names("numeric")) end = this.place(name, end, 8 * this.rowCount);
    for (const name of [...names("categorical"), ...names("text")])
      end = this.place(name, end, 4 * this.rowCount);
    names("text").forEach((name, t) => {
      end = this.place(`texts of ${name}`, end, this.texts[t].bytes);
    });
    this.buffer = new ArrayBuffer(end);
  }

  private place(what: string, start: number, bytes: number): number {
    this.starts.set(what, start);
    return start + bytes;
  }

  numbers(name: string): Float64Array {
    return new Float64Array(this.buffer, this.starts.get(name), this.rowCount);
  }

  codes(name: string): Int32Array {
    return new Int32Array(this.buffer, this.starts.get(name), this.rowCount);
  }

  /** A function that decodes single texts of a column, each into separate memory. */
  textsOneByOne(name: string): (row: number) => string | null {
    const { lengths, bytes, encoding, width } = this.encodedTexts(name);
    const ends = new Int32Array(this.rowCount);
    let end = 0;
    for (let row = 0; row < this.rowCount; row++) {
      end += Math.max(0, lengths[row]);
      ends[row] = end;
    }
    return (row) => {
      if (lengths[row] === MISSING) return null;
      return bytes.toString(encoding, width * (ends[row] - lengths[row]), width * ends[row]);
    };
  }

  /** Some of its columns, as they were written. @param like the same columns of no rows */
  columns(like: readonly Column[]): Column[] {
    return like.map((column): Column => {
      const { kind, name } = column;
      if (kind === "numeric") return { ...column, values: this.numbers(name) };
      return kind === "categorical"
        ? { ...column, codes: this.codes(name) }
        : { ...column, values: this.allTexts(name) };
    });
  }

  private allTexts(name: string): (string | null)[] {
    const { lengths, bytes, encoding } = this.encodedTexts(name);
    const all = bytes.toString(encoding);
    const texts = new Array<string | null>(lengths.length).fill(null);
    let start = 0;
    for (let row = 0; row < lengths.length; row++) {
      const length = lengths[row];
      if (length === MISSING) continue;
      texts[row] = all.slice(start, start + length);
      start += length;
    }
    return texts;
  }

  private encodedTexts(name: string) {
    const column = this.like.columns.filter(({ kind }) => kind === "text").findIndex((c) => c.name === name);
    const { bytes, isWide } = this.texts[column];
    return {
      lengths: this.codes(name),
      bytes: Buffer.from(this.buffer, this.starts.get(`texts of ${name}`), bytes),
      encoding: isWide ? ("utf16le" as const) : ("latin1" as const),
      width: isWide ? 2 : 1,
    };
  }
}

function cutShort(file: string): HoldfastError {
  return new HoldfastError({
    code: "data.malformed",
    path: { file },
    expected: "must not change while the list is written",
    received: undefined,
  });
}

/** Of so many text columns, in numbers of 32 bits: an even number, so that what follows is aligned. */
function headLength(texts: number): number {
  return 2 * Math.ceil((1 + 2 * texts) / 2);
}
