// Lists of row numbers: drawing them at the start of a tree, dividing them at its splits, and operations on the rows of
// a leaf.

/** Final mix of MurmurHash3 (Austin Appleby). */
@inline
function mix(value: u32): u32 {
  let h = value;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}

/**
 * Lists the first `count` rows: those that a tree grows on, then the others; returns how many are drawn. Whether a
 * row is drawn depends only on its number in the input, not on its place in memory.
 * @param threshold drawn when the row's hash is below, of 2^32.
 */
export function drawRows(
  count: i32,
  ids: usize,
  seed: u32,
  threshold: f64,
  order: usize,
  spare: usize,
): i32 {
  let drawn = order;
  let others = spare;
  const most = <u64>threshold;
  for (let row = 0; row < count; row++) {
    const hash = mix(mix(load<u32>(ids + ((<usize>row) << 2)) + 0x9e3779b9) ^ seed);
    const isDrawn = (<usize>(<u64>hash < most)) << 2;
    // Without branches: every row is written to both lists, and one of them moves on.
    store<u32>(drawn, row);
    store<u32>(others, row);
    drawn += isDrawn;
    others += 4 - isDrawn;
  }
  memory.copy(drawn, spare, others - spare);
  return <i32>((drawn - order) >> 2);
}

@inline
function sideOf(column: usize, row: u32, goesLeft: usize): usize {
  return (<usize>load<u8>(goesLeft + <usize>load<u8>(column + <usize>row))) << 2;
}

/**
 * Moves the rows whose byte goes left before the others, both in their previous order; returns how many go left.
 * Without branches: every row is written to both lists, and one of them moves on.
 */
export function partition(column: usize, goesLeft: usize, rows: usize, count: i32, spare: usize): i32 {
  let left = rows;
  let right = spare;
  let at = rows;
  const end = rows + ((<usize>count) << 2);
  const endOfFours = rows + ((<usize>(count & ~3)) << 2);
  while (at < endOfFours) {
    const a = load<u32>(at);
    const b = load<u32>(at, 4);
    const c = load<u32>(at, 8);
    const d = load<u32>(at, 12);
    const ofA = sideOf(column, a, goesLeft);
    const ofB = sideOf(column, b, goesLeft);
    const ofC = sideOf(column, c, goesLeft);
    const ofD = sideOf(column, d, goesLeft);
    store<u32>(left, a);
    store<u32>(right, a);
    left += ofA;
    right += 4 - ofA;
    store<u32>(left, b);
    store<u32>(right, b);
    left += ofB;
    right += 4 - ofB;
    store<u32>(left, c);
    store<u32>(right, c);
    left += ofC;
    right += 4 - ofC;
    store<u32>(left, d);
    store<u32>(right, d);
    left += ofD;
    right += 4 - ofD;
    at += 16;
  }
  while (at < end) {
    const row = load<u32>(at);
    const side = sideOf(column, row, goesLeft);
    store<u32>(left, row);
    store<u32>(right, row);
    left += side;
    right += 4 - side;
    at += 4;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - rows) >> 2);
}

/** Adds a leaf's value, in units of the margins, to its rows. */
export function addToMargins(rows: usize, count: i32, margins: usize, value: i32): void {
  for (const end = rows + ((<usize>count) << 2); rows < end; rows += 4) {
    const margin = margins + ((<usize>load<u32>(rows)) << 2);
    store<i32>(margin, load<i32>(margin) + value);
  }
}

/** Brings bytes into the order of a list of rows; `spare` has room for them. */
export function copyBytesInOrder(bytes: usize, order: usize, count: i32, spare: usize): void {
  const end = spare + <usize>count;
  const endOfFours = spare + <usize>(count & ~3);
  let to = spare;
  for (; to < endOfFours; to += 4, order += 16) {
    store<u8>(to, load<u8>(bytes + <usize>load<u32>(order)));
    store<u8>(to, load<u8>(bytes + <usize>load<u32>(order, 4)), 1);
    store<u8>(to, load<u8>(bytes + <usize>load<u32>(order, 8)), 2);
    store<u8>(to, load<u8>(bytes + <usize>load<u32>(order, 12)), 3);
  }
  for (; to < end; to++, order += 4) store<u8>(to, load<u8>(bytes + <usize>load<u32>(order)));
  memory.copy(bytes, spare, <usize>count);
}

/** Brings four-byte numbers into the order of a list of rows; `spare` has room for them. */
export function copyWordsInOrder(words: usize, order: usize, count: i32, spare: usize): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    store<u32>(spare + (i << 2), load<u32>(words + ((<usize>load<u32>(order + (i << 2))) << 2)));
  }
  memory.copy(words, spare, (<usize>count) << 2);
}

/** Lists all rows. */
export function listRows(count: i32, order: usize): void {
  let rows = i32x4(0, 1, 2, 3);
  for (let at = order, end = order + ((<usize>count) << 2); at < end; at += 16) {
    v128.store(at, rows);
    rows = i32x4.add(rows, i32x4.splat(4));
  }
}

/** The largest margin, negated when `sign` is −1: the result is then how far the lowest lies below 0. */
export function largestMargin(margins: usize, count: i32, sign: i32): f64 {
  let largest: i32 = i32.MIN_VALUE;
  for (const end = margins + ((<usize>count) << 2); margins < end; margins += 4) {
    largest = max(largest, load<i32>(margins) * sign);
  }
  return <f64>largest;
}
