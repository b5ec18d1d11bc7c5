import { createHash } from "node:crypto";
import type { Table } from "../../src/index.js";

/** SHA-256 of a text. */
export function textDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 of plain data as JSON. */
export function jsonDigest(value: unknown): string {
  return textDigest(JSON.stringify(value));
}

/** SHA-256 of numbers, bit by bit. */
export function numbersDigest(...columns: readonly (Float64Array | Int32Array)[]): string {
  const hash = createHash("sha256");
  for (const column of columns) hash.update(bytesOf(column));
  return hash.digest("hex");
}

/** SHA-256 of names, kinds and cells of a table, bit by bit. */
export function tableDigest({ columns, rowCount }: Table): string {
  const hash = createHash("sha256");
  for (const column of columns) {
    hash.update(JSON.stringify([column.name, column.kind, rowCount]));
    if (column.kind === "numeric") hash.update(`${column.isDate === true}`).update(bytesOf(column.values));
    else if (column.kind === "text") hash.update(JSON.stringify(column.values));
    else hash.update(JSON.stringify(column.categories)).update(bytesOf(column.codes));
  }
  return hash.digest("hex");
}

/**
 * SHA-256 of this JavaScript engine's results of transcendental functions: the standard leaves their last bit open, and
 * where an engine decides otherwise no model can have the same bits.
 */
export function engineDigest(): string {
  const values = Float64Array.from({ length: 4000 }, (_, i) => {
    const x = (i - 2000) / 97;
    return [Math.exp(x), Math.log(Math.abs(x) + 0.01), Math.log1p(Math.exp(x)), Math.abs(x) ** 1.7][i % 4];
  });
  return numbersDigest(values);
}

function bytesOf(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
