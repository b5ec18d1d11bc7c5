import type { BinnedData } from "../binning/binned-data.js";
import type { Tree } from "../tree.js";
import type { Leaf } from "./leaf-rows.js";

/** Bits of the greatest weight that are kept. */
const BITS = 24;
/** Shares need no more digits than this, and a model file should not grow by them. */
const DIGITS = 6;

/**
 * Weights as multiples of one power of two, by which sums are exact in any order, and so on any number of threads; whole weights
 * up to 2^24 stay as they are.
 */
export function exactWeights(weights: ArrayLike<number> | undefined): Float64Array | undefined {
  if (weights === undefined) return undefined;
  let greatest = 0;
  for (let row = 0; row < weights.length; row++) greatest = Math.max(greatest, weights[row]);
  const unit = 2 ** (Math.ceil(Math.log2(greatest)) - BITS);
  return Float64Array.from(weights, (weight) => Math.round(weight / unit) * unit);
}

/**
 * A tree with the training rows of each leaf.
 * @param lists the rows of each leaf: those that the tree grew on, and others of its training rows that were sent through it.
 * @param weights by the rows' numbers in the input, of {@link exactWeights}; undefined: 1 each.
 */
export function withLeafRows(
  data: BinnedData,
  tree: Tree,
  lists: readonly (readonly Leaf[])[],
  weights: Float64Array | undefined,
): Tree {
  const leafRows = tree.leafValues.map((_, l) =>
    lists.reduce((sum, leaves) => sum + rowsOf(data, leaves[l], weights), 0),
  );
  return { ...tree, leafRows: weights === undefined ? leafRows : leafRows.map(rounded) };
}

function rowsOf({ shards }: BinnedData, { begins, counts }: Leaf, weights: Float64Array | undefined): number {
  if (weights === undefined) return counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  shards.forEach(({ layout, memory: { words } }, k) => {
    const from = layout.order / 4 + begins[k];
    for (let i = from; i < from + counts[k]; i++) sum += weights[words[layout.ids / 4 + words[i]]];
  });
  return sum;
}

/** Above 0: rows of hardly any weight are still rows. */
function rounded(sum: number): number {
  return sum > 0 ? Number(sum.toPrecision(DIGITS)) : Number.MIN_VALUE;
}
