import type { Data, DataType, Dictionary } from "apache-arrow";
import { ByteDictionary } from "../../table/growing/byte-dictionary.js";
import { type ArrowTypes, cellTypeOf } from "./cell-types.js";
import { validityOf } from "./validity.js";

/** Codes into distinct texts in order of first appearance, −1 where missing. */
interface Coded {
  readonly codes: Int32Array;
  readonly texts: readonly string[];
}

/** Columns of texts: a text that was met before is found by its bytes, which is faster than decoding it. */
export function codedTexts(
  { DataType }: ArrowTypes,
  type: DataType,
  chunks: readonly Data[],
  rowCount: number,
): Coded | undefined {
  const isView = DataType.isUtf8View(type);
  if (!isView && !DataType.isUtf8(type) && !DataType.isLargeUtf8(type)) return undefined;
  const known = new ByteDictionary();
  const codes = new Int32Array(rowCount);
  let from = 0;
  for (const data of chunks) {
    const isValid = validityOf(data);
    const codeOf = isView ? viewCoder(data, known) : textCoder(data, known);
    for (let row = 0; row < data.length; row++) codes[from + row] = isValid(row) ? codeOf(row) : -1;
    from += data.length;
  }
  return { codes, texts: known.texts() };
}

function textCoder({ values, valueOffsets }: Data, known: ByteDictionary): (row: number) => number {
  const bytes = bufferOf(values ?? new Uint8Array());
  const offsets = valueOffsets as ArrayLike<number | bigint>;
  return (row) => known.codeOf(bytes, Number(offsets[row]), Number(offsets[row + 1]));
}

/** A view is 16 bytes: the length, then the text of at most 12, or its first four, the number of its buffer and the place there. */
const VIEW_BYTES = 16;
const LONGEST_INLINE = 12;

function viewCoder({ values, variadicBuffers }: Data, known: ByteDictionary): (row: number) => number {
  const views = bufferOf(values);
  const buffers = variadicBuffers.map(bufferOf);
  return (row) => {
    const at = row * VIEW_BYTES;
    const length = views.readInt32LE(at);
    if (length <= LONGEST_INLINE) return known.codeOf(views, at + 4, at + 4 + length);
    const start = views.readInt32LE(at + 12);
    return known.codeOf(buffers[views.readInt32LE(at + 8)], start, start + length);
  };
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Dictionaries of texts: only their codes are read row by row. Undefined for other columns. */
export function codedDictionary(
  arrow: ArrowTypes,
  type: DataType,
  chunks: readonly Data[],
  rowCount: number,
): Coded | undefined {
  if (!arrow.DataType.isDictionary(type)) return undefined;
  const inner = cellTypeOf(arrow, type.dictionary, "numbers");
  const texts: string[] = [];
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(rowCount);
  let known: unknown;
  let cells: unknown[] = [];
  let from = 0;
  for (const data of chunks) {
    const { dictionary, values } = data as Data<Dictionary>;
    if (dictionary !== known) {
      known = dictionary;
      cells = (dictionary?.data ?? []).flatMap((each) => {
        const read = inner?.reader(each);
        return Array.from({ length: each.length }, (_, row) => read?.(row));
      });
      if (!cells.every((cell) => typeof cell === "string" || cell === null)) return undefined;
    }
    const isValid = validityOf(data);
    /** By the code of the dictionary: the code in order of appearance, −1 for a missing text, −2 where it is not yet known. */
    const recoded = new Int32Array(cells.length).fill(-2);
    for (let row = 0; row < data.length; row++) {
      if (!isValid(row)) {
        codes[from + row] = -1;
        continue;
      }
      const given = Number(values[row]);
      if (given >= cells.length) throw new Error("a dictionary is missing before the rows that need it");
      if (recoded[given] === -2) {
        const text = cells[given];
        if (typeof text !== "string") recoded[given] = -1;
        else {
          const code = codeOf.get(text) ?? texts.push(text) - 1;
          codeOf.set(text, code);
          recoded[given] = code;
        }
      }
      codes[from + row] = recoded[given];
    }
    from += data.length;
  }
  return { codes, texts };
}
