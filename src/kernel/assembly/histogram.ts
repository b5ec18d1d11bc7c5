// Histograms: for every bin of every column the sums over some rows, 16 bytes a bin:
//
//   i64 gradients │ i64 hessians · 2^countBits + rows
//
// The second number carries two: `countBits` are enough for all rows, so that the row count never runs over into the
// hessians. A column's 256 bins take 4 KB, so eight columns, filled together, fit the first-level cache.

import { binsOf, columnBinsOf, columnOf, divisorOf, FEATURE_BYTES, startOf } from "./feature-record";

/** Rows whose bytes are copied together before they are added column by column. */
const CHUNK: i32 = 512;
const COLUMN: usize = 4096;

@inline
function addTo(bin: usize, pair: v128): void {
  v128.store(bin, i64x2.add(v128.load(bin), pair));
}

/**
 * Adds rows to up to eight columns. The width is a constant wherever this is inlined, so the conditions are
 * compiled away: the columns are unrolled, with their offsets as constants.
 */
@inline
function addColumns(
  width: i32,
  bytes: usize,
  stride: usize,
  pairs: usize,
  count: i32,
  histogram: usize,
): void {
  const end = pairs + ((<usize>count) << 4);
  for (; pairs < end; pairs += 16, bytes += stride) {
    const pair = v128.load(pairs);
    addTo(histogram + ((<usize>load<u8>(bytes)) << 4), pair);
    if (width > 1) addTo(histogram + 1 * COLUMN + ((<usize>load<u8>(bytes, 1)) << 4), pair);
    if (width > 2) addTo(histogram + 2 * COLUMN + ((<usize>load<u8>(bytes, 2)) << 4), pair);
    if (width > 3) addTo(histogram + 3 * COLUMN + ((<usize>load<u8>(bytes, 3)) << 4), pair);
    if (width > 4) addTo(histogram + 4 * COLUMN + ((<usize>load<u8>(bytes, 4)) << 4), pair);
    if (width > 5) addTo(histogram + 5 * COLUMN + ((<usize>load<u8>(bytes, 5)) << 4), pair);
    if (width > 6) addTo(histogram + 6 * COLUMN + ((<usize>load<u8>(bytes, 6)) << 4), pair);
    if (width > 7) addTo(histogram + 7 * COLUMN + ((<usize>load<u8>(bytes, 7)) << 4), pair);
  }
}

// These are exported, though nothing outside calls them, so that they stay functions: inlined into their callers they
// take a tenth longer.

export function addOne(bytes: usize, stride: usize, pairs: usize, count: i32, histogram: usize): void {
  addColumns(1, bytes, stride, pairs, count, histogram);
}
export function addTwo(bytes: usize, stride: usize, pairs: usize, count: i32, histogram: usize): void {
  addColumns(2, bytes, stride, pairs, count, histogram);
}
export function addThree(bytes: usize, stride: usize, pairs: usize, count: i32, histogram: usize): void {
  addColumns(3, bytes, stride, pairs, count, histogram);
}
export function addFour(bytes: usize, stride: usize, pairs: usize, count: i32, histogram: usize): void {
  addColumns(4, bytes, stride, pairs, count, histogram);
}
export function addFive(bytes: usize, stride: usize, pairs: usize, count: i32, histogram: usize): void {
  addColumns(5, bytes, stride, pairs, count, histogram);
}
export function addSix(bytes: usize, stride: usize, pairs: usize, count: i32, histogram: usize): void {
  addColumns(6, bytes, stride, pairs, count, histogram);
}
export function addSeven(bytes: usize, stride: usize, pairs: usize, count: i32, histogram: usize): void {
  addColumns(7, bytes, stride, pairs, count, histogram);
}
export function addEight(bytes: usize, stride: usize, pairs: usize, count: i32, histogram: usize): void {
  addColumns(8, bytes, stride, pairs, count, histogram);
}

/** Adds rows to all columns, in blocks of nearly equal width, up to eight: narrow blocks cost more by the column. */
function addChunk(bytes: usize, stride: usize, columns: i32, pairs: usize, count: i32, histogram: usize): void {
  let blocks = (columns + 7) / 8;
  for (let c = 0; c < columns; blocks--) {
    const width = (columns - c + blocks - 1) / blocks;
    const from = bytes + <usize>c;
    const to = histogram + <usize>c * COLUMN;
    switch (width) {
      case 8:
        addEight(from, stride, pairs, count, to);
        break;
      case 7:
        addSeven(from, stride, pairs, count, to);
        break;
      case 6:
        addSix(from, stride, pairs, count, to);
        break;
      case 5:
        addFive(from, stride, pairs, count, to);
        break;
      case 4:
        addFour(from, stride, pairs, count, to);
        break;
      case 3:
        addThree(from, stride, pairs, count, to);
        break;
      case 2:
        addTwo(from, stride, pairs, count, to);
        break;
      default:
        addOne(from, stride, pairs, count, to);
    }
    c += width;
  }
}

