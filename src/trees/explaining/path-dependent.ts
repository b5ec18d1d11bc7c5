import type { Tree } from "../tree.js";
import { NodeTests } from "./node-tests.js";
import { gaussLegendre } from "./quadrature.js";

/** A tree among the arrays of all: where its nodes, edges and shares begin, and how it is integrated. */
interface PlacedTree {
  readonly node: number;
  readonly nodes: number;
  /** Where the shares of its edges begin. */
  readonly share: number;
  readonly points: number;
  readonly nodesOfQuadrature: Float64Array;
  readonly weights: Float64Array;
}

const LEAST_SHARE = 2 ** -40;
/** No edge. */
const NONE = -1;

/**
 * Shapley values of many trees, path-dependent: a feature that is not in a coalition sends a row both ways, by the shares of
 * training rows (Lundberg et al. 2020, algorithm 2, whose values these are).
 *
 * With `z` the share of training rows that follow a feature's tests on a path, and `o` 1 where the row follows them, else 0, a
 * leaf adds `leaf · (o_i − z_i) · ∫ ∏_{j ≠ i} (t·o_j + (1 − t)·z_j) dt` over [0, 1] to feature i: the weight of a
 * coalition is a beta integral. The integrand is a polynomial, which Gauss-Legendre quadrature integrates exactly; a tree's leaves
 * share the products on their way down and the sums on their way up (Yu, Xu & Bu 2022, Linear TreeSHAP, who
 * interpolate such polynomials instead). All terms are of one sign, so that nothing is lost to rounding.
 *
 * Edges 2n and 2n + 1 lead from inner node n of a tree to its left and right child.
 */
export class PathDependentTrees {
  /** The mean of the trees' sum over their training rows. */
  readonly expected: number;
  private readonly tests: NodeTests;
  private readonly placed: readonly PlacedTree[];
  /** Of each node, the edge that leads to it; {@link NONE} for a root. */
  private readonly enteredBy: Int32Array;
  /** Of each node, the last edge before it that tests the same feature; {@link NONE} where there is none. */
  private readonly testedBy: Int32Array;
  /** Of each edge, the share of training rows that follow all tests of its feature so far. */
  private readonly followed: Float64Array;
  /** Of each edge, the value of the leaf that it leads to; NaN where it leads to a node. */
  private readonly leafOf: Float64Array;
  /** Of each edge and point of the quadrature, (1 − z) / (t + (1 − t) z). */
  private readonly shares: Float64Array;
  /** The products on the way down, and the sums on the way up, of each edge of one tree. */
  private readonly state: Float64Array;
  /** Whether a row follows all tests of an edge's feature so far. */
  private readonly follows: Uint8Array;

  /** @param trees with their training rows. */
  constructor(trees: readonly Tree[]) {
    const nodes = trees.reduce((sum, { feature }) => sum + feature.length, 0);
    this.tests = new NodeTests(trees);
    this.enteredBy = new Int32Array(nodes).fill(NONE);
    this.testedBy = new Int32Array(nodes).fill(NONE);
    this.followed = new Float64Array(2 * nodes);
    this.leafOf = new Float64Array(2 * nodes).fill(Number.NaN);
    const placed: PlacedTree[] = [];
    let node = 0;
    let share = 0;
    let expected = 0;
    for (const tree of trees) {
      const { depth, mean } = this.place(tree, node);
      expected += mean;
      // Exact for polynomials of degree depth − 1.
      const points = Math.max(1, Math.ceil(depth / 2));
      const { nodes: nodesOfQuadrature, weights } = gaussLegendre(points);
      placed.push({ node, nodes: tree.feature.length, share, points, nodesOfQuadrature, weights });
      node += tree.feature.length;
      share += 2 * tree.feature.length * points;
    }
    this.expected = expected;
    this.placed = placed;
    this.shares = new Float64Array(share);
    for (const each of placed) this.fillShares(each);
    const widest = placed.reduce((most, { nodes: n, points }) => Math.max(most, 2 * n * points), 0);
    this.state = new Float64Array(widest);
    this.follows = new Uint8Array(placed.reduce((most, { nodes: n }) => Math.max(most, 2 * n), 0));
  }

  /**
   * Adds the contributions of rows, each times `weight`.
   * @param rows row-major, `width` numbers each. @param into the same form.
   */
  add(rows: Float64Array, rowCount: number, width: number, weight: number, into: Float64Array): void {
    for (const tree of this.placed) {
      if (tree.nodes === 0) continue;
      for (let row = 0, from = 0; row < rowCount; row++, from += width) {
        this.goDown(tree, rows, from);
        this.goUp(tree, weight, into, from);
      }
    }
  }

