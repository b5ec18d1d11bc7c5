import type { Tree } from "../tree.js";
import { NodeTests } from "./node-tests.js";
import { gaussLegendre } from "./quadrature.js";

/** A tree among the arrays of all: where its nodes begin, and how it is integrated. */
export interface PlacedTree {
  readonly node: number;
  readonly nodes: number;
  /** Points of the quadrature. */
  readonly points: number;
  /** How many numbers are kept for the points: an even number. Beyond the points, weights are 0. */
  readonly stride: number;
  readonly t: Float64Array;
  /** 1 − t of each. */
  readonly rest: Float64Array;
  readonly weights: Float64Array;
}

const LEAST_SHARE = 2 ** -40;
/** Tests of one feature, one after the other, multiply shares: so that none becomes 0. */
const LEAST_PRODUCT = 2 ** -960;
/** No edge, no node, no scales. */
export const NONE = -1;

/**
 * What all rows have in common: the paths of many trees. Edges 2n and 2n + 1 lead from inner node n to its left and right child.
 * Numbers of edges and nodes are those in their tree; arrays hold the trees one after the other.
 */
export class PathTables {
  /** The mean of the trees' sum over their training rows. */
  readonly expected: number;
  readonly tests: NodeTests;
  /** Without those of one leaf. */
  readonly trees: readonly PlacedTree[];
  /** Of each node, the edge that leads to it; {@link NONE} for a root. */
  readonly enteredBy: Int32Array;
  /** Of each node, the last edge before it that tests the same feature; {@link NONE} where there is none. */
  readonly testedBy: Int32Array;
  /** Of each edge, the share z of training rows that follow all tests of its feature so far. */
  readonly followed: Float64Array;
  /** Of each edge, the node that it leads to; {@link NONE} for a leaf. */
  readonly childOf: Int32Array;
  /** Of each edge, the value of the leaf that it leads to; 0 where it leads to a node. */
  readonly leafOf: Float64Array;
  /** Of each node, where its inverses begin; {@link NONE} where its feature is tested for the first time. */
  readonly inversesAt: Int32Array;
  /** 1 / (t + (1 − t) z) at each point, of the edges that nodes are tested by. */
  readonly inverses: Float64Array;

  /** @param trees with their training rows. */
  constructor(trees: readonly Tree[]) {
    const nodes = trees.reduce((sum, { feature }) => sum + feature.length, 0);
    this.tests = new NodeTests(trees);
    this.enteredBy = new Int32Array(nodes).fill(NONE);
    this.testedBy = new Int32Array(nodes).fill(NONE);
    this.followed = new Float64Array(2 * nodes);
    this.childOf = new Int32Array(2 * nodes).fill(NONE);
    this.leafOf = new Float64Array(2 * nodes);
    this.inversesAt = new Int32Array(nodes).fill(NONE);
    const placed: PlacedTree[] = [];
    let node = 0;
    let inverses = 0;
    let expected = 0;
    for (const tree of trees) {
      const { depth, repeated, mean } = this.place(tree, node);
      expected += mean;
      if (tree.feature.length === 0) continue;
      const each = { node, nodes: tree.feature.length, ...quadratureFor(depth) };
      placed.push(each);
      node += each.nodes;
      inverses += repeated * each.stride;
    }
    this.expected = expected;
    this.trees = placed;
    this.inverses = new Float64Array(inverses);
    this.fillInverses();
  }

  private fillInverses(): void {
    let next = 0;
    for (const { node, nodes, t, rest, stride } of this.trees) {
      for (let n = node; n < node + nodes; n++) {
        const tested = this.testedBy[n];
        if (tested < 0) continue;
        const z = this.followed[2 * node + tested];
        this.inversesAt[n] = next;
        for (let q = 0; q < stride; q++) this.inverses[next + q] = 1 / (t[q] + rest[q] * z);
        next += stride;
      }
    }
  }

  /** Fills in the edges of a tree. */
  private place(
    tree: Tree,
    first: number,
  ): {
    /** The most features that any path tests. */
    readonly depth: number;
    /** Nodes whose feature was tested before. */
    readonly repeated: number;
    readonly mean: number;
  } {
    const { feature, left, right, leafValues } = tree;
    const leafRows = tree.leafRows as readonly number[];
    const rowsOfNode = rowsOfNodes(tree);
    const rowsOf = (child: number) => (child < 0 ? leafRows[~child] : rowsOfNode[child]);
    const depths = new Int32Array(feature.length);
    let depth = 0;
    let repeated = 0;
    for (let n = 0; n < feature.length; n++) {
      // Children come after their parents: edges that lead here are known.
      const tested = this.edgeTesting(first, n, feature);
      this.testedBy[first + n] = tested;
      if (tested >= 0) repeated++;
      const before = tested < 0 ? 1 : this.followed[2 * first + tested];
      const features = depths[n] + (tested < 0 ? 1 : 0);
      depth = Math.max(depth, features);
      for (const [side, child] of [left[n], right[n]].entries()) {
        const edge = 2 * n + side;
        const share = before * held(rowsOf(child) / rowsOfNode[n]);
        this.followed[2 * first + edge] = Math.max(share, LEAST_PRODUCT);
        if (child < 0) this.leafOf[2 * first + edge] = leafValues[~child];
        else {
          this.childOf[2 * first + edge] = child;
          this.enteredBy[first + child] = edge;
          depths[child] = features;
        }
      }
    }
    const total = leafRows.reduce((sum, rows) => sum + rows, 0);
    const mean = leafValues.reduce((sum, value, l) => sum + value * (leafRows[l] / total), 0);
    return { depth, repeated, mean };
  }

  /** The last edge on the way to a node that tests its feature. */
  private edgeTesting(first: number, node: number, feature: readonly number[]): number {
    for (let edge = this.enteredBy[first + node]; edge >= 0; ) {
      const parent = edge >> 1;
      if (feature[parent] === feature[node]) return edge;
      edge = this.enteredBy[first + parent];
    }
    return NONE;
  }
}

/** A share that is neither 0 nor 1, whatever a file says of the rows of leaves: both would divide by 0. */
function held(share: number): number {
  return Math.min(Math.max(share, LEAST_SHARE), 1 - LEAST_SHARE);
}

/** The training rows of every inner node. */
function rowsOfNodes({ feature, left, right, leafRows = [] }: Tree): Float64Array {
  const rows = new Float64Array(feature.length);
  const rowsOf = (child: number) => (child < 0 ? leafRows[~child] : rows[child]);
  for (let n = feature.length - 1; n >= 0; n--) rows[n] = rowsOf(left[n]) + rowsOf(right[n]);
  return rows;
}

const quadratures = new Map<number, Omit<PlacedTree, "node" | "nodes">>();

/** The points for paths that test so many features: exact for polynomials of degree `depth` − 1. */
function quadratureFor(depth: number): Omit<PlacedTree, "node" | "nodes"> {
  const points = Math.max(1, Math.ceil(depth / 2));
  const known = quadratures.get(points);
  if (known !== undefined) return known;
  const stride = points + (points & 1);
  const { nodes, weights } = gaussLegendre(points);
  const t = new Float64Array(stride).fill(0.5);
  t.set(nodes);
  const padded = new Float64Array(stride);
  padded.set(weights);
  const made = { points, stride, t, rest: t.map((at) => 1 - at), weights: padded };
  quadratures.set(points, made);
  return made;
}
