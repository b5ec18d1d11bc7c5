// Cuts delimited text without quotes into fields, and reads plain numbers; anything unusual is left to the caller.

const LF: u8 = 0x0a;
const CR: u8 = 0x0d;

/**
 * Cuts whole records of `width` fields from `bytes[from, to)`: field `column` of record `i` is
 * `bytes[starts[i · width + column], ends[i · width + column])`. Stops before a record that is blank, ragged, has a CR that
 * ends no line with LF, or does not end here.
 * @param starts 4 bytes a field, room for `most` records, and 15 bytes behind `bytes[to]`. @param ends as well.
 * @param stop takes where it stopped, u32.
 * @returns how many records there are.
 */
export function cutRecords(
  bytes: usize,
  from: u32,
  to: u32,
  delimiter: i32,
  width: u32,
  most: u32,
  starts: usize,
  ends: usize,
  stop: usize,
): u32 {
  const delimiters = i8x16.splat(<i8>delimiter);
  const lineEnds = i8x16.splat(<i8>LF);
  const returns = i8x16.splat(<i8>CR);
  let records: u32 = 0;
  let field: u32 = 0;
  let start = from;
  let recordStart = from;
  // Where the fields of the record begin in the lists, and the next one's place there.
  let base: usize = 0;
  let at: usize = 0;
  for (let block = from; block < to; block += 16) {
    const text = v128.load(bytes + block);
    const separators = v128.or(i8x16.eq(text, delimiters), i8x16.eq(text, lineEnds));
    let bits = i8x16.bitmask(separators);
    if (to - block < 16) bits &= (1 << (to - block)) - 1;
    let odd = i8x16.bitmask(i8x16.eq(text, returns));
    if (to - block < 16) odd &= (1 << (to - block)) - 1;
    // A CR is fine where LF comes next.
    while (odd != 0) {
      const place = block + <u32>ctz<i32>(odd);
      odd &= odd - 1;
      if (place + 1 >= to || load<u8>(bytes + place + 1) != LF) {
        store<u32>(stop, recordStart);
        return records;
      }
    }
    while (bits != 0) {
      const place = block + <u32>ctz<i32>(bits);
      bits &= bits - 1;
      if (field >= width) {
        store<u32>(stop, recordStart);
        return records;
      }
      store<u32>(starts + at, start);
      if (load<u8>(bytes + place) != LF) {
        store<u32>(ends + at, place);
        start = place + 1;
        field++;
        at += 4;
        continue;
      }
      const end = place > recordStart && load<u8>(bytes + place - 1) == CR ? place - 1 : place;
      store<u32>(ends + at, end);
      field++;
      // A line of one field may be blank, which is no record; in a file of one column it may be a missing value.
      if (field != width || width == 1) {
        store<u32>(stop, recordStart);
        return records;
      }
      records++;
      recordStart = place + 1;
      start = recordStart;
      base += <usize>width << 2;
      at = base;
      field = 0;
      if (records == most) {
        store<u32>(stop, recordStart);
        return records;
      }
    }
  }
  store<u32>(stop, recordStart);
  return records;
}

/**
 * Reads plain decimals without exponent of up to 15 digits, whose quotient of digits and power of ten is the nearest double
 * (Clinger 1990, "How to read floating point numbers accurately"); NaN where a field is empty.
 * @param powers of ten, f64, up to the fifteenth.
 * @param odd takes the records, u32, whose field is anything else.
 * @returns how many those are.
 */
export function readNumbers(
  bytes: usize,
  starts: usize,
  ends: usize,
  width: u32,
  field: u32,
  from: u32,
  to: u32,
  powers: usize,
  numbers: usize,
  odd: usize,
): u32 {
  let odds: u32 = 0;
  const step = <usize>width << 2;
  let at = <usize>from * step + (<usize>field << 2);
  for (let record = from; record < to; record++, at += step, numbers += 8) {
    let p = bytes + <usize>load<u32>(starts + at);
    const end = bytes + <usize>load<u32>(ends + at);
    if (p == end) {
      store<f64>(numbers, NaN);
      continue;
    }
    const isNegative = load<u8>(p) == 0x2d;
    if (isNegative) p++;
    const first = p;
    let digits: u64 = 0;
    let digit: u32 = p < end ? <u32>load<u8>(p) - 0x30 : 10;
    while (digit < 10) {
      digits = digits * 10 + <u64>digit;
      p++;
      digit = p < end ? <u32>load<u8>(p) - 0x30 : 10;
    }
    const whole = <u32>(p - first);
    let fraction: u32 = 0;
    let isPlain = whole > 0 && whole <= 15 && (whole == 1 || load<u8>(first) != 0x30);
    if (isPlain && p < end) {
      isPlain = load<u8>(p) == 0x2e;
      const point = p++;
      digit = p < end ? <u32>load<u8>(p) - 0x30 : 10;
      while (digit < 10) {
        digits = digits * 10 + <u64>digit;
        p++;
        digit = p < end ? <u32>load<u8>(p) - 0x30 : 10;
      }
      fraction = <u32>(p - point - 1);
      isPlain = isPlain && p == end && fraction > 0 && whole + fraction <= 15;
    }
    if (!isPlain) {
      store<u32>(odd + (<usize>odds << 2), record);
      odds++;
      continue;
    }
    const value = fraction == 0 ? <f64>digits : <f64>digits / load<f64>(powers + (<usize>fraction << 3));
    store<f64>(numbers, isNegative ? -value : value);
  }
  return odds;
}
