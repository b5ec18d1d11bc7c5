// Sorting numbers by their bytes (radix sort, lowest byte first): several times faster than comparing them.

const DIGITS: usize = 8;

/** A whole number that rises with the number whose bits these are. */
@inline
function keyOf(bits: u64): u64 {
  return <i64>bits < 0 ? ~bits : bits | 0x8000000000000000;
}

@inline
function bitsOf(key: u64): u64 {
  return <i64>key < 0 ? key & 0x7fffffffffffffff : ~key;
}

/**
 * Sorts numbers, none of them NaN, in place.
 * @param spare room for the same number.
 * @param counts room for 8 × 256 words of 4 bytes.
 */
export function sortNumbers(numbers: usize, count: i32, spare: usize, counts: usize): void {
  memory.fill(counts, 0, DIGITS << 10);
  const bytes = (<usize>count) << 3;
  for (let at: usize = 0; at < bytes; at += 8) {
    let key = keyOf(load<u64>(numbers + at));
    store<u64>(numbers + at, key);
    for (let place = counts; place < counts + (DIGITS << 10); place += 1024, key >>= 8) {
      const counted = place + ((<usize>key & 255) << 2);
      store<u32>(counted, load<u32>(counted) + 1);
    }
  }
  let from = numbers;
  let to = spare;
  for (let digit: usize = 0; digit < DIGITS; digit++) {
    const place = counts + (digit << 10);
    if (!startsOf(place, count)) continue;
    const shift = <u64>digit << 3;
    for (let at: usize = 0; at < bytes; at += 8) {
      const key = load<u64>(from + at);
      const start = place + ((<usize>(key >> shift) & 255) << 2);
      const position = load<u32>(start);
      store<u64>(to + ((<usize>position) << 3), key);
      store<u32>(start, position + 1);
    }
    const other = from;
    from = to;
    to = other;
  }
  for (let at: usize = 0; at < bytes; at += 8) store<u64>(numbers + at, bitsOf(load<u64>(from + at)));
}

/** Turns counts of a byte's values into where each starts; false when all numbers share one. */
function startsOf(place: usize, count: i32): bool {
  let sum: u32 = 0;
  for (let value: usize = 0; value < 1024; value += 4) {
    const found = load<u32>(place + value);
    if (found == <u32>count) return false;
    store<u32>(place + value, sum);
    sum += found;
  }
  return true;
}
