import type { Tree } from "../tree.js";

/** Values of a numeric feature as bins: how many cuts lie below the value. */
export interface NumberColumn {
  readonly kind: "numbers";
  readonly feature: number;
  /** Thresholds of the nodes that read this column, ascending; at most {@link MOST_CUTS}. */
  readonly cuts: Float64Array;
  /** The index in `cuts` of a node's threshold. */
  readonly limits: ReadonlyMap<number, number>;
  /** Whether nodes want missing values on the left, or on the right. */
  readonly missingLow: boolean;
  readonly missingHigh: boolean;
}

/**
 * Codes of a categorical feature as places: missing at 0, code c at c + 1, all that no node knows at the next place.
 */
export interface CodeColumn {
  readonly kind: "codes";
  readonly feature: number;
  /** One more than the largest code that a node sends left. */
  readonly beyond: number;
}

export type BinColumn = NumberColumn | CodeColumn;

export interface ColumnPlan {
  readonly columns: readonly BinColumn[];
  /** `columnOf[t][node]`: the column that a node reads. */
  readonly columnOf: readonly Int32Array[];
}

/** The most thresholds that 256 bins can distinguish. */
const MOST_CUTS = 255;

interface NodeAt {
  readonly tree: number;
  readonly node: number;
}

/** Divides the features that trees read into columns of up to 256 bins; a feature with more takes several columns. */
export function planColumns(trees: readonly Tree[]): ColumnPlan {
  const nodesOf = new Map<number, NodeAt[]>();
  trees.forEach(({ feature }, tree) => {
    feature.forEach((asked, node) => {
      const known = nodesOf.get(asked);
      if (known === undefined) nodesOf.set(asked, [{ tree, node }]);
      else known.push({ tree, node });
    });
  });
  const columns: BinColumn[] = [];
  const columnOf = trees.map(({ feature }) => new Int32Array(feature.length));
  for (const [feature, nodes] of nodesOf) {
    const isNumeric = trees[nodes[0].tree].threshold[nodes[0].node] !== null;
    for (const part of isNumeric ? byThresholds(trees, nodes) : [nodes]) {
      for (const { tree, node } of part) columnOf[tree][node] = columns.length;
      columns.push(isNumeric ? numberColumn(trees, feature, part) : codeColumn(trees, feature, part));
    }
  }
  return { columns, columnOf };
}

/** Nodes by thresholds, in parts with no more distinct ones than a column can hold. */
function byThresholds(trees: readonly Tree[], nodes: readonly NodeAt[]): NodeAt[][] {
  const sorted = distinctThresholds(trees, nodes);
  const positions = new Map(sorted.map((threshold, i) => [threshold, i]));
  const parts = Array.from({ length: Math.ceil(sorted.length / MOST_CUTS) }, (): NodeAt[] => []);
  for (const at of nodes) {
    const position = positions.get(thresholdOf(trees, at)) as number;
    parts[Math.floor(position / MOST_CUTS)].push(at);
  }
  return parts;
}

function numberColumn(trees: readonly Tree[], feature: number, nodes: readonly NodeAt[]): NumberColumn {
  const cuts = distinctThresholds(trees, nodes);
  return {
    kind: "numbers",
    feature,
    cuts: Float64Array.from(cuts),
    limits: new Map(cuts.map((cut, i) => [cut, i])),
    missingLow: nodes.some(({ tree, node }) => trees[tree].missingLeft[node]),
    missingHigh: nodes.some(({ tree, node }) => !trees[tree].missingLeft[node]),
  };
}

function distinctThresholds(trees: readonly Tree[], nodes: readonly NodeAt[]): number[] {
  return [...new Set(nodes.map((at) => thresholdOf(trees, at)))].sort((a, b) => a - b);
}

function thresholdOf(trees: readonly Tree[], { tree, node }: NodeAt): number {
  return trees[tree].threshold[node] as number;
}

function codeColumn(trees: readonly Tree[], feature: number, nodes: readonly NodeAt[]): CodeColumn {
  let beyond = 0;
  for (const { tree, node } of nodes) {
    for (const code of trees[tree].leftCodes[node] as readonly number[]) beyond = Math.max(beyond, code + 1);
  }
  return { kind: "codes", feature, beyond };
}

/** 1 for every place that a categorical node sends left. */
export function leftPlaces(
  { leftCodes, missingLeft }: Tree,
  node: number,
  { beyond }: CodeColumn,
): Uint8Array {
  const left = new Uint8Array(beyond + 2);
  left[0] = missingLeft[node] ? 1 : 0;
  for (const code of leftCodes[node] as readonly number[]) left[code + 1] = 1;
  return left;
}
