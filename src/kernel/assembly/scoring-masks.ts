// Nodes that test a category. For each code the leaves of a tree's plane that remain after all nodes of one feature are
// known in advance: a byte. Bytes of eight planes (of several trees) are side by side in a table, so that one load per
// row answers them all; transposing the answers of eight rows into columns takes a few more instructions.

import { BLOCK_ROWS } from "./scoring-records";

/** Eight planes asked by one feature: u32 places of the rows' codes, u32 table of 8 bytes a place. */
const MASK_BYTES: usize = 8;

/** Writes the eight columns of every mask from `target` on, one block's distance apart. */
export function writeMasks(masks: usize, masksEnd: usize, target: usize, rowCount: i32): void {
  for (; masks < masksEnd; masks += MASK_BYTES, target += 8 * BLOCK_ROWS) {
    const places = <usize>load<u32>(masks);
    const table = <usize>load<u32>(masks, 4);
    for (let row: usize = 0; row < <usize>rowCount; row += 16) {
      writeSixteen(places + (row << 1), table, target + row);
    }
  }
}

/** The bytes of two rows. @param places of rows 0 to 7, or of a later row on. */
@inline
function twoRows(places: usize, table: usize): v128 {
  const first = v128.load_zero<u64>(table + <usize>load<u16>(places));
  return v128.load_lane<u64>(table + <usize>load<u16>(places, 16), first, 1);
}

@inline
function interleaveLow(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

@inline
function interleaveHigh(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** Sixteen rows of eight bytes become eight columns of sixteen: rows are interleaved at distance 4, 2 and 1. */
@inline
function writeSixteen(places: usize, table: usize, target: usize): void {
  const rows0 = twoRows(places, table);
  const rows1 = twoRows(places + 2, table);
  const rows2 = twoRows(places + 4, table);
  const rows3 = twoRows(places + 6, table);
  const rows4 = twoRows(places + 8, table);
  const rows5 = twoRows(places + 10, table);
  const rows6 = twoRows(places + 12, table);
  const rows7 = twoRows(places + 14, table);
  const by4of0 = interleaveLow(rows0, rows4);
  const by4of1 = interleaveLow(rows1, rows5);
  const by4of2 = interleaveLow(rows2, rows6);
  const by4of3 = interleaveLow(rows3, rows7);
  const by4of8 = interleaveHigh(rows0, rows4);
  const by4of9 = interleaveHigh(rows1, rows5);
  const by4of10 = interleaveHigh(rows2, rows6);
  const by4of11 = interleaveHigh(rows3, rows7);
  writeFour(
    interleaveLow(interleaveLow(by4of0, by4of2), interleaveLow(by4of1, by4of3)),
    interleaveHigh(interleaveLow(by4of0, by4of2), interleaveLow(by4of1, by4of3)),
    interleaveLow(interleaveLow(by4of8, by4of10), interleaveLow(by4of9, by4of11)),
    interleaveHigh(interleaveLow(by4of8, by4of10), interleaveLow(by4of9, by4of11)),
    target,
  );
  writeFour(
    interleaveLow(interleaveHigh(by4of0, by4of2), interleaveHigh(by4of1, by4of3)),
    interleaveHigh(interleaveHigh(by4of0, by4of2), interleaveHigh(by4of1, by4of3)),
    interleaveLow(interleaveHigh(by4of8, by4of10), interleaveHigh(by4of9, by4of11)),
    interleaveHigh(interleaveHigh(by4of8, by4of10), interleaveHigh(by4of9, by4of11)),
    target + 4 * BLOCK_ROWS,
  );
}

/** Four columns, from two columns each of eight rows. */
@inline
function writeFour(firstRows01: v128, firstRows23: v128, lastRows01: v128, lastRows23: v128, target: usize): void {
  v128.store(target, i64x2.shuffle(firstRows01, lastRows01, 0, 2));
  v128.store(target + BLOCK_ROWS, i64x2.shuffle(firstRows01, lastRows01, 1, 3));
  v128.store(target + 2 * BLOCK_ROWS, i64x2.shuffle(firstRows23, lastRows23, 0, 2));
  v128.store(target + 3 * BLOCK_ROWS, i64x2.shuffle(firstRows23, lastRows23, 1, 3));
}
