import { RisingValues } from "../../../vectors/rising-values.js";

/**
 * Points of a curve: up to `most` different quantiles of the values, evenly spaced in rank, from the least to the greatest. Each is a
 * value of some row, the least with at least that share of the rows up to it. Empty where all values are missing.
 */
export function gridOf(values: Float64Array, weights: Float64Array | undefined, most: number): number[] {
  const rising = RisingValues.of(values, weights);
  const count = rising.values.length;
  if (count === 0) return [];
  const distinct = [...new Set(rising.values)];
  if (distinct.length <= most) return distinct;
  const points = [distinct[0]];
  for (let k = 1; k < most - 1; k++) {
    const point = rising.reaching((rising.total * k) / (most - 1));
    if (point > points[points.length - 1]) points.push(point);
  }
  const greatest = distinct[distinct.length - 1];
  if (greatest > points[points.length - 1]) points.push(greatest);
  return points;
}

/** How many rows are near a point of a grid. */
export interface GridCell {
  readonly share: number;
  readonly density: number | null;
}

/**
 * The histogram of values whose cells end halfway between points, as shares of all rows; rows without a value are in no cell. The
 * first and the last cell end at their points, or where all values are points, as far beyond them as on their other side.
 */
export function histogramAt(
  grid: readonly number[],
  values: Float64Array,
  weights: Float64Array | undefined,
): GridCell[] {
  const middles = grid.slice(1).map((point, k) => grid[k] / 2 + point / 2);
  const masses = new Float64Array(grid.length);
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    total += weight;
    if (!Number.isNaN(values[row])) masses[placeIn(middles, values[row])] += weight;
  }
  const known = new Set(grid);
  const isExact = values.every((value) => Number.isNaN(value) || known.has(value + 0));
  return grid.map((point, k) => {
    const before = k === 0 ? undefined : point - middles[k - 1];
    const after = k === grid.length - 1 ? undefined : middles[k] - point;
    const width = (before ?? (isExact ? (after ?? 0) : 0)) + (after ?? (isExact ? (before ?? 0) : 0));
    const share = masses[k] / total;
    return { share, density: width > 0 && Number.isFinite(share / width) ? share / width : null };
  });
}

/** How many of the rising limits are below a value: it is at most the limit of that number. */
export function placeIn(limits: readonly number[], value: number): number {
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (limits[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
