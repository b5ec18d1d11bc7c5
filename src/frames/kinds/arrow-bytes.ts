import { HoldfastError } from "../../errors.js";
import { batchesOfBytes } from "../../formats/arrow/batches.js";
import { givenBatches } from "../../formats/arrow/given-columns.js";
import { loadArrow } from "../../formats/arrow/load.js";
import type { FrameKind } from "../frame-kind.js";

/** Bytes of Arrow's IPC formats, file or stream. */
export const arrowBytes: FrameKind = {
  name: "Arrow IPC bytes",
  recognizes: (source) => source instanceof Uint8Array || isBuffer(source),
  async read(source, { source: file }) {
    const bytes = source instanceof Uint8Array ? source : new Uint8Array(source as ArrayBuffer);
    return columnsOfBytes(bytes, file);
  },
};

/** The columns of Arrow IPC bytes. @param file what messages call the source. */
export async function columnsOfBytes(bytes: Uint8Array, file: string | undefined) {
  const place = { function: "tableFrom", ...(file === undefined ? {} : { file }) };
  const problem = (expected: string, hint: string) =>
    new HoldfastError({ code: "data.malformed", path: place, expected, received: undefined, hint });
  const hint = "bytes of other formats are read from their file: await readTable(path)";
  if (bytes.byteLength === 0) throw problem("must be Arrow IPC bytes, there are none", hint);
  if (
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(4, bytes.byteLength)).toString("latin1") === "PAR1"
  )
    throw problem("must be Arrow IPC bytes, these are of Parquet", hint);
  const arrow = await loadArrow();
  const { schema, batches } = batchesOfBytes(arrow, bytes, place);
  if (schema === undefined) throw problem("must be Arrow IPC bytes", hint);
  return givenBatches(arrow, schema.fields, batches);
}

function isBuffer(source: object): boolean {
  return source instanceof ArrayBuffer || source instanceof SharedArrayBuffer;
}