  /** Multiplies what each feature keeps of a leaf, along all paths. The hot loop of explanations. */
  private goDown(
    { node: first, nodes, share, points, nodesOfQuadrature }: PlacedTree,
    rows: Float64Array,
    from: number,
  ): void {
    const { tests, enteredBy, testedBy, followed, shares, state, follows } = this;
    for (let n = 0; n < nodes; n++) {
      const isLeft = tests.goesLeft(first + n, rows, from) ? 1 : 0;
      const entry = enteredBy[first + n] * points;
      const tested = testedBy[first + n];
      const kept = 2 * n + 1 - isLeft;
      const left = 2 * n + isLeft;
      const zKept = followed[2 * first + kept];
      const zLeft = followed[2 * first + left];
      const at = kept * points;
      const other = left * points;
      if (tested < 0) {
        follows[kept] = 1;
        follows[left] = 0;
        for (let q = 0; q < points; q++) {
          const t = nodesOfQuadrature[q];
          const rest = 1 - t;
          const product = entry < 0 ? 1 : state[entry + q];
          state[at + q] = product * (t + rest * zKept);
          state[other + q] = product * rest * zLeft;
        }
        continue;
      }
      const z = followed[2 * first + tested];
      follows[left] = 0;
      follows[kept] = follows[tested];
      if (follows[tested] === 1) {
        const share0 = share + tested * points;
        const scale = 1 / (1 - z);
        for (let q = 0; q < points; q++) {
          const t = nodesOfQuadrature[q];
          const rest = 1 - t;
          const product = state[entry + q] * shares[share0 + q] * scale;
          state[at + q] = product * (t + rest * zKept);
          state[other + q] = product * rest * zLeft;
        }
      } else {
        for (let q = 0; q < points; q++) {
          const product = state[entry + q] / z;
          state[at + q] = product * zKept;
          state[other + q] = product * zLeft;
        }
      }
    }
  }

  /** Sums leaves up, and adds what each edge contributes to its feature. */
  private goUp(
    { node: first, nodes, share, points, nodesOfQuadrature, weights }: PlacedTree,
    weight: number,
    into: Float64Array,
    from: number,
  ): void {
    const { tests, enteredBy, testedBy, leafOf, shares, state, follows } = this;
    for (let n = nodes - 1; n >= 0; n--) {
      const entry = enteredBy[first + n] * points;
      const tested = testedBy[first + n];
      const isLeft = follows[2 * n] === 1;
      const kept = isLeft ? 2 * n : 2 * n + 1;
      const left = isLeft ? 2 * n + 1 : 2 * n;
      const keptLeaf = leafOf[2 * first + kept];
      const otherLeaf = leafOf[2 * first + left];
      const isKeptLeaf = !Number.isNaN(keptLeaf);
      const isOtherLeaf = !Number.isNaN(otherLeaf);
      const at = kept * points;
      const other = left * points;
      const keptShare = share + at;
      const isOpen = tested < 0 || follows[tested] === 1;
      const testedShare = share + tested * points;
      let sum = 0;
      for (let q = 0; q < points; q++) {
        const ofKept = isKeptLeaf ? keptLeaf * weights[q] * state[at + q] : state[at + q];
        const ofOther = isOtherLeaf ? otherLeaf * weights[q] * state[other + q] : state[other + q];
        if (isOpen) {
          sum += ofKept * shares[keptShare + q] - ofOther / (1 - nodesOfQuadrature[q]);
          if (tested >= 0) sum -= (ofKept + ofOther) * shares[testedShare + q];
        }
        if (entry >= 0) state[entry + q] = ofKept + ofOther;
      }
      if (isOpen) into[from + tests.featureOf(first + n)] += weight * sum;
    }
  }

  private fillShares({ node, nodes, share, points, nodesOfQuadrature }: PlacedTree): void {
    for (let edge = 0; edge < 2 * nodes; edge++) {
      const z = this.followed[2 * node + edge];
      for (let q = 0; q < points; q++) {
        const t = nodesOfQuadrature[q];
        this.shares[share + edge * points + q] = (1 - z) / (t + (1 - t) * z);
      }
    }
  }

  /** Fills in the edges of a tree; returns its mean, and the most features that any path tests. */
  private place(tree: Tree, first: number): { readonly depth: number; readonly mean: number } {
    const { feature, left, right, leafValues } = tree;
    const leafRows = tree.leafRows as readonly number[];
    const rowsOfNode = rowsOfNodes(tree);
    const rowsOf = (child: number) => (child < 0 ? leafRows[~child] : rowsOfNode[child]);
    const depths = new Int32Array(feature.length);
    let depth = 0;
    for (let n = 0; n < feature.length; n++) {
      // Children come after their parents: edges that lead here are known.
      const tested = this.edgeTesting(first, n, feature);
      this.testedBy[first + n] = tested;
      const before = tested < 0 ? 1 : this.followed[2 * first + tested];
      const features = depths[n] + (tested < 0 ? 1 : 0);
      depth = Math.max(depth, features);
      for (const [side, child] of [left[n], right[n]].entries()) {
        const edge = 2 * n + side;
        this.followed[2 * first + edge] = before * held(rowsOf(child) / rowsOfNode[n]);
        if (child < 0) this.leafOf[2 * first + edge] = leafValues[~child];
        else {
          this.enteredBy[first + child] = edge;
          depths[child] = features;
        }
      }
    }
    const total = leafRows.reduce((sum, rows) => sum + rows, 0);
    const mean = leafValues.reduce((sum, value, l) => sum + value * (leafRows[l] / total), 0);
    return { depth, mean };
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
