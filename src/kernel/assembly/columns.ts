// Byte columns as training keeps them: one after the other for dividing rows, and row by row for histograms.

/** Adds `bins · divisor` to a column that holds several features; the first of them is written, not added. */
export function addToColumn(bins: usize, count: i32, divisor: i32, isFirst: i32, column: usize): void {
  if (isFirst != 0) {
    memory.copy(column, bins, <usize>count);
    return;
  }
  for (let i: usize = 0; i < <usize>count; i++) {
    store<u8>(column + i, load<u8>(column + i) + load<u8>(bins + i) * <u8>divisor);
  }
}

/** Rows written together: they stay in the first-level cache while one group of columns after the other is added. */
const BLOCK: i32 = 512;

/**
 * Writes columns row by row: row r's bytes are at `rowBytes + r · stride`. Sixteen rows of four columns are turned
 * in registers at a time; reads up to 15 bytes beyond a column and 3 columns beyond the last, for which the layout has
 * room, and fills each row up to its stride.
 */
export function interleaveColumns(
  columns: usize,
  capacity: usize,
  columnCount: i32,
  count: i32,
  rowBytes: usize,
  stride: usize,
): void {
  for (let first = 0; first < count; first += BLOCK) {
    const end = <usize>min(first + BLOCK, count);
    for (let c = 0; c < columnCount; c += 4) {
      const from = columns + <usize>c * capacity;
      for (let row = <usize>first; row < end; row += 16) {
        interleaveFour(from + row, capacity, rowBytes + row * stride + <usize>c, stride);
      }
    }
  }
}

@inline
function interleaveFour(from: usize, capacity: usize, to: usize, stride: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + capacity);
  const c = v128.load(from + 2 * capacity);
  const d = v128.load(from + 3 * capacity);
  const abLow = i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const abHigh = i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const cdLow = i8x16.shuffle(c, d, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const cdHigh = i8x16.shuffle(c, d, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  storeFourRows(i16x8.shuffle(abLow, cdLow, 0, 8, 1, 9, 2, 10, 3, 11), to, stride);
  storeFourRows(i16x8.shuffle(abLow, cdLow, 4, 12, 5, 13, 6, 14, 7, 15), to + 4 * stride, stride);
  storeFourRows(i16x8.shuffle(abHigh, cdHigh, 0, 8, 1, 9, 2, 10, 3, 11), to + 8 * stride, stride);
  storeFourRows(i16x8.shuffle(abHigh, cdHigh, 4, 12, 5, 13, 6, 14, 7, 15), to + 12 * stride, stride);
}

@inline
function storeFourRows(rows: v128, to: usize, stride: usize): void {
  store<i32>(to, i32x4.extract_lane(rows, 0));
  store<i32>(to + stride, i32x4.extract_lane(rows, 1));
  store<i32>(to + 2 * stride, i32x4.extract_lane(rows, 2));
  store<i32>(to + 3 * stride, i32x4.extract_lane(rows, 3));
}

/** The bin of every code: the code itself, or `missingBin` for −1. */
export function binCodes(codes: usize, count: i32, missingBin: i32, bins: usize): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const code = load<i32>(codes + (i << 2));
    store<u8>(bins + i, select<i32>(missingBin, code, code < 0));
  }
}
