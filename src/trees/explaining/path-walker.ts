import type { PathTables, PlacedTree } from "./path-tables.js";

/** Rows that are kept near the processor while trees go over them. */
const BLOCK_ROWS = 64;

/**
 * Contributions along the paths of trees, in JavaScript: the reference of src/kernel/assembly/explaining.ts, and what explains
 * where WebAssembly is unavailable. On the way down each node gets the product of what the features before it keep, at each
 * point of the quadrature; on the way up the sum of the leaves below it, each times what the features after it keep.
 */
export class PathWalker {
  /** The product, then the sum, of each node of one tree. */
  private readonly numbers: Float64Array;
  /** Of each edge of one tree, 1 if the row follows all tests of its feature so far. */
  private readonly follows: Uint8Array;
  private readonly ones: Float64Array;
  private sums = new Float64Array(0);

  constructor(private readonly tables: PathTables) {
    const most = (of: (tree: PlacedTree) => number) =>
      tables.trees.reduce((largest, tree) => Math.max(largest, of(tree)), 0);
    this.numbers = new Float64Array(most(({ nodes, stride }) => nodes * stride));
    this.follows = new Uint8Array(most(({ nodes }) => 2 * nodes));
    this.ones = new Float64Array(most(({ stride }) => stride)).fill(1);
  }

  /** As `add` of {@link PathDependentTrees}. */
  add(rows: Float64Array, rowCount: number, width: number, weight: number, into: Float64Array): void {
    const size = Math.min(rowCount, BLOCK_ROWS) * width;
    if (this.sums.length < 2 * size) this.sums = new Float64Array(2 * size);
    const { sums } = this;
    for (let from = 0; from < rowCount * width; from += BLOCK_ROWS * width) {
      const to = Math.min(from + BLOCK_ROWS * width, rowCount * width);
      sums.fill(0, 0, 2 * (to - from));
      for (const tree of this.tables.trees) {
        for (let row = from; row < to; row += width) {
          this.goDown(tree, rows, row);
          this.goUp(tree, 2 * (row - from));
        }
      }
      for (let i = from, s = 0; i < to; i++, s += 2) into[i] += weight * (sums[s] + sums[s + 1]);
    }
  }

  /** A hot loop of explanations, flat for that reason. */
  private goDown(tree: PlacedTree, rows: Float64Array, row: number): void {
    const { node: first, nodes, points, stride, t, rest, weights } = tree;
    const { numbers, follows, ones } = this;
    const { tests, enteredBy, testedBy, followed, inversesAt, inverses } = this.tables;
    for (let n = 0; n < nodes; n++) {
      const tested = testedBy[first + n];
      const isOpen = tested < 0 || follows[tested] === 1;
      const isLeft = tests.goesLeft(first + n, rows, row);
      follows[2 * n] = isOpen && isLeft ? 1 : 0;
      follows[2 * n + 1] = isOpen && !isLeft ? 1 : 0;
      const at = n * stride;
      if (n === 0) {
        for (let q = 0; q < points; q++) numbers[q] = weights[q];
        continue;
      }
      const edge = enteredBy[first + n];
      const parent = (edge >> 1) * stride;
      const z = followed[2 * first + edge];
      const follow = follows[edge];
      // A feature whose tests the row has left keeps z, whatever the point.
      const rests = follow + follows[edge ^ 1] === 1 ? rest : ones;
      if (tested < 0) {
        for (let q = 0; q < points; q++) {
          numbers[at + q] = numbers[parent + q] * (rests[q] * z + t[q] * follow);
        }
      } else if (isOpen) {
        const scale = inversesAt[first + n];
        for (let q = 0; q < points; q++) {
          numbers[at + q] = numbers[parent + q] * (rests[q] * z + t[q] * follow) * inverses[scale + q];
        }
      } else {
        const scale = 1 / followed[2 * first + tested];
        for (let q = 0; q < points; q++) {
          numbers[at + q] = numbers[parent + q] * (rests[q] * z + t[q] * follow) * scale;
        }
      }
    }
  }

  /** The other one: sums leaves up, and adds what each node contributes to its feature. */
  private goUp(tree: PlacedTree, sumsAt: number): void {
    const { node: first, nodes, points, stride, t, rest } = tree;
    const { numbers, follows, sums } = this;
    const { tests, testedBy, followed, childOf, leafOf, inversesAt, inverses } = this.tables;
    for (let n = nodes - 1; n >= 0; n--) {
      const edge = 2 * (first + n);
      const zLeft = followed[edge];
      const zRight = followed[edge + 1];
      const left = childOf[edge] * stride;
      const right = childOf[edge + 1] * stride;
      const tested = testedBy[first + n];
      const at = n * stride;
      if (tested >= 0 && follows[tested] === 0) {
        const scale = 1 / followed[2 * first + tested];
        for (let q = 0; q < points; q++) {
          const ofLeft = left < 0 ? leafOf[edge] : numbers[left + q];
          const ofRight = right < 0 ? leafOf[edge + 1] : numbers[right + q];
          numbers[at + q] = (zLeft * ofLeft + zRight * ofRight) * scale;
        }
        continue;
      }
      const followsLeft = follows[2 * n];
      const followsRight = follows[2 * n + 1];
      const changeOfLeft = followsLeft - zLeft;
      const changeOfRight = followsRight - zRight;
      const scale = inversesAt[first + n];
      const gone = tested < 0 ? 0 : 1 - followed[2 * first + tested];
      // Even and odd points apart, as the two lanes of a vector.
      const sum = sumsAt + 2 * tests.featureOf(first + n);
      let even = sums[sum];
      let odd = sums[sum + 1];
      for (let q = 0; q < points; q++) {
        const ofLeft = left < 0 ? leafOf[edge] : numbers[left + q];
        const ofRight = right < 0 ? leafOf[edge + 1] : numbers[right + q];
        const product = numbers[at + q];
        let all =
          (rest[q] * zLeft + t[q] * followsLeft) * ofLeft +
          (rest[q] * zRight + t[q] * followsRight) * ofRight;
        let change = changeOfLeft * ofLeft + changeOfRight * ofRight;
        if (tested >= 0) {
          all *= inverses[scale + q];
          change -= gone * all;
        }
        numbers[at + q] = all;
        if ((q & 1) === 0) even += product * change;
        else odd += product * change;
      }
      sums[sum] = even;
      sums[sum + 1] = odd;
    }
  }
}
