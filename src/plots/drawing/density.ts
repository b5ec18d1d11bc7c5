import { HEAT_STEPS } from "./palette.js";

/** Cells of a grid beside each other whose counts are of one step of heat. */
export interface Run {
  /** From 1, which is the faintest that is seen, to the last step. */
  readonly step: number;
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

/** How many points are where. */
export interface Grid {
  readonly runs: readonly Run[];
  /** In the fullest cell. */
  readonly highest: number;
}

const COLUMNS = 40;

/**
 * Counts points in the cells of a grid, on a logarithmic scale of steps: a cell of one point is seen beside one of thousands.
 * @param ratio width to height of the picture, so that cells are about square.
 */
export function densityOf(
  x: Float64Array,
  y: Float64Array,
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number],
  ratio: number,
): Grid {
  const rows = Math.max(8, Math.round(COLUMNS / ratio));
  const counts = new Float64Array(COLUMNS * rows);
  for (let i = 0; i < x.length; i++) {
    const column = Math.min(COLUMNS - 1, Math.floor(((x[i] - left) / (right - left)) * COLUMNS));
    const row = Math.min(rows - 1, Math.floor(((y[i] - bottom) / (top - bottom)) * rows));
    counts[row * COLUMNS + column]++;
  }
  const highest = counts.reduce((a, b) => Math.max(a, b), 0);
  const step = (count: number) =>
    count === 0 || highest === 0
      ? 0
      : 1 +
        Math.min(HEAT_STEPS - 2, Math.floor((Math.log(count) / Math.log(highest + 1)) * (HEAT_STEPS - 1)));
  const xOf = (column: number) => left + ((right - left) * column) / COLUMNS;
  const yOf = (row: number) => bottom + ((top - bottom) * row) / rows;
  const runs: Run[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < COLUMNS; ) {
      const from = column;
      const own = step(counts[row * COLUMNS + from]);
      while (column < COLUMNS && step(counts[row * COLUMNS + column]) === own) column++;
      if (own > 0) runs.push({ step: own, x1: xOf(from), x2: xOf(column), y1: yOf(row), y2: yOf(row + 1) });
    }
  return { runs, highest };
}
