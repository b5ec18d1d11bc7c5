import * as explainingKernel from "../../kernel/generated/explaining.js";
import { instantiate, moduleOf } from "../../kernel/instantiate.js";
import { AddressBook, KernelMemory } from "../../kernel/memory.js";
import { ImageWriter } from "../scoring/plane-image.js";
import { isRefusal } from "../scoring/plane-scorer.js";
import type { PathTables, PlacedTree } from "./path-tables.js";

/** Numbers of rows that are explained at a time: with their sums they stay near the processor. */
const BLOCK_NUMBERS = 2048;
const MOST_ROWS = 256;
/** What src/kernel/assembly/explaining.ts reads: 32-bit words. */
const TREE_WORDS = 8;
const NODE_WORDS = 20;
/** Numbers before the inverses of a tested edge. */
const HEADER = 4;
/** Bytes between two pairs of numbers of a node; those of a leaf are all the same. */
const PAIR = 16;
const MEMORY_HINT = "explain a model of fewer trees";

/** The same as {@link PathWalker} in WebAssembly, to the same bits. */
export class PathKernel {
  private readonly numbers: Float64Array;
  private readonly explainRows: (rowCount: number) => void;

  private constructor(
    tables: PathTables,
    /** How many of a row's first numbers the trees test. */
    private readonly width: number,
    private readonly blockRows: number,
  ) {
    const book = new AddressBook();
    this.rowsAt = book.take(blockRows * width * 8) / 8;
    this.sumsAt = book.take(blockRows * width * 16) / 8;
    const largest = (of: (tree: PlacedTree) => number) =>
      tables.trees.reduce((most, tree) => Math.max(most, of(tree)), 0);
    const numbers = book.take(largest(({ nodes, stride }) => nodes * stride) * 8);
    const masks = book.take(largest(({ nodes }) => nodes) * PAIR);
    const writer = new ImageWriter(book);
    const ones = writer.put(new Float64Array(largest(({ stride }) => stride)).fill(1));
    const trees = writer.put(treeRecords(tables, writer, numbers, masks));
    const { image, imageAddress, memoryBytes } = writer.finish();
    const memory = new KernelMemory(memoryBytes, false, MEMORY_HINT);
    memory.bytes.set(image, imageAddress);
    const kernel = instantiate(moduleOf(explainingKernel, false), memory.memory);
    const { length } = tables.trees;
    const [rows, sums] = [this.rowsAt * 8, this.sumsAt * 8];
    this.numbers = memory.numbers;
    this.explainRows = (count) =>
      kernel.explainRows(trees, length, rows, count, width * 8, sums, numbers, masks, ones);
  }

  private readonly rowsAt: number;
  private readonly sumsAt: number;

