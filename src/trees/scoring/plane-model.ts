import { AddressBook } from "../../kernel/memory.js";
import type { Tree } from "../tree.js";
import { type BinColumn, type CodeColumn, type ColumnPlan, planColumns } from "./plane-columns.js";
import { ImageWriter } from "./plane-image.js";
import { groupTrees, leafTables } from "./plane-leaves.js";
import { groupMasks } from "./plane-masks.js";
import { MOST_PLANE_LEAVES, type PlaneTest, planeTree } from "./plane-tree.js";
import { exactUnit } from "./plane-unit.js";

/** Rows scored together: BLOCK_ROWS of src/kernel/assembly/scoring-records.ts. */
export const BLOCK_ROWS = 1024;

/** Where a block's raw values of a feature are copied to: doubles of numeric ones, int32 codes of categorical ones. */
export interface PlaneInput {
  readonly feature: number;
  readonly address: number;
}

/**
 * Trees as the scoring kernel reads them, and the memory that it needs, all at fixed addresses:
 *
 * ```
 *   per block of 1024 rows                          the model, written once
 *   ┌───────────────────────────────────────────┐   ┌──────────────────────────────────────────────┐
 *   │ inputs       raw values, 8 bytes a row    │   │ columns  one record each ──▶ cuts            │
 *   │ bins         a signed byte a row, twice   │   │ groups   one record each ──▶ trees, masks    │
 *   │              where missing goes both ways;│   │ trees    one record each ──▶ planes, tests,  │
 *   │              of codes 2 bytes a row       │   │                              leaf values     │
 *   │ mask columns what categories leave of a   │   │ masks    one record each ──▶ table           │
 *   │              plane, a byte a row          │   └──────────────────────────────────────────────┘
 *   │ sums, totals 4 and 8 bytes a row          │
 *   │ scratch      64 leaf numbers, then planes │   records: src/kernel/assembly/scoring-records.ts
 *   └───────────────────────────────────────────┘
 * ```
 *
 * Every row's way is: values → bins (against the model's own thresholds) → reachable leaves → sums → totals.
 */
export interface PlaneModel {
  readonly inputs: readonly PlaneInput[];
  /** Arguments of the kernel's functions, except the number of rows. */
  readonly columns: number;
  readonly columnCount: number;
  readonly groups: number;
  readonly groupCount: number;
  readonly unit: number;
  readonly baseMargin: number;
  readonly totals: number;
  readonly sums: number;
  readonly maskColumns: number;
  readonly scratch: number;
  /** What the memory holds from `imageAddress` on. */
  readonly image: Uint8Array;
  readonly imageAddress: number;
  readonly memoryBytes: number;
}

/** Whether planes can score these trees. */
export function fitsPlanes(trees: readonly Tree[]): boolean {
  return trees.every(({ leafValues }) => leafValues.length <= MOST_PLANE_LEAVES);
}

