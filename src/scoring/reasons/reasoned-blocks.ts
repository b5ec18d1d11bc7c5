import type { InputColumn } from "../../vectors/input-column.js";
import { copyRows, takeVectorRows, type Vectors } from "../../vectors/vectors.js";
import type { ReasonedRows } from "./row-reasons.js";

/** Rows that are explained together, after which other work has its turn. */
const BLOCK_ROWS = 64;

/** What a row says in an input at a position. */
export type CellOfRow = (position: number, row: number) => unknown;

/** Some rows of a batch, in blocks. @param cellOfRow asked of categories that have no separate code. */
export function* reasonedBlocks(
  vectors: Vectors,
  inputs: readonly InputColumn[],
  rows: Int32Array,
  cellOfRow: CellOfRow,
  blockRows = BLOCK_ROWS,
): Generator<ReasonedRows> {
  for (let from = 0; from < rows.length; from += blockRows) {
    const places = rows.subarray(from, from + blockRows);
    const taken = takeVectorRows(vectors, places);
    const block = new Float64Array(places.length * vectors.features.length);
    copyRows(taken, 0, places.length, block);
    const others = otherCategories(taken, inputs, (position, row) => cellOfRow(position, places[row]));
    yield { rowCount: places.length, rows: block, others };
  }
}

/** What rows say where they are coded as _other_. */
export function otherCategories(
  { features, rowCount }: Vectors,
  inputs: readonly InputColumn[],
  cellOfRow: CellOfRow,
): [row: number, position: number, text: string][] {
  const others: [number, number, string][] = [];
  for (let position = 0; position < inputs.length; position++) {
    const feature = features[position];
    if (feature.kind !== "categorical") continue;
    const other = feature.levels.length;
    for (let row = 0; row < rowCount; row++) {
      if (feature.codes[row] !== other) continue;
      const cell = cellOfRow(position, row);
      if (cell !== undefined && cell !== null) others.push([row, position, String(cell)]);
    }
  }
  return others;
}
