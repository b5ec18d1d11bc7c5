import type { Random } from "../../../src/random.js";
import type { Tree } from "../../../src/trees/tree.js";
import type { Feature, Vectors } from "../../../src/vectors/vectors.js";

/** What random trees may hold. */
export interface ForestShape {
  /** One entry per tree; 1 = a tree that is a leaf. */
  readonly leafCounts: readonly number[];
  /** One entry per feature: the number of levels of a categorical one, 0 for a numeric one. */
  readonly levelCounts: readonly number[];
  readonly leafValue: (random: Random) => number;
  readonly threshold: (random: Random) => number;
}

/** Trees of any shape, from balanced ones to chains. */
export function randomForest(random: Random, shape: ForestShape): Tree[] {
  return shape.leafCounts.map((leafCount) => {
    const nodeCount = leafCount - 1;
    const feature = Array.from({ length: nodeCount }, () => random.integer(shape.levelCounts.length));
    const left = new Array<number>(nodeCount).fill(0);
    const right = new Array<number>(nodeCount).fill(0);
    const open: [children: number[], node: number][] =
      nodeCount === 0
        ? []
        : [
            [left, 0],
            [right, 0],
          ];
    // Half of the trees grow where they grew last, and so become chains.
    const reach = random.next() < 0.5 ? Number.POSITIVE_INFINITY : 2;
    for (let node = 1; node < nodeCount; node++) {
      const from = Math.max(0, open.length - reach);
      const [[children, parent]] = open.splice(from + random.integer(open.length - from), 1);
      children[parent] = node;
      open.push([left, node], [right, node]);
    }
    open.forEach(([children, parent], leaf) => {
      children[parent] = ~leaf;
    });
    const levels = feature.map((f) => shape.levelCounts[f]);
    const share = random.next();
    return {
      feature,
      threshold: levels.map((count) => (count === 0 ? shape.threshold(random) : null)),
      leftCodes: levels.map((count) =>
        count === 0
          ? null
          : Array.from({ length: count + 1 }, (_, code) => code).filter(() => random.next() < share),
      ),
      missingLeft: feature.map(() => random.next() < 0.5),
      left,
      right,
      leafValues: Array.from({ length: leafCount }, () => shape.leafValue(random)),
    };
  });
}

/** Rows that often lie on a threshold or just next to it, and codes of all kinds: missing, other, never seen. */
export function rowsAround(
  random: Random,
  trees: readonly Tree[],
  levelCounts: readonly number[],
  rowCount: number,
  missingShare: number,
): Vectors {
  const thresholds = levelCounts.map((): number[] => []);
  for (const { feature, threshold } of trees) {
    feature.forEach((f, node) => {
      thresholds[f].push(threshold[node] ?? 0);
    });
  }
  const features = levelCounts.map((levelCount, f): Feature => {
    const isMissing = () => random.next() < missingShare;
    if (levelCount > 0) {
      const levels = Array.from({ length: levelCount }, (_, code) => `level ${code}`);
      const codes = Int32Array.from({ length: rowCount }, () =>
        isMissing() ? -1 : random.next() < 0.05 ? 255 : random.integer(levelCount + 1),
      );
      return { kind: "categorical", name: `feature ${f}`, codes, levels };
    }
    const values = Float64Array.from({ length: rowCount }, () => {
      if (isMissing()) return Number.NaN;
      const kind = random.integer(6);
      if (kind === 0 || thresholds[f].length === 0) return random.normal();
      const threshold = thresholds[f][random.integer(thresholds[f].length)];
      return [threshold, neighbour(threshold, 1n), neighbour(threshold, -1n), -threshold, -0][kind - 1];
    });
    return { kind: "numeric", name: `feature ${f}`, values };
  });
  return { rowCount, features };
}

/** The next double, towards infinity for 1n, and away from it for −1n. */
export function neighbour(value: number, step: 1n | -1n): number {
  if (value === 0) return Number(step) * Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? step : -step));
  return bits.getFloat64(0);
}
