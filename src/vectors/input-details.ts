import { Problems } from "../errors.js";
import { castColumn } from "../table/cast.js";
import { CELL_KINDS } from "../table/cell-kinds.js";
import { formatDate } from "../table/dates.js";
import { type Column, cellOf, findColumn, type Table } from "../table/table.js";
import type { CategoricalInput, InputColumn, NumericInput } from "./input-column.js";
import { grammarOfInput, readerOfInput } from "./input-reader.js";
import type { OutOfRangeValue, PredictionDetails, ShownRange, UnseenValue } from "./prediction-details.js";
import { copyRows, type RowVector, type Vectors } from "./vectors.js";

/** Names what one row holds that training did not. @param cellAt the cell that the input at a position was read from */
export type DetailsReader = (vector: RowVector, cellAt: (position: number) => unknown) => PredictionDetails;

/** Makes the function that compares the vectors of rows with training. */
export function detailsReader(inputs: readonly InputColumn[]): DetailsReader {
  const isUnseen = inputs.map((input) => (input.kind === "categorical" ? unseenTest(input) : () => false));
  // Within these limits there is nothing to name; only a category without a separate code can be unseen.
  const limits = inputs.map((input) =>
    input.kind === "categorical" ? [0, input.levels.length - 1] : (input.range ?? [-Infinity, Infinity]),
  );
  const lows = Float64Array.from(limits, ([low]) => low);
  const highs = Float64Array.from(limits, ([, high]) => high);
  return (vector, cellAt) => {
    const unseen: UnseenValue[] = [];
    const missing: string[] = [];
    const outOfRange: OutOfRangeValue[] = [];
    for (let i = 0; i < inputs.length; i++) {
      const value = vector[i];
      // Most inputs end here.
      if (value >= lows[i] && value <= highs[i]) continue;
      const input = inputs[i];
      const { name: column } = input;
      if (Number.isNaN(value)) missing.push(column);
      else if (input.kind !== "categorical") {
        const range = input.range as readonly [low: number, high: number];
        outOfRange.push({ column, value: shownNumber(input, value), range: shownRange(input, range) });
      } else {
        const cell = cellAt(i);
        if (isUnseen[i](cell)) unseen.push({ column, value: String(cell) });
      }
    }
    return { unseen, missing, outOfRange };
  };
}

/** The details of all rows of a table, from which the vectors were made. */
export function detailsOfTable(
  inputs: readonly InputColumn[],
  table: Table,
  vectors: Vectors,
): PredictionDetails[] {
  const detailsOf = detailsReader(inputs);
  const cellOfRow = cellsOfTable(inputs, table);
  const vector = new Float64Array(vectors.features.length);
  return Array.from({ length: table.rowCount }, (_, row) => {
    copyRows(vectors, row, row + 1, vector);
    return detailsOf(vector, (position) => cellOfRow(position, row));
  });
}

/** Makes the function that gives the cell of an input in a row of a table, as it was read. */
export function cellsOfTable(
  inputs: readonly InputColumn[],
  table: Table,
): (position: number, row: number) => number | string | null | undefined {
  const columns = inputs.map((input) => {
    const found = findColumn(table, input.name) as Column;
    return castColumn(found, input.kind, new Problems(), {}, grammarOfInput(input));
  });
  return (position, row) => (position < columns.length ? cellOf(columns[position], row) : undefined);
}

/** A range as people read it. */
export function shownRange(
  { kind }: Pick<NumericInput, "kind">,
  [low, high]: readonly [low: number, high: number],
): ShownRange {
  return kind === "date" ? [formatDate(low), formatDate(high)] : [low, high];
}

function shownNumber({ kind }: NumericInput, value: number): number | string {
  return kind === "date" ? formatDate(value) : value;
}

/** Whether a cell is a category that training never saw, not even in few rows. */
function unseenTest(input: CategoricalInput): (cell: unknown) => boolean {
  const grammar = grammarOfInput(input);
  const { isUnseen } = readerOfInput(input);
  return (cell) => {
    const text = CELL_KINDS.categorical.read(cell, grammar);
    return text !== undefined && isUnseen(text);
  };
}
