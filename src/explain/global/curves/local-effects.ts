import { takeVectorRows } from "../../../vectors/vectors.js";
import { valuesOf, withInputs, withValues } from "../changed-inputs.js";
import { type ExplainedRows, marginsOf, type Subject } from "../subject.js";
import { placeIn } from "./grid.js";
import type { MeanPrediction } from "./mean-predictions.js";

/**
 * Accumulated local effects of a numeric input at the points of a grid (Apley & Zhu 2020, equation 15): within each interval
 * `z[k − 1] < x ≤ z[k]` (the first with its lower end), the mean change of the predictions of its rows from one end to the other,
 * summed up. Centred as the authors' package ALEPlot does: lines between the points are 0 on average over the rows, a row taken in
 * the middle of its interval. Unlike partial dependence they need no rows of combinations that never occur.
 * @param grid rising; every interval holds rows, as those of {@link gridOf} do.
 */
export function localEffects(
  subject: Subject,
  { vectors, weights }: ExplainedRows,
  position: number,
  grid: readonly number[],
): MeanPrediction[] {
  const values = valuesOf(vectors.features[position]);
  const present = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  const rows = takeVectorRows(vectors, present);
  const interval = Int32Array.from(present, (row) => Math.max(1, placeIn(grid, values[row])));
  const marginsAt = (end: number) => {
    const moved = Float64Array.from(interval, (k) => grid[k - 1 + end]);
    const changed = new Map([[position, withValues(rows.features[position], moved)]]);
    return marginsOf(subject, withInputs(subject, rows, changed));
  };
  const [lower, upper] = [marginsAt(0), marginsAt(1)];
  const masses = new Float64Array(grid.length);
  const ofMargin = new Float64Array(grid.length);
  const ofProbability = new Float64Array(grid.length);
  for (let i = 0; i < present.length; i++) {
    const weight = weights === undefined ? 1 : weights[present[i]];
    masses[interval[i]] += weight;
    ofMargin[interval[i]] += weight * (upper[i] - lower[i]);
    ofProbability[interval[i]] +=
      weight * (subject.probabilityOf(upper[i]) - subject.probabilityOf(lower[i]));
  }
  const margins = accumulated(ofMargin, masses);
  const probabilities = accumulated(ofProbability, masses);
  return grid.map((_, k) => ({ margin: margins[k], probability: probabilities[k] }));
}

/** @param sums of changes in each interval, the first of which is 1. */
function accumulated(sums: Float64Array, masses: Float64Array): Float64Array {
  const reached = new Float64Array(sums.length);
  let mean = 0;
  let total = 0;
  for (let k = 1; k < sums.length; k++) {
    reached[k] = reached[k - 1] + (masses[k] > 0 ? sums[k] / masses[k] : 0);
    mean += (masses[k] * (reached[k - 1] + reached[k])) / 2;
    total += masses[k];
  }
  return reached.map((value) => value - mean / total);
}
