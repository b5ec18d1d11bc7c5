// Adds leaf values to what rows have so far: as doubles, or, where all values of a model are multiples of one power of
// two, as whole numbers of it, 16 rows at a time. Each byte of a whole number has its own table (lowest bytes of all
// leaves, then the next ones …), since a register can look up 16 bytes at once, but not words.

/** Leaf tables have 32 bytes. */
const SECOND_HALF: i8 = 16;

/** Adds the doubles of 64 rows' leaves. */
@inline
export function addDoubles(leaves: usize, values: usize, totals: usize): void {
  for (let row: usize = 0; row < 64; row += 4, leaves += 4, totals += 32) {
    store<f64>(totals, load<f64>(totals) + load<f64>(values + (<usize>load<u8>(leaves) << 3)));
    store<f64>(totals, load<f64>(totals, 8) + load<f64>(values + (<usize>load<u8>(leaves, 1) << 3)), 8);
    store<f64>(totals, load<f64>(totals, 16) + load<f64>(values + (<usize>load<u8>(leaves, 2) << 3)), 16);
    store<f64>(totals, load<f64>(totals, 24) + load<f64>(values + (<usize>load<u8>(leaves, 3) << 3)), 24);
  }
}

/** Adds the whole numbers of 64 rows' leaves, none of them negative; below 2^24 where there are three bytes. */
@inline
export function addWholes(leaves: usize, tables: usize, byteCount: i32, sums: usize): void {
  const none = i8x16.splat(0);
  for (let row: usize = 0; row < 64; row += 16, sums += 64) {
    const leaf = v128.load(leaves + row);
    const inSecond = i8x16.sub(leaf, i8x16.splat(SECOND_HALF));
    const first = lookUp(tables, leaf, inSecond);
    const second = lookUp(tables + 32, leaf, inSecond);
    const third = lookUp(tables + 64, leaf, inSecond);
    const fourth = byteCount == 3 ? none : lookUp(tables + 96, leaf, inSecond);
    const low0 = i8x16.shuffle(first, second, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const low1 = i8x16.shuffle(first, second, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    const high0 = i8x16.shuffle(third, fourth, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const high1 = i8x16.shuffle(third, fourth, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    add(sums, i16x8.shuffle(low0, high0, 0, 8, 1, 9, 2, 10, 3, 11));
    add(sums + 16, i16x8.shuffle(low0, high0, 4, 12, 5, 13, 6, 14, 7, 15));
    add(sums + 32, i16x8.shuffle(low1, high1, 0, 8, 1, 9, 2, 10, 3, 11));
    add(sums + 48, i16x8.shuffle(low1, high1, 4, 12, 5, 13, 6, 14, 7, 15));
  }
}

@inline
function lookUp(table: usize, leaf: v128, inSecond: v128): v128 {
  return v128.or(i8x16.swizzle(v128.load(table), leaf), i8x16.swizzle(v128.load(table, 16), inSecond));
}

@inline
function add(sum: usize, values: v128): void {
  v128.store(sum, i32x4.add(v128.load(sum), values));
}

/** Moves sums to totals: `total += (sum + offset) · unit`, each step of it exact. */
export function moveSums(sums: usize, rowCount: i32, offset: f64, unit: f64, totals: usize): void {
  for (let row: usize = 0; row < <usize>rowCount; row++) {
    const sum = sums + (row << 2);
    const total = totals + (row << 3);
    store<f64>(total, load<f64>(total) + (<f64>load<i32>(sum) + offset) * unit);
    store<i32>(sum, 0);
  }
}
