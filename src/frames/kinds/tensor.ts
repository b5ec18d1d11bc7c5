import { invalidArgument } from "../../errors.js";
import type { GivenCells } from "../../table/given/given-cells.js";
import { checkNamesOf } from "../column-names.js";
import { type FrameKind, hasMethods } from "../frame-kind.js";
import { cellsOfArray } from "./column-arrays.js";

/** What is read of a tensor. */
interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed?: boolean;
  data(): Promise<ArrayLike<unknown>>;
}

/** A tensor of TensorFlow.js: of rank 2, its columns are named by the option `columnNames`; of rank 1, it is one column. */
export const tensor: FrameKind = {
  name: "tensor",
  recognizes: (source) => {
    const { shape, dtype } = source as Readonly<Record<string, unknown>>;
    return Array.isArray(shape) && typeof dtype === "string" && hasMethods(source, "data", "dispose");
  },
  async read(source, { columnNames }) {
    const { shape, dtype, isDisposed } = source as Tensor;
    const fail = (expected: string, received: unknown, hint?: string): never =>
      invalidArgument("tableFrom", "source", expected, received, hint);
    if (isDisposed === true)
      fail("must be a tensor that is not disposed", "a disposed tensor", "call tableFrom before dispose()");
    if (shape.length !== 1 && shape.length !== 2)
      fail("must be a tensor of rank 1 or 2", shape, "reshape it to rows and columns");
    if (dtype === "complex64") fail("must be a tensor of numbers, booleans or texts", dtype);
    const [rowCount, width = 1] = shape;
    const names = checkNamesOf("tensors", width, columnNames);
    const values = await (source as Tensor).data();
    return {
      names,
      lengths: names.map(() => rowCount),
      cellsOf: (column) => columnOf(values, dtype === "bool", rowCount, width, column),
    };
  },
};

/** Its values lie row by row. */
function columnOf(
  values: ArrayLike<unknown>,
  areBooleans: boolean,
  rowCount: number,
  width: number,
  column: number,
): GivenCells {
  const at = (row: number) => values[row * width + column];
  if (areBooleans)
    return { holds: "cells", cells: Array.from({ length: rowCount }, (_, row) => at(row) === 1) };
  if (values instanceof Float32Array) {
    const cells = new Float32Array(rowCount);
    for (let row = 0; row < rowCount; row++) cells[row] = values[row * width + column];
    return cellsOfArray(cells);
  }
  return { holds: "cells", cells: Array.from({ length: rowCount }, (_, row) => at(row)) };
}
