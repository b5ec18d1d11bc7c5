import type { Data, RecordBatch } from "apache-arrow";
import type { GivenCells, GivenColumns } from "../../table/given/given-cells.js";
import { type ArrowTypes, cellTypeOf } from "./cell-types.js";
import { codedDictionary, codedTexts } from "./coded-cells.js";
import { numbersOf } from "./number-cells.js";

/**
 * The columns of record batches in memory. Doubles of one batch without missing values are not copied: the numbers are the
 * memory of the batch.
 */
export function givenBatches(
  arrow: ArrowTypes,
  fields: RecordBatch["schema"]["fields"],
  batches: readonly RecordBatch[],
): GivenColumns {
  const rowCount = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const filled = batches.filter(({ numRows }) => numRows > 0);
  return {
    names: fields.map(({ name }) => String(name)),
    lengths: fields.map(() => rowCount),
    cellsOf: (column) =>
      cellsOf(
        arrow,
        fields[column].type,
        filled.map(({ data }) => data.children[column]),
        rowCount,
      ),
  };
}

function cellsOf(
  arrow: ArrowTypes,
  type: RecordBatch["schema"]["fields"][number]["type"],
  chunks: readonly Data[],
  rowCount: number,
): GivenCells {
  const cellType = cellTypeOf(arrow, type, "numbers");
  if (cellType === undefined) return { holds: "nothing", type: String(type) };
  if (cellType.isDate) {
    const days = new Float64Array(rowCount);
    eachCell(chunks, cellType.reader, (value, row) => {
      days[row] = typeof value === "number" ? value : Number.NaN;
    });
    return { holds: "days", days, isLocal: cellType.isLocal };
  }
  const numbers = numbersOf(arrow, type, chunks, rowCount);
  if (numbers !== undefined) return { holds: "numbers", numbers };
  const coded = codedTexts(arrow, type, chunks, rowCount) ?? codedDictionary(arrow, type, chunks, rowCount);
  if (coded !== undefined) return { holds: "codes", ...coded };
  const cells = new Array<unknown>(rowCount);
  eachCell(chunks, cellType.reader, (value, row) => {
    cells[row] = value;
  });
  return { holds: "cells", cells };
}

function eachCell(
  chunks: readonly Data[],
  reader: (data: Data) => (row: number) => unknown,
  take: (value: unknown, row: number) => void,
): void {
  let row = 0;
  for (const data of chunks) {
    const read = reader(data);
    for (let k = 0; k < data.length; k++) take(read(k), row++);
  }
}