  /** The kernel of these trees; undefined where WebAssembly or its memory is unavailable. */
  static ifPossible(tables: PathTables): PathKernel | undefined {
    const width = tables.tests.width;
    const blockRows = Math.min(Math.max(1, Math.floor(BLOCK_NUMBERS / Math.max(width, 1))), MOST_ROWS);
    try {
      return new PathKernel(tables, width, blockRows);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  /** As `add` of {@link PathDependentTrees}. */
  add(rows: Float64Array, rowCount: number, width: number, weight: number, into: Float64Array): void {
    const { numbers, rowsAt, sumsAt, blockRows, width: used } = this;
    for (let first = 0; first < rowCount; first += blockRows) {
      const count = Math.min(blockRows, rowCount - first);
      for (let r = 0, from = first * width, to = rowsAt; r < count; r++, from += width, to += used) {
        for (let f = 0; f < used; f++) numbers[to + f] = rows[from + f];
      }
      this.explainRows(count);
      for (let r = 0, to = first * width, sum = sumsAt; r < count; r++, to += width) {
        for (let f = 0; f < used; f++, sum += 2) into[to + f] += weight * (numbers[sum] + numbers[sum + 1]);
      }
    }
  }
}

/** Records of all trees; their nodes, leaves and points are put before them. */
function treeRecords(tables: PathTables, writer: ImageWriter, numbers: number, masks: number): Int32Array {
  const points = new Map<Float64Array, number>();
  const placed = (values: Float64Array): number => {
    const address = points.get(values) ?? writer.put(values);
    points.set(values, address);
    return address;
  };
  const sets = writer.put(tables.tests.sets);
  const records = new Int32Array(tables.trees.length * TREE_WORDS);
  tables.trees.forEach((tree, i) => {
    const { nodes, stride, t, rest, weights } = tree;
    const { leaves, scales } = constantsOf(tables, tree);
    const addresses = { numbers, masks, sets, leaves: writer.put(leaves), scales: writer.put(scales) };
    const nodesAt = writer.put(nodeRecords(tables, tree, addresses));
    records.set([nodesAt, nodes, stride * 8, placed(t), placed(rest), placed(weights)], i * TREE_WORDS);
  });
  return records;
}

/** What nodes of a tree refer to: two numbers for each edge that leads to a leaf, and the scales of tested edges. */
function constantsOf(
  { childOf, leafOf, testedBy, followed, inversesAt, inverses }: PathTables,
  tree: PlacedTree,
) {
  const { node, nodes, stride } = tree;
  const edges = 2 * node;
  const leaves = new Float64Array(2 * (nodes + 1));
  let leaf = -2;
  let tested = 0;
  for (let e = edges; e < edges + 2 * nodes; e++) {
    if (childOf[e] >= 0) continue;
    leaf += 2;
    leaves.fill(leafOf[e], leaf, leaf + 2);
  }
  for (let n = node; n < node + nodes; n++) if (testedBy[n] >= 0) tested++;
  const scales = new Float64Array(tested * (HEADER + stride));
  let at = 0;
  for (let n = node; n < node + nodes; n++) {
    if (testedBy[n] < 0) continue;
    const z = followed[edges + testedBy[n]];
    scales.fill(1 / z, at, at + 2);
    scales.fill(1 - z, at + 2, at + HEADER);
    scales.set(inverses.subarray(inversesAt[n], inversesAt[n] + stride), at + HEADER);
    at += HEADER + stride;
  }
  return { leaves, scales };
}

interface Addresses {
  readonly numbers: number;
  readonly masks: number;
  readonly sets: number;
  readonly leaves: number;
  readonly scales: number;
}

function nodeRecords(
  tables: PathTables,
  { node: first, nodes, stride }: PlacedTree,
  at: Addresses,
): Int32Array {
  const { tests, enteredBy, testedBy, followed, childOf } = tables;
  const words = new Int32Array(nodes * NODE_WORDS);
  const numbers = new Float64Array(words.buffer);
  let { leaves, scales } = at;
  const maskOf = (edge: number) => at.masks + 8 * edge;
  const numbersOf = (node: number) => at.numbers + 8 * stride * node;
  for (let n = 0; n < nodes; n++) {
    const node = first + n;
    const edge = 2 * node;
    const entry = enteredBy[node];
    const { feature, threshold, setAt, missingLeft } = tests.testOf(node);
    const ofFirst = (n * NODE_WORDS) / 2;
    numbers[ofFirst] = threshold;
    numbers[ofFirst + 1] = followed[edge];
    numbers[ofFirst + 2] = followed[edge + 1];
    numbers[ofFirst + 3] = entry < 0 ? 1 : followed[2 * first + entry];
    const children = [childOf[edge], childOf[edge + 1]];
    const places = children.map((child) => {
      if (child >= 0) return numbersOf(child);
      leaves += PAIR;
      return leaves - PAIR;
    });
    words.set(
      [
        feature * 8,
        setAt < 0 ? 0 : at.sets + 4 * setAt,
        missingLeft ? 1 : 0,
        testedBy[node] < 0 ? 0 : maskOf(testedBy[node]),
        entry < 0 ? 0 : numbersOf(entry >> 1),
        entry < 0 ? 0 : maskOf(entry),
        ...places,
        ...children.map((child) => (child < 0 ? 0 : PAIR)),
        testedBy[node] < 0 ? 0 : scales,
      ],
      n * NODE_WORDS + 8,
    );
    if (testedBy[node] >= 0) scales += 8 * (HEADER + stride);
  }
  return words;
}
