import type { Tree } from "../../src/trees/tree.js";
import type { Feature } from "../../src/vectors/vectors.js";

/**
 * The leaf that a row reaches by its raw values: `value ≤ threshold` goes left, a category in the left set goes left,
 * missing goes as learnt.
 */
export function leafOf(tree: Tree, features: readonly Feature[], row: number): number {
  let node = tree.feature.length === 0 ? -1 : 0;
  while (node >= 0) node = goesLeftAt(tree, node, features, row) ? tree.left[node] : tree.right[node];
  return ~node;
}

/** The base margin and one leaf value per tree. */
export function marginOf(
  baseMargin: number,
  trees: readonly Tree[],
  features: readonly Feature[],
  row: number,
): number {
  return trees.reduce((margin, tree) => margin + tree.leafValues[leafOf(tree, features, row)], baseMargin);
}

function goesLeftAt(tree: Tree, node: number, features: readonly Feature[], row: number): boolean {
  const feature = features[tree.feature[node]];
  if (feature.kind === "numeric") {
    const value = feature.values[row];
    return Number.isNaN(value) ? tree.missingLeft[node] : value <= (tree.threshold[node] as number);
  }
  const code = feature.codes[row];
  return code < 0 ? tree.missingLeft[node] : (tree.leftCodes[node] as readonly number[]).includes(code);
}
