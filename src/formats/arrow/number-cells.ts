import type { Data, DataType } from "apache-arrow";
import { shortestOf } from "../../table/given/shortest-float.js";
import type { ArrowTypes } from "./cell-types.js";
import { validityOf } from "./validity.js";

/** The numbers of a column in memory; undefined for other types, and where an integer is beyond what a double holds. */
export function numbersOf(
  { DataType, Precision }: ArrowTypes,
  type: DataType,
  chunks: readonly Data[],
  rowCount: number,
): Float64Array | undefined {
  const isFloat = DataType.isFloat(type) && type.precision !== Precision.HALF;
  if (!isFloat && !DataType.isInt(type)) return undefined;
  const [first] = chunks;
  const areDoubles = isFloat && type.precision === Precision.DOUBLE;
  if (areDoubles && chunks.length === 1 && first.nullCount === 0) {
    return first.values.subarray(0, first.length) as Float64Array;
  }
  const numbers = new Float64Array(rowCount);
  let from = 0;
  for (const data of chunks) {
    const values = data.values as ArrayLike<number> | ArrayLike<bigint>;
    if (isFloat && !areDoubles)
      numbers.set(Float64Array.from((values as Float32Array).subarray(0, data.length), shortestOf), from);
    else if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      if (!putBigints(numbers, from, values, data)) return undefined;
    } else numbers.set((values as Float64Array).subarray(0, data.length), from);
    markMissing(numbers, from, data);
    from += data.length;
  }
  return numbers;
}

/** False where an integer would lose digits. */
function putBigints(
  numbers: Float64Array,
  from: number,
  values: BigInt64Array | BigUint64Array,
  data: Data,
): boolean {
  const isValid = validityOf(data);
  for (let row = 0; row < data.length; row++) {
    const number = Number(values[row]);
    if (!Number.isSafeInteger(number) && isValid(row)) return false;
    numbers[from + row] = number;
  }
  return true;
}

function markMissing(numbers: Float64Array, from: number, data: Data): void {
  if (data.nullCount === 0) return;
  const isValid = validityOf(data);
  for (let row = 0; row < data.length; row++) if (!isValid(row)) numbers[from + row] = Number.NaN;
}
