import { createHash } from "node:crypto";
import type { Table } from "../../table/table.js";
import { byName } from "../../vectors/by-name.js";

/**
 * SHA-256 over names, kinds and contents of all columns: the same for the same data, wherever it was read from and in whatever
 * order its columns are.
 */
export function tableFingerprint(table: Table): string {
  const hash = createHash("sha256");
  for (const column of byName(table.columns)) {
    hash.update(JSON.stringify([column.name, column.kind, table.rowCount]));
    if (column.kind === "numeric") hash.update(bytesOf(column.values));
    else if (column.kind === "text") hash.update(JSON.stringify(column.values));
    else hash.update(JSON.stringify(column.categories)).update(bytesOf(column.codes));
  }
  return hash.digest("hex");
}

function bytesOf(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
