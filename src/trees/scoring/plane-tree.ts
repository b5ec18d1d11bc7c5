import type { Tree } from "../tree.js";

/** Removes leaves of one plane for the rows that a node sends to its larger side. */
export interface PlaneTest {
  readonly node: number;
  /** Whether these are the rows that go right. */
  readonly onRight: boolean;
  /** Bits of the plane's eight leaves. */
  readonly bits: number;
}

/** A tree as the kernel evaluates it; see src/kernel/assembly/scoring-planes.ts. */
export interface PlaneTree {
  /** Leaf values, the smaller side of every node first. */
  readonly leafValues: Float64Array;
  /** Tests of every plane: eight leaves each. */
  readonly planes: readonly (readonly PlaneTest[])[];
}

/** Leaves that a byte can number. */
export const MOST_PLANE_LEAVES = 256;

/** Numbers the leaves of a tree, and lists which of them every node removes. */
export function planeTree(tree: Tree): PlaneTree {
  const leafValues: number[] = [];
  const planes = Array.from({ length: Math.ceil(tree.leafValues.length / 8) }, (): PlaneTest[] => []);
  const leafCounts = countLeaves(tree);
  const countOf = (child: number) => (child < 0 ? 1 : leafCounts[child]);
  // A stack, not recursion: a tree may be one long chain.
  const open = [tree.feature.length === 0 ? ~0 : 0];
  while (open.length > 0) {
    const child = open.pop() as number;
    if (child < 0) {
      leafValues.push(tree.leafValues[~child]);
      continue;
    }
    const { [child]: left } = tree.left;
    const { [child]: right } = tree.right;
    const leftIsFirst = countOf(left) <= countOf(right);
    const first = leafValues.length;
    const end = first + countOf(leftIsFirst ? left : right);
    for (let plane = first >> 3; plane << 3 < end; plane++) {
      planes[plane].push({ node: child, onRight: leftIsFirst, bits: bitsWithin(plane << 3, first, end) });
    }
    // The side pushed last is numbered first.
    open.push(leftIsFirst ? right : left, leftIsFirst ? left : right);
  }
  return { leafValues: Float64Array.from(leafValues), planes };
}

/** Leaves below every inner node. */
function countLeaves(tree: Tree): Int32Array {
  const counts = new Int32Array(tree.feature.length);
  const order = tree.feature.length === 0 ? [] : [0];
  for (const node of order) {
    for (const child of [tree.left[node], tree.right[node]]) if (child >= 0) order.push(child);
  }
  const countOf = (child: number) => (child < 0 ? 1 : counts[child]);
  for (const node of order.reverse()) counts[node] = countOf(tree.left[node]) + countOf(tree.right[node]);
  return counts;
}

/** Bits of the leaves `first … end − 1` in the plane that starts at a leaf. */
function bitsWithin(start: number, first: number, end: number): number {
  const from = Math.max(first - start, 0);
  const to = Math.min(end - start, 8);
  return ((1 << to) - 1) & ~((1 << from) - 1);
}
