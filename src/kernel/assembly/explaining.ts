// Path-dependent contributions of rows by trees. Records are written by src/trees/explaining/path-kernel.ts; the
// path-walker.ts beside it calculates the same in JavaScript, to the same bits. Two points of the quadrature at a time.

/** A tree: u32 its nodes, u32 how many, u32 bytes of the numbers of all points, u32 t, u32 1 − t, u32 the weights, 8 unused. */
const TREE_BYTES: usize = 32;
/**
 * A node: f64 its threshold, f64 the share of its left and of its right edge, f64 that of the edge that leads to it; u32 the
 * feature's place in the row in bytes, u32 its left codes or 0, u32 whether missing values go left, u32 the mask of the edge
 * that tested the feature or 0; u32 the parent's numbers, u32 the mask of the edge that leads here, u32 the numbers of the left
 * and of the right child; u32 16 for a child that is a node, 0 for a leaf, of both sides; u32 the scales of the tested edge, 4 unused.
 */
const NODE_BYTES: usize = 80;
/** The scales of a tested edge: 1 / z twice, 1 − z twice, then 1 / (t + (1 − t) z) of every point. */
const INVERSES: usize = 32;

/**
 * Writes the contributions of rows: for every number of a row two sums, over the even and over the odd points.
 * @param numbers of each node of one tree. @param masks two of 8 bytes for each, all bits set for an edge whose tests the row follows.
 * @param ones 1 for each of the most points.
 */
export function explainRows(
  trees: usize,
  treeCount: i32,
  rows: usize,
  rowCount: i32,
  rowBytes: usize,
  sums: usize,
  numbers: usize,
  masks: usize,
  ones: usize,
): void {
  const sumBytes = rowBytes << 1;
  memory.fill(sums, 0, sumBytes * <usize>rowCount);
  const end = trees + <usize>treeCount * TREE_BYTES;
  for (let tree = trees; tree < end; tree += TREE_BYTES) {
    let row = rows;
    let sum = sums;
    for (let r = 0; r < rowCount; r++, row += rowBytes, sum += sumBytes) {
      goDown(tree, row, numbers, masks, ones);
      goUp(tree, sum, numbers, masks, ones);
    }
  }
}

/** Multiplies what each feature keeps of the leaves below, along all paths. */
@inline
function goDown(tree: usize, row: usize, numbers: usize, masks: usize, ones: usize): void {
  const bytes = <usize>load<u32>(tree, 8);
  const t = <usize>load<u32>(tree, 12);
  const rest = <usize>load<u32>(tree, 16);
  let node = <usize>load<u32>(tree);
  const end = node + <usize>load<u32>(tree, 4) * NODE_BYTES;
  memory.copy(numbers, <usize>load<u32>(tree, 20), bytes);
  followTests(node, row, -1, masks);
  let own = numbers + bytes;
  let mask = masks + 16;
  for (node += NODE_BYTES; node < end; node += NODE_BYTES, own += bytes, mask += 16) {
    const parent = <usize>load<u32>(node, 48);
    const entry = <usize>load<u32>(node, 52);
    const tested = <usize>load<u32>(node, 44);
    const follows = v128.load64_splat(entry);
    const z = v128.load64_splat(node, 24);
    const isParentOpen = v128.any_true(v128.load(entry & ~15));
    const rests = select<usize>(rest, ones, isParentOpen);
    if (tested === 0) {
      for (let q: usize = 0; q < bytes; q += 16) {
        const factor = f64x2.add(
          f64x2.mul(v128.load(rests + q), z),
          v128.and(v128.load(t + q), follows),
        );
        v128.store(own + q, f64x2.mul(v128.load(parent + q), factor));
      }
      followTests(node, row, -1, mask);
      continue;
    }
    const open = load<i64>(tested);
    const scales = <usize>load<u32>(node, 72);
    const scale = select<usize>(scales + INVERSES, scales, open !== 0);
    const step = <usize>open & 16;
    for (let q: usize = 0, s = scale; q < bytes; q += 16, s += step) {
      const factor = f64x2.add(
        f64x2.mul(v128.load(rests + q), z),
        v128.and(v128.load(t + q), follows),
      );
      v128.store(own + q, f64x2.mul(f64x2.mul(v128.load(parent + q), factor), v128.load(s)));
    }
    followTests(node, row, open, mask);
  }
}

