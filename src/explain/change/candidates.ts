import type { InputColumn } from "../../vectors/input-column.js";
import type {
  CategoryBins,
  NumberBins,
  ReferenceDistribution,
} from "../../vectors/reference-distribution.js";
import type { ExplanationFacts } from "../facts/feature-facts.js";

/** One column with another value. */
export interface ChangedColumn {
  readonly position: number;
  /** A number or a code. */
  readonly to: number;
  /** The share of training rows between both values; 1 for another category. */
  readonly distance: number;
}

/** A category of fewer training rows is not proposed. */
const LEAST_ROWS = 30;

/**
 * The values that the training rows show for the columns that can be changed, other than those of a row: deciles of numbers, in the
 * direction that they may take, and categories of 30 rows or more. Missing values stay missing.
 */
export function candidatesOf(
  row: Float64Array,
  inputs: readonly InputColumn[],
  reference: ReferenceDistribution,
  { features }: ExplanationFacts,
): ChangedColumn[] {
  return inputs.flatMap((input, position) => {
    const { changeable, sensitive, direction } = features[position];
    const value = row[position];
    if (changeable !== true || sensitive === true || Number.isNaN(value) || input.kind === "date") return [];
    const bins = reference.inputs[position];
    if (!("edges" in bins)) return otherCategories(position, value, bins);
    const values = input.kind === "numeric" && input.isFlag === true ? [0, 1] : bins.edges;
    return values
      .filter((to) => to !== value && (direction === undefined || (direction === "up") === to > value))
      .map((to) => ({ position, to, distance: shareBetween(bins, value, to) }));
  });
}

function otherCategories(position: number, code: number, { counts }: CategoryBins): ChangedColumn[] {
  // The last is *other*, which is no category.
  return counts
    .slice(0, -1)
    .flatMap((count, to) => (count >= LEAST_ROWS && to !== code ? [{ position, to, distance: 1 }] : []));
}

/** The share of training rows whose numbers lie between two. */
export function shareBetween(bins: NumberBins, one: number, other: number): number {
  return Math.abs(shareUpTo(bins, other) - shareUpTo(bins, one));
}

/** Within a bin, rows are taken as evenly spread; in the first and the last, which are open, as all at its inner edge. */
function shareUpTo({ edges, counts }: NumberBins, value: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let reached = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const high = edges[bin] ?? Number.POSITIVE_INFINITY;
    if (value > high) {
      reached += counts[bin];
      continue;
    }
    const low = edges[bin - 1];
    const isOpen = low === undefined || high === Number.POSITIVE_INFINITY;
    const share = isOpen ? Number(value >= high) : (value - low) / (high - low);
    return (reached + share * counts[bin]) / total;
  }
  return 1;
}
