// Margins of a block of rows by boosted trees: raw values become bins, bins the bits of reachable leaves, leaves sums.

import { binNumbers, placeCodes, sendMissing } from "./bin-columns";
import { addDoubles, addWholes, moveSums } from "./scoring-leaves";
import { writeMasks } from "./scoring-masks";
import { findLeaves } from "./scoring-planes";
import {
  binsOf,
  COLUMN_BYTES,
  countOf,
  cutsOf,
  DOUBLES,
  highBinsOf,
  kindOf,
  leafFormOf,
  leavesOf,
  NUMBERS,
  planeCountOf,
  planesOf,
  TREE_BYTES,
  testsOf,
  valuesOf,
} from "./scoring-records";

/** Bins are compared as signed bytes. */
const LOWEST_BIN: i32 = -128;

/** A group of trees: u32 begin, u32 end, u32 its masks, u32 their end, f64 the sum of lowest leaves in units. */
const GROUP_BYTES: usize = 24;

/**
 * Writes the margins of a block's rows to `totals`.
 * @param rowCount a multiple of 64, up to BLOCK_ROWS.
 * @param groups neighbouring trees whose leaves, as whole numbers of `unit`, sum up to less than 2^31.
 * @param unit 0 where leaves are added as doubles, in the order of the trees.
 * @param totals 8 bytes a row. @param sums 4 bytes a row.
 * @param maskColumns eight columns for every mask of the group that has most.
 * @param scratch 64 bytes for every plane of the tree that has most, and 64 more.
 */
export function scoreBlock(
  columns: usize,
  columnCount: i32,
  groups: usize,
  groupCount: i32,
  unit: f64,
  baseMargin: f64,
  rowCount: i32,
  totals: usize,
  sums: usize,
  maskColumns: usize,
  scratch: usize,
): void {
  binColumns(columns, columnCount, rowCount);
  for (let row: usize = 0; row < <usize>rowCount; row++) store<f64>(totals + (row << 3), baseMargin);
  memory.fill(sums, 0, (<usize>rowCount) << 2);
  const end = groups + <usize>groupCount * GROUP_BYTES;
  for (let group = groups; group < end; group += GROUP_BYTES) {
    const treesEnd = <usize>load<u32>(group, 4);
    writeMasks(<usize>load<u32>(group, 8), <usize>load<u32>(group, 12), maskColumns, rowCount);
    for (let tree = <usize>load<u32>(group); tree < treesEnd; tree += TREE_BYTES) {
      addTree(tree, rowCount, totals, sums, scratch);
    }
    if (unit != 0) moveSums(sums, rowCount, load<f64>(group, 16), unit, totals);
  }
}

function binColumns(columns: usize, columnCount: i32, rowCount: i32): void {
  const end = columns + <usize>columnCount * COLUMN_BYTES;
  for (let column = columns; column < end; column += COLUMN_BYTES) {
    if (kindOf(column) == NUMBERS) binNumberColumn(column, rowCount);
    else placeCodes(valuesOf(column), rowCount, countOf(column), binsOf(column));
  }
}

/**
 * Missing values that go left are below all cuts, those that go right above all: where nodes differ, bins are kept
 * twice.
 */
function binNumberColumn(column: usize, rowCount: i32): void {
  const values = valuesOf(column);
  const cutCount = countOf(column);
  const low = binsOf(column);
  const high = highBinsOf(column);
  const bins = low != 0 ? low : high;
  binNumbers(values, rowCount, cutsOf(column), cutCount, LOWEST_BIN, bins);
  if (high != 0) sendMissing(values, rowCount, bins, LOWEST_BIN + cutCount, high);
}

function addTree(tree: usize, rowCount: i32, totals: usize, sums: usize, scratch: usize): void {
  const planes = planesOf(tree);
  const planeCount = planeCountOf(tree);
  const tests = testsOf(tree);
  const leafTables = leavesOf(tree);
  const leafForm = leafFormOf(tree);
  for (let row: usize = 0; row < <usize>rowCount; row += 64) {
    findLeaves(planes, planeCount, tests, row, scratch + 64, scratch);
    if (leafForm == DOUBLES) addDoubles(scratch, leafTables, totals + (row << 3));
    else addWholes(scratch, leafTables, leafForm, sums + (row << 2));
  }
}

export { marginByMasks, marginByRanks } from "./single-row";