export function planeModel(baseMargin: number, trees: readonly Tree[]): PlaneModel {
  const unit = exactUnit(baseMargin, trees);
  const plan = planColumns(trees);
  const planned = trees.map((tree, t) => planTree(tree, plan, plan.columnOf[t]));
  const leaves = planned.map(({ leafValues }) => leafTables(leafValues, unit));
  const codeColumn = (column: number) => plan.columns[column] as CodeColumn;
  const groups = groupTrees(leaves, GROUP_TREES).map((group) => {
    const planes = planned.slice(group.from, group.to).flatMap((tree) => tree.planes);
    return { ...group, ...groupMasks(planes, codeColumn) };
  });
  const book = new AddressBook();
  const inputAddress = new Map<number, number>();
  for (const { feature } of plan.columns) {
    if (!inputAddress.has(feature)) inputAddress.set(feature, book.take(BLOCK_ROWS * 8));
  }
  const bins = plan.columns.map((column) => placeBins(column, book));
  const mostMasks = largest(groups.map(({ masks }) => masks.length));
  const mostPlanes = largest(planned.map(({ planes }) => planes.length));
  const work = {
    maskColumns: book.take(mostMasks * 8 * BLOCK_ROWS),
    totals: book.take(BLOCK_ROWS * 8),
    sums: book.take(BLOCK_ROWS * 4),
    scratch: book.take(64 + 64 * mostPlanes),
  };

  const image = new ImageWriter(book);
  const columnRecords = plan.columns.flatMap((column, c) => {
    const values = inputAddress.get(column.feature) as number;
    const { low, high } = bins[c];
    if (column.kind === "codes") return [values, 0, CODES, column.beyond, low, high];
    return [values, image.put(paddedCuts(column.cuts)), NUMBERS, column.cuts.length, low, high];
  });
  const treeRecords: number[] = [];
  for (const { from, to, bytesOf } of groups) {
    let plane = 0;
    for (let t = from; t < to; t++) {
      const tests = new TestWriter();
      for (const { numberTests } of planned[t].planes) {
        for (const { test, column } of numberTests) {
          const { low, high } = bins[column];
          const limit = LOWEST_BIN + limitOf(plan.columns[column], trees[t], test.node);
          tests.add(test, trees[t].missingLeft[test.node] ? low : high, limit);
        }
        tests.endPlane(bytesOf[plane++].map((byte) => work.maskColumns + byte * BLOCK_ROWS));
      }
      const at = image.put(Int32Array.from(tests.words));
      const planes = image.put(Int32Array.from(tests.ends, (end) => at + end * 4));
      const { table, form } = leaves[t];
      treeRecords.push(planes, planned[t].planes.length, at, image.put(table), form, 0, 0, 0);
    }
  }
  const treeAddress = image.put(Int32Array.from(treeRecords));
  const groupWords: number[] = [];
  for (const { from, to, masks, lowest } of groups) {
    const records = masks.flatMap(({ column, table }) => [bins[column].low, image.put(table)]);
    const at = image.put(Int32Array.from(records));
    groupWords.push(treeAddress + from * TREE_BYTES, treeAddress + to * TREE_BYTES);
    groupWords.push(at, at + records.length * 4, ...wordsOf(lowest));
  }
  return {
    ...work,
    inputs: [...inputAddress].map(([feature, address]) => ({ feature, address })),
    columns: image.put(Int32Array.from(columnRecords)),
    columnCount: plan.columns.length,
    groups: image.put(Int32Array.from(groupWords)),
    groupCount: groups.length,
    unit,
    baseMargin,
    ...image.finish(),
  };
}

const NUMBERS = 0;
const CODES = 1;
const TREE_BYTES = 32;
/** Trees whose mask columns are written together: few, so that these stay in the cache. */
const GROUP_TREES = 16;
/** Signed bytes begin here. */
const LOWEST_BIN = -128;

interface AskedTest {
  readonly test: PlaneTest;
  readonly column: number;
}

/** A tree's planes, with the tests of numbers and those of categories apart. */
function planTree(tree: Tree, plan: ColumnPlan, columnOf: Int32Array) {
  const { leafValues, planes } = planeTree(tree);
  return {
    leafValues,
    planes: planes.map((plane) => {
      const numberTests: AskedTest[] = [];
      const tests: AskedTest[] = [];
      for (const test of plane) {
        const column = columnOf[test.node];
        (plan.columns[column].kind === "numbers" ? numberTests : tests).push({ test, column });
      }
      return { tree, numberTests, tests };
    }),
  };
}

function placeBins(column: BinColumn, book: AddressBook) {
  if (column.kind === "codes") return { low: book.take(BLOCK_ROWS * 2), high: 0 };
  const take = (isNeeded: boolean) => (isNeeded ? book.take(BLOCK_ROWS) : 0);
  return { low: take(column.missingLow), high: take(column.missingHigh) };
}

function paddedCuts(cuts: Float64Array): Float64Array {
  const length = 2 ** Math.ceil(Math.log2(cuts.length + 1));
  const padded = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
  padded.set(cuts);
  return padded;
}

function limitOf(column: BinColumn, tree: Tree, node: number): number {
  return column.kind === "numbers" ? (column.limits.get(tree.threshold[node] as number) as number) : 0;
}

function largest(counts: readonly number[]): number {
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

/** A double as two words. */
function wordsOf(value: number): Int32Array {
  return new Int32Array(Float64Array.of(value).buffer);
}

/** Tests of a tree as words: plane by plane bins above a limit, bins below, categories. */
class TestWriter {
  readonly words: number[] = [];
  /** Where the three kinds end in `words`, for every plane. */
  readonly ends: number[] = [];
  private above: number[] = [];
  private below: number[] = [];

  /** Removes leaves where the bin is above the limit, or, when that is the smaller side, where it is not. */
  add({ onRight, bits }: PlaneTest, bins: number, limit: number): void {
    if (onRight) this.above.push(bins, (limit & 255) | (bits << 8));
    else this.below.push(bins, ((limit + 1) & 255) | (bits << 8));
  }

  endPlane(masks: readonly number[]): void {
    for (const kind of [this.above, this.below, masks.flatMap((mask) => [mask, 0])]) {
      this.words.push(...kind);
      this.ends.push(this.words.length);
    }
    this.above = [];
    this.below = [];
  }
}