/** Writes the masks of a node's edges. @param open whether the row follows the tests of the feature so far, in all bits. */
@inline
function followTests(node: usize, row: usize, open: i64, mask: usize): void {
  const value = load<f64>(row + <usize>load<u32>(node, 32));
  const codes = <usize>load<u32>(node, 36);
  const missingLeft = <i64>load<u32>(node, 40);
  let isLeft: i64;
  if (codes === 0) isLeft = value <= load<f64>(node) ? 1 : 0;
  else {
    // A missing value, which goes elsewhere below, would be no integer.
    const code = <u32>max<f64>(min<f64>(select<f64>(0, value, value !== value), 255), 0);
    isLeft = <i64>((load<u32>(codes + ((code >> 5) << 2)) >> (code & 31)) & 1);
  }
  isLeft = select<i64>(missingLeft, isLeft, value !== value);
  store<i64>(mask, open & -isLeft);
  store<i64>(mask, open & (isLeft - 1), 8);
}

/** Sums leaves up, and adds what each node contributes to its feature. */
@inline
function goUp(tree: usize, sums: usize, numbers: usize, masks: usize, ones: usize): void {
  const bytes = <usize>load<u32>(tree, 8);
  const t = <usize>load<u32>(tree, 12);
  const rest = <usize>load<u32>(tree, 16);
  const first = <usize>load<u32>(tree);
  const count = <usize>load<u32>(tree, 4);
  let node = first + count * NODE_BYTES;
  let own = numbers + count * bytes;
  let mask = masks + count * 16;
  const one = f64x2.splat(1);
  while (node > first) {
    node -= NODE_BYTES;
    own -= bytes;
    mask -= 16;
    const tested = <usize>load<u32>(node, 44);
    const followsLeft = v128.load64_splat(mask);
    const followsRight = v128.load64_splat(mask, 8);
    const zLeft = v128.load64_splat(node, 8);
    const zRight = v128.load64_splat(node, 16);
    const ofLeft = f64x2.sub(v128.and(one, followsLeft), zLeft);
    const ofRight = f64x2.sub(v128.and(one, followsRight), zRight);
    const leftStep = <usize>load<u32>(node, 64);
    const rightStep = <usize>load<u32>(node, 68);
    const sumAt = sums + ((<usize>load<u32>(node, 32)) << 1);
    let sum = v128.load(sumAt);
    let left = <usize>load<u32>(node, 56);
    let right = <usize>load<u32>(node, 60);
    if (tested === 0) {
      for (let q: usize = 0; q < bytes; q += 16, left += leftStep, right += rightStep) {
        const low = v128.load(left);
        const high = v128.load(right);
        const points = v128.load(t + q);
        const rests = v128.load(rest + q);
        const product = v128.load(own + q);
        const toLeft = f64x2.add(f64x2.mul(rests, zLeft), v128.and(points, followsLeft));
        const toRight = f64x2.add(f64x2.mul(rests, zRight), v128.and(points, followsRight));
        v128.store(own + q, f64x2.add(f64x2.mul(toLeft, low), f64x2.mul(toRight, high)));
        const change = f64x2.add(f64x2.mul(ofLeft, low), f64x2.mul(ofRight, high));
        sum = f64x2.add(sum, f64x2.mul(product, change));
      }
      v128.store(sumAt, sum);
      continue;
    }
    const open = load<i64>(tested);
    const isOpen = i64x2.splat(open);
    const scales = <usize>load<u32>(node, 72);
    const step = <usize>open & 16;
    const restsAt = select<usize>(rest, ones, open !== 0);
    const gone = v128.load(scales, 16);
    let scale = select<usize>(scales + INVERSES, scales, open !== 0);
    for (let q: usize = 0; q < bytes; q += 16, left += leftStep, right += rightStep, scale += step) {
      const low = v128.load(left);
      const high = v128.load(right);
      const points = v128.load(t + q);
      const rests = v128.load(restsAt + q);
      const product = v128.load(own + q);
      const toLeft = f64x2.add(f64x2.mul(rests, zLeft), v128.and(points, followsLeft));
      const toRight = f64x2.add(f64x2.mul(rests, zRight), v128.and(points, followsRight));
      const all = f64x2.mul(
        f64x2.add(f64x2.mul(toLeft, low), f64x2.mul(toRight, high)),
        v128.load(scale),
      );
      v128.store(own + q, all);
      const change = f64x2.sub(
        f64x2.add(f64x2.mul(ofLeft, low), f64x2.mul(ofRight, high)),
        f64x2.mul(gone, all),
      );
      sum = f64x2.add(sum, v128.and(f64x2.mul(product, change), isOpen));
    }
    v128.store(sumAt, sum);
  }
}
