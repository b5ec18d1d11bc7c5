// Which leaf does a row reach? Answered without walking the tree, for 64 rows at a time (after QuickScorer: Lucchese
// et al. 2015; its vectors of rows: Lucchese et al. 2016).
//
// Leaves are numbered such that of a node's two sides the smaller one comes first. A row starts with one bit per leaf,
// all set. Every node that sends the row to its larger side clears the bits of the smaller one; nodes that are not on
// the row's path only clear bits of leaves that are out of reach anyway. The lowest bit that is left is the row's leaf.
//
// A byte of a register is a row, its bits eight leaves: a plane. A tree of 31 leaves has four planes, and a node mostly
// works on one of them.

/** A test: u32 bins, i8 limit, u8 the leaf bits it takes away; of categories: u32 the bits that are left. */
const TEST_BYTES: usize = 8;
/** A plane: u32 where its tests "bin > limit" end and "bin < limit" begin, u32 where those of categories do, u32 end. */
const PLANE_BYTES: usize = 12;

/** Writes the leaf numbers of rows `row … row + 63` to `leaves`. @param scratch 64 bytes a plane. */
@inline
export function findLeaves(
  planes: usize,
  planeCount: i32,
  tests: usize,
  row: usize,
  scratch: usize,
  leaves: usize,
): void {
  const end = scratch + (<usize>planeCount << 6);
  for (let plane = scratch; plane < end; plane += 64, planes += PLANE_BYTES) {
    const highEnd = <usize>load<u32>(planes);
    const lowEnd = <usize>load<u32>(planes, 4);
    const maskEnd = <usize>load<u32>(planes, 8);
    writePlane(tests, highEnd, lowEnd, maskEnd, row, plane);
    tests = maskEnd;
  }
  for (let rows: usize = 0; rows < 64; rows += 16) {
    v128.store(leaves + rows, lowestBits(scratch + rows, end));
  }
}

/** One plane of 64 rows: the bits that its tests leave. */
@inline
function writePlane(
  test: usize,
  highEnd: usize,
  lowEnd: usize,
  maskEnd: usize,
  row: usize,
  plane: usize,
): void {
  let a = i8x16.splat(-1);
  let b = a;
  let c = a;
  let d = a;
  for (; test < highEnd; test += TEST_BYTES) {
    const bins = <usize>load<u32>(test) + row;
    const limit = v128.load_splat<u8>(test, 4);
    const bits = v128.load_splat<u8>(test, 5);
    a = v128.andnot(a, v128.and(i8x16.gt_s(v128.load(bins), limit), bits));
    b = v128.andnot(b, v128.and(i8x16.gt_s(v128.load(bins, 16), limit), bits));
    c = v128.andnot(c, v128.and(i8x16.gt_s(v128.load(bins, 32), limit), bits));
    d = v128.andnot(d, v128.and(i8x16.gt_s(v128.load(bins, 48), limit), bits));
  }
  for (; test < lowEnd; test += TEST_BYTES) {
    const bins = <usize>load<u32>(test) + row;
    const limit = v128.load_splat<u8>(test, 4);
    const bits = v128.load_splat<u8>(test, 5);
    a = v128.andnot(a, v128.and(i8x16.gt_s(limit, v128.load(bins)), bits));
    b = v128.andnot(b, v128.and(i8x16.gt_s(limit, v128.load(bins, 16)), bits));
    c = v128.andnot(c, v128.and(i8x16.gt_s(limit, v128.load(bins, 32)), bits));
    d = v128.andnot(d, v128.and(i8x16.gt_s(limit, v128.load(bins, 48)), bits));
  }
  for (; test < maskEnd; test += TEST_BYTES) {
    const masks = <usize>load<u32>(test) + row;
    a = v128.and(a, v128.load(masks));
    b = v128.and(b, v128.load(masks, 16));
    c = v128.and(c, v128.load(masks, 32));
    d = v128.and(d, v128.load(masks, 48));
  }
  v128.store(plane, a);
  v128.store(plane, b, 16);
  v128.store(plane, c, 32);
  v128.store(plane, d, 48);
}

/** The number of the lowest bit set in the planes of 16 rows. */
@inline
function lowestBits(planes: usize, end: usize): v128 {
  const none = i8x16.splat(0);
  const eight = i8x16.splat(8);
  let bits = v128.load(planes);
  let before = none;
  for (let plane = planes + 64; plane < end; plane += 64) {
    const isEmpty = i8x16.eq(bits, none);
    before = i8x16.add(before, v128.and(isEmpty, eight));
    bits = v128.or(bits, v128.and(isEmpty, v128.load(plane)));
  }
  return i8x16.add(before, lowestBit(bits));
}

/** The number of the lowest bit set in every byte, none of which is 0: by two tables, for its lower and upper half. */
@inline
function lowestBit(bits: v128): v128 {
  const half = i8x16.splat(15);
  const lower = i8x16(127, 0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 1, 0);
  const upper = i8x16(127, 4, 5, 4, 6, 4, 5, 4, 7, 4, 5, 4, 6, 4, 5, 4);
  return i8x16.min_u(
    i8x16.swizzle(lower, v128.and(bits, half)),
    i8x16.swizzle(upper, v128.and(i16x8.shr_u(bits, 4), half)),
  );
}
