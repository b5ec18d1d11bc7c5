import type { KernelMemory } from "../../kernel/memory.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { PlaneModel } from "./plane-model.js";

/** Copies the raw values of rows `from … to − 1`, one block at most, to where the kernel reads them. */
export function stageRows(
  { inputs }: PlaneModel,
  memory: KernelMemory,
  vectors: Vectors,
  from: number,
  to: number,
): void {
  const { words, numbers } = memory;
  for (const { feature, address } of inputs) {
    const column = vectors.features[feature];
    if (column.kind === "numeric") numbers.set(column.values.subarray(from, to), address / 8);
    else words.set(column.codes.subarray(from, to), address / 4);
  }
}

/** What the kernel's `scoreBlock` is called with. */
export function blockArguments(model: PlaneModel, rowCount: number): readonly number[] {
  return [
    model.columns,
    model.columnCount,
    model.groups,
    model.groupCount,
    model.unit,
    model.baseMargin,
    // Rows are scored 64 at a time; those beyond the last are what an earlier block left.
    Math.ceil(rowCount / 64) * 64,
    model.totals,
    model.sums,
    model.maskColumns,
    model.scratch,
  ];
}

export function readMargins(
  { totals }: PlaneModel,
  memory: KernelMemory,
  margins: Float64Array,
  from: number,
  to: number,
): void {
  margins.set(memory.numbers.subarray(totals / 8, totals / 8 + to - from), from);
}