/** From 8 bytes a row, as they are kept, to the 16 bytes that are added. */
@inline
function widen(from: usize, countBits: i64, to: usize): void {
  store<i64>(to, <i64>load<i32>(from));
  store<i64>(to, ((<i64>load<i32>(from, 4)) << countBits) | 1, 8);
}

/** The histogram of rows `first … first + count − 1` of the shard. `scratch` holds CHUNK pairs. */
export function histogramOfAll(
  rowBytes: usize,
  stride: usize,
  columns: i32,
  gradients: usize,
  first: i32,
  count: i32,
  countBits: i32,
  scratch: usize,
  histogram: usize,
): void {
  memory.fill(histogram, 0, <usize>columns * COLUMN);
  const bits = <i64>countBits;
  for (let done = 0; done < count; done += CHUNK) {
    const n = min(CHUNK, count - done);
    const row = <usize>(first + done);
    for (let i: usize = 0; i < <usize>n; i++) widen(gradients + ((row + i) << 3), bits, scratch + (i << 4));
    addChunk(rowBytes + row * stride, stride, columns, scratch, n, histogram);
  }
}

/**
 * Copies rows together; each copy may write up to 15 bytes into the next one, which is made after it.
 * Unrolled for rows of 33 to 48 bytes, some forty features: that takes a tenth off.
 */
export function gatherRows(rowBytes: usize, stride: usize, list: usize, count: i32, to: usize): void {
  const end = list + ((<usize>count) << 2);
  if (stride > 32 && stride <= 48) {
    for (; list < end; list += 4, to += stride) {
      const from = rowBytes + <usize>load<u32>(list) * stride;
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      v128.store(to, v128.load(from, 32), 32);
    }
    return;
  }
  for (; list < end; list += 4, to += stride) {
    const from = rowBytes + <usize>load<u32>(list) * stride;
    for (let k: usize = 0; k < stride; k += 16) v128.store(to + k, v128.load(from + k));
  }
}

/**
 * The histogram of the rows with the numbers listed at `rows`. Their bytes are copied together first: the list
 * jumps through memory, and each row should be fetched once, not once per eight columns.
 * `scratch` holds CHUNK pairs, then CHUNK rows and 16 bytes more.
 */
export function histogramOfRows(
  rowBytes: usize,
  stride: usize,
  columns: i32,
  gradients: usize,
  rows: usize,
  count: i32,
  countBits: i32,
  scratch: usize,
  histogram: usize,
): void {
  memory.fill(histogram, 0, <usize>columns * COLUMN);
  const bits = <i64>countBits;
  const copies = scratch + ((<usize>CHUNK) << 4);
  for (let done = 0; done < count; done += CHUNK) {
    const n = min(CHUNK, count - done);
    const list = rows + ((<usize>done) << 2);
    gatherRows(rowBytes, stride, list, n, copies);
    for (let i: usize = 0; i < <usize>n; i++) {
      widen(gradients + ((<usize>load<u32>(list + (i << 2))) << 3), bits, scratch + (i << 4));
    }
    addChunk(copies, stride, columns, scratch, n, histogram);
  }
}

export function clear(from: usize, bytes: i32): void {
  memory.fill(from, 0, <usize>bytes);
}

/**
 * Adds a histogram of byte columns to one of features. A column may hold several features with few bins each: its
 * byte is Σ bin · divisor. `features` are records as in feature-record.ts.
 */
export function addHistogram(columnHistogram: usize, features: usize, featureCount: i32, to: usize): void {
  for (let f = 0; f < featureCount; f++, features += FEATURE_BYTES) {
    const from = columnHistogram + columnOf(features) * COLUMN;
    const start = to + (startOf(features) << 4);
    const divisor = divisorOf(features);
    const bins = binsOf(features);
    const end = columnBinsOf(features) << 4;
    if (end == bins << 4) {
      for (let at: usize = 0; at < end; at += 16) addTo(start + at, v128.load(from + at));
      continue;
    }
    let bin: usize = 0;
    let left = divisor;
    for (let at: usize = 0; at < end; at += 16) {
      addTo(start + (bin << 4), v128.load(from + at));
      if (--left == 0) {
        left = divisor;
        if (++bin == bins) bin = 0;
      }
    }
  }
}

/** Turns the parent's histogram into that of one child, given the other's. */
export function subtractHistogram(parent: usize, child: usize, bins: i32): void {
  for (let at: usize = 0, end = (<usize>bins) << 4; at < end; at += 16) {
    v128.store(parent + at, i64x2.sub(v128.load(parent + at), v128.load(child + at)));
  }
}
