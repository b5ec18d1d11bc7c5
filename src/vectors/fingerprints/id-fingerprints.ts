import type { Column } from "../../table/column.js";
import { textHash } from "./murmur-hash.js";

/** A missing id has no fingerprint. */
export const NO_ID = -1;

/**
 * A number from 0 to 2³² − 1 per row, the same for the same id, whether it was read as text or as a number;
 * {@link NO_ID} where it is missing.
 * @param salt makes the same id another number in another model.
 */
export function idFingerprints(column: Column, salt: string): Float64Array {
  const seed = textHash(salt, 1);
  if (column.kind === "categorical") {
    const ofCategories = column.categories.map((id) => textHash(id, seed));
    return Float64Array.from(column.codes, (code) => (code < 0 ? NO_ID : ofCategories[code]));
  }
  if (column.kind === "text") {
    return Float64Array.from(column.values, (id) => (id === null ? NO_ID : textHash(id, seed)));
  }
  return Float64Array.from(column.values, (id) => (Number.isNaN(id) ? NO_ID : textHash(String(id), seed)));
}
