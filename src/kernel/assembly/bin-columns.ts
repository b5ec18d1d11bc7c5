// From raw values to bins.
//
// Numbers: the bin says how many cuts lie below the value, so that `value ≤ cuts[j]` exactly when `bin ≤ j`. NaN is
// below no number and gets bin 0; `sendMissing` moves it elsewhere. Codes are bins already.

/** With more cuts than this, halving the cuts is faster than comparing with every one. */
const FEW_CUTS: i32 = 12;

/**
 * The bins of `count` doubles, counted from `firstBin`. Reads and writes up to seven beyond the last.
 * @param cuts rising, `cutCount ≤ 255` of them, followed by +∞ up to the next power of two.
 */
export function binNumbers(
  values: usize,
  count: i32,
  cuts: usize,
  cutCount: i32,
  firstBin: i32,
  bins: usize,
): void {
  if (cutCount <= FEW_CUTS) compareWithAll(values, count, cuts, cutCount, firstBin, bins);
  else halveCuts(values, count, cuts, cutCount, firstBin, bins);
}

/** Two values at a time: every cut below a value adds one to its bin. */
function compareWithAll(
  values: usize,
  count: i32,
  cuts: usize,
  cutCount: i32,
  firstBin: i32,
  bins: usize,
): void {
  const lastCut = cuts + (<usize>cutCount << 3);
  const end = bins + <usize>count;
  for (; bins < end; bins += 8, values += 64) {
    const a = v128.load(values);
    const b = v128.load(values, 16);
    const c = v128.load(values, 32);
    const d = v128.load(values, 48);
    let binsOfA = i64x2.splat(<i64>firstBin);
    let binsOfB = binsOfA;
    let binsOfC = binsOfA;
    let binsOfD = binsOfA;
    for (let at = cuts; at < lastCut; at += 8) {
      const cut = v128.load_splat<u64>(at);
      // A true comparison is −1 in every lane.
      binsOfA = i64x2.sub(binsOfA, f64x2.lt(cut, a));
      binsOfB = i64x2.sub(binsOfB, f64x2.lt(cut, b));
      binsOfC = i64x2.sub(binsOfC, f64x2.lt(cut, c));
      binsOfD = i64x2.sub(binsOfD, f64x2.lt(cut, d));
    }
    const ab = i8x16.shuffle(binsOfA, binsOfB, 0, 8, 16, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    const cd = i8x16.shuffle(binsOfC, binsOfD, 0, 8, 16, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    store<i32>(bins, i32x4.extract_lane(ab, 0));
    store<i32>(bins, i32x4.extract_lane(cd, 0), 4);
  }
}

/** Binary search without branches, eight values at a time, so that eight loads are in flight at once. */
function halveCuts(
  values: usize,
  count: i32,
  cuts: usize,
  cutCount: i32,
  firstBin: i32,
  bins: usize,
): void {
  let firstStep: usize = 8;
  while (<i32>(firstStep >> 2) <= cutCount) firstStep <<= 1;
  const origin = cuts - <usize>(firstBin << 3);
  const end = bins + <usize>count;
  for (; bins < end; bins += 8, values += 64) {
    const a = load<f64>(values);
    const b = load<f64>(values, 8);
    const c = load<f64>(values, 16);
    const d = load<f64>(values, 24);
    const e = load<f64>(values, 32);
    const f = load<f64>(values, 40);
    const g = load<f64>(values, 48);
    const h = load<f64>(values, 56);
    let atA = cuts;
    let atB = cuts;
    let atC = cuts;
    let atD = cuts;
    let atE = cuts;
    let atF = cuts;
    let atG = cuts;
    let atH = cuts;
    for (let step = firstStep; step >= 8; step >>= 1) {
      atA = stepped(atA, step, a);
      atB = stepped(atB, step, b);
      atC = stepped(atC, step, c);
      atD = stepped(atD, step, d);
      atE = stepped(atE, step, e);
      atF = stepped(atF, step, f);
      atG = stepped(atG, step, g);
      atH = stepped(atH, step, h);
    }
    store<u8>(bins, <u8>((atA - origin) >> 3));
    store<u8>(bins, <u8>((atB - origin) >> 3), 1);
    store<u8>(bins, <u8>((atC - origin) >> 3), 2);
    store<u8>(bins, <u8>((atD - origin) >> 3), 3);
    store<u8>(bins, <u8>((atE - origin) >> 3), 4);
    store<u8>(bins, <u8>((atF - origin) >> 3), 5);
    store<u8>(bins, <u8>((atG - origin) >> 3), 6);
    store<u8>(bins, <u8>((atH - origin) >> 3), 7);
  }
}

@inline
function stepped(at: usize, step: usize, value: f64): usize {
  const next = at + step;
  return select<usize>(next, at, load<f64>(next - 8) < value);
}

/** Copies bins to `target`, with `missingBin` where the value is NaN. Reads and writes up to 15 beyond the last. */
export function sendMissing(values: usize, count: i32, bins: usize, missingBin: i32, target: usize): void {
  const missing = i8x16.splat(<i8>missingBin);
  for (let i: usize = 0; i < <usize>count; i += 16, values += 128) {
    const isMissing = i8x16.narrow_i16x8_s(
      i16x8.narrow_i32x4_s(missingOfFour(values), missingOfFour(values + 32)),
      i16x8.narrow_i32x4_s(missingOfFour(values + 64), missingOfFour(values + 96)),
    );
    v128.store(target + i, v128.bitselect(missing, v128.load(bins + i), isMissing));
  }
}

/** −1 for NaN and 0 for numbers, as four words. */
@inline
function missingOfFour(values: usize): v128 {
  const a = v128.load(values);
  const b = v128.load(values, 16);
  return i32x4.shuffle(f64x2.ne(a, a), f64x2.ne(b, b), 0, 2, 4, 6);
}

/**
 * The places of codes in tables of 8 bytes per place: missing at place 0, code c at place c + 1, every code
 * from `beyond` on at one place. Two bytes a row. Reads and writes up to seven rows beyond the last.
 */
export function placeCodes(codes: usize, count: i32, beyond: i32, places: usize): void {
  const missing = i32x4.splat(-1);
  const most = i32x4.splat(beyond);
  const end = places + (<usize>count << 1);
  for (; places < end; places += 16, codes += 32) {
    const a = i32x4.max_s(i32x4.min_s(v128.load(codes), most), missing);
    const b = i32x4.max_s(i32x4.min_s(v128.load(codes, 16), most), missing);
    const place = i16x8.add(i16x8.narrow_i32x4_s(a, b), i16x8.splat(1));
    v128.store(places, i16x8.shl(place, 3));
  }
}
