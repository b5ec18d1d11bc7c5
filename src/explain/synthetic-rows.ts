import type { BackgroundRows } from "../classifiers/explainer.js";
import { createRandom } from "../random.js";
import type { InputColumn } from "../vectors/input-column.js";
import type { CategoryBins, NumberBins, ReferenceDistribution } from "../vectors/reference-distribution.js";
import { fillTotals, type Total } from "../vectors/totals.js";

/** Rows, each of which costs a sampled explanation some predictions. */
const ROWS = 32;

/**
 * Rows to compare with that are of no subscriber: each input drawn from its distribution among the training rows, apart from the
 * others. For classifiers that can't be explained without, and models that hold no rows.
 */
export function syntheticRows(
  inputs: readonly InputColumn[],
  totals: readonly Total[],
  reference: ReferenceDistribution,
): BackgroundRows {
  const width = inputs.length + totals.length;
  const rows = new Float64Array(ROWS * width);
  const random = createRandom(0, "background");
  inputs.forEach((input, i) => {
    const bins = reference.inputs[i];
    for (let row = 0; row < ROWS; row++) {
      // One row for each equal part of the distribution, in random order over the inputs.
      rows[row * width + i] = quantileOf(input, bins, random.next());
    }
  });
  for (let from = 0; from < rows.length; from += width)
    fillTotals(totals, rows.subarray(from, from + width), inputs.length);
  return { rows, width };
}

/** A number between the edges of its bin, a code, or NaN for missing. @param u in [0, 1) */
function quantileOf(input: InputColumn, bins: NumberBins | CategoryBins, u: number): number {
  const total = bins.counts.reduce((sum, count) => sum + count, bins.missing);
  let left = u * total;
  for (let bin = 0; bin < bins.counts.length; bin++) {
    const count = bins.counts[bin];
    if (left < count) return input.kind === "categorical" ? bin : within(input, bins, bin, left / count);
    left -= count;
  }
  return Number.NaN;
}

function within(
  input: Exclude<InputColumn, { kind: "categorical" }>,
  bins: NumberBins | CategoryBins,
  bin: number,
  share: number,
): number {
  const edges = "edges" in bins ? bins.edges : [];
  const high = edges[bin] ?? input.range?.[1] ?? edges.at(-1) ?? 0;
  const low = edges[bin - 1] ?? input.range?.[0] ?? high;
  const value = low + share * (high - low);
  // Flags and counts stay whole.
  return Number.isInteger(low) && Number.isInteger(high) ? Math.round(value) : value;
}
