import type { Table as ArrowTable, RecordBatch, Vector } from "apache-arrow";
import type { ArrowTypes } from "../../formats/arrow/cell-types.js";
import { givenBatches } from "../../formats/arrow/given-columns.js";
import { loadArrow } from "../../formats/arrow/load.js";
import type { FrameKind } from "../frame-kind.js";

type Frame = ArrowTable | RecordBatch;

/** A `Table` or `RecordBatch` of Apache Arrow, of any instance of its package. */
export const arrowTable: FrameKind = {
  name: "Arrow table",
  recognizes: (source) => {
    const { schema, batches, data, numRows } = source as Readonly<Record<string, unknown>>;
    const fields = (schema as { readonly fields?: unknown } | null | undefined)?.fields;
    const hasBatches = Array.isArray(batches) || (typeof data === "object" && data !== null);
    return Array.isArray(fields) && hasBatches && typeof numRows === "number";
  },
  async read(source) {
    const frame = source as Frame;
    const { DataType, DateUnit, Precision, Vector: ours } = await loadArrow();
    const batches = "batches" in frame ? frame.batches : [frame];
    // Vectors take only data of the same instance of the package.
    const theirs = frame.getChildAt(0)?.constructor as typeof ours | undefined;
    const arrow: ArrowTypes = { DataType, DateUnit, Precision, Vector: theirs ?? ours };
    return givenBatches(arrow, frame.schema.fields, batches);
  },
};

/** Whether it is one column of Arrow. */
export function isVector(source: object): source is Vector {
  const { type, data, getChildAt } = source as Readonly<Record<string, unknown>>;
  return typeof type === "object" && Array.isArray(data) && typeof getChildAt === "function";
}
