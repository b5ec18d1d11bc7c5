// The margin of one row by many trees. Records are written by src/trees/scoring/single-row.ts; the
// forest-scorer.ts and rank-walker.ts beside it calculate the same in JavaScript, to the same bits.

/** A feature of masks: u32 its place in the row in bytes, i32 its codes or −1, u32 its lists, u32 the list of missing values. */
const FEATURE_BYTES: usize = 16;
/** A list: u32 its first entry, u32 its end, u32 where the state before its first one would be, 4 unused. */
const LIST_BYTES: usize = 16;
/** An entry: u32 the address of a mask, u32 the leaves that it leaves. */
const ENTRY_BYTES: usize = 8;

/**
 * Trees of up to 32 leaves, by masks of leaves that can still be reached.
 * @param thresholds 8 bytes an entry. @param maskBytes of all masks, a multiple of 16. @param stride entries between states.
 * @param leafStarts u32 a tree: the address of its first leaf value.
 */
export function marginByMasks(
  features: usize,
  featureCount: i32,
  row: usize,
  entries: usize,
  thresholds: usize,
  masks: usize,
  maskBytes: usize,
  stride: u32,
  leafStarts: usize,
  treeCount: i32,
  baseMargin: f64,
): f64 {
  memory.fill(masks, 255, maskBytes);
  const end = features + <usize>featureCount * FEATURE_BYTES;
  for (let feature = features; feature < end; feature += FEATURE_BYTES) {
    const value = load<f64>(row + <usize>load<u32>(feature));
    const codes = load<i32>(feature, 4);
    let list = <usize>load<u32>(feature, 8);
    let from: u32 = 0;
    let to: u32 = 0;
    if (isNaN<f64>(value)) {
      list = <usize>load<u32>(feature, 12);
      from = load<u32>(list);
      to = load<u32>(list, 4);
    } else if (codes < 0) {
      from = load<u32>(list);
      to = firstAtLeast(thresholds, from, load<u32>(list, 4), value);
    } else {
      const code = <usize>(value < <f64>codes ? <i32>value : codes - 1);
      list += code * LIST_BYTES;
      from = load<u32>(list);
      to = load<u32>(list, 4);
    }
    const ahead = (to - from) / stride;
    if (ahead > 0) {
      takeState(masks, <usize>load<u32>(list, 8) + <usize>ahead * maskBytes, maskBytes);
      from += ahead * stride;
    }
    const last = entries + <usize>to * ENTRY_BYTES;
    for (let entry = entries + <usize>from * ENTRY_BYTES; entry < last; entry += ENTRY_BYTES) {
      const mask = <usize>load<u32>(entry);
      store<u32>(mask, load<u32>(mask) & load<u32>(entry, 4));
    }
  }
  let margin = baseMargin;
  for (let t: usize = 0; t < <usize>treeCount; t++) {
    const leaf = <usize>ctz<u32>(load<u32>(masks + (t << 2)));
    margin += load<f64>(<usize>load<u32>(leafStarts + (t << 2)) + (leaf << 3));
  }
  return margin;
}

@inline
function takeState(masks: usize, state: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(masks + at, v128.and(v128.load(masks + at), v128.load(state + at)));
  }
}

/** The first of some rising numbers that is not below a value. */
@inline
function firstAtLeast(numbers: usize, from: u32, to: u32, value: f64): u32 {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const isBelow = load<f64>(numbers + (<usize>middle << 3)) < value;
    low = select<u32>(middle + 1, low, isBelow);
    high = select<u32>(high, middle, isBelow);
  }
  return low;
}

/** A slot: u32 the feature's place in the row in bytes, i32 its cuts or −1 for codes, u32 the cuts, i32 the rank of missing values. */
const SLOT_BYTES: usize = 16;
/** Words of 32 places a set. */
const SET_BYTES: usize = 36;
const MOST_CODE: f64 = 255;

/**
 * Trees of any size, by ranks. A node is two words: slot << 17 | isCategorical << 16 | rank or set, and the address of the
 * left child, followed by the right one. A leaf is its own left child, by a slot that never sends right; its
 * number is slot and rank.
 * @param firstLeafSlot slots from there on are those of leaves.
 * @param leaves 8 bytes a leaf.
 */
export function marginByRanks(
  slots: usize,
  slotCount: i32,
  row: usize,
  ranks: usize,
  roots: usize,
  treeCount: i32,
  sets: usize,
  firstLeafSlot: i32,
  leaves: usize,
  baseMargin: f64,
): f64 {
  rankRow(slots, slotCount, row, ranks);
  let margin = baseMargin;
  const end = roots + (<usize>treeCount << 2);
  let root = roots;
  // Eight trees at a time: while one waits for memory, the others continue.
  for (; root + 32 <= end; root += 32) {
    let a = <usize>load<u32>(root);
    let b = <usize>load<u32>(root, 4);
    let c = <usize>load<u32>(root, 8);
    let d = <usize>load<u32>(root, 12);
    let e = <usize>load<u32>(root, 16);
    let f = <usize>load<u32>(root, 20);
    let g = <usize>load<u32>(root, 24);
    let h = <usize>load<u32>(root, 28);
    for (;;) {
      const nextA = childOf(a, ranks, sets);
      const nextB = childOf(b, ranks, sets);
      const nextC = childOf(c, ranks, sets);
      const nextD = childOf(d, ranks, sets);
      const nextE = childOf(e, ranks, sets);
      const nextF = childOf(f, ranks, sets);
      const nextG = childOf(g, ranks, sets);
      const nextH = childOf(h, ranks, sets);
      const moved = (a ^ nextA) | (b ^ nextB) | (c ^ nextC) | (d ^ nextD) | (e ^ nextE) | (f ^ nextF) | (g ^ nextG) | (h ^ nextH);
      if (moved == 0) break;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
      e = nextE;
      f = nextF;
      g = nextG;
      h = nextH;
    }
    margin += leafOf(a, firstLeafSlot, leaves);
    margin += leafOf(b, firstLeafSlot, leaves);
    margin += leafOf(c, firstLeafSlot, leaves);
    margin += leafOf(d, firstLeafSlot, leaves);
    margin += leafOf(e, firstLeafSlot, leaves);
    margin += leafOf(f, firstLeafSlot, leaves);
    margin += leafOf(g, firstLeafSlot, leaves);
    margin += leafOf(h, firstLeafSlot, leaves);
  }
  for (; root < end; root += 4) {
    let node = <usize>load<u32>(root);
    for (;;) {
      const next = childOf(node, ranks, sets);
      if (next == node) break;
      node = next;
    }
    margin += leafOf(node, firstLeafSlot, leaves);
  }
  return margin;
}

@inline
function rankRow(slots: usize, slotCount: i32, row: usize, ranks: usize): void {
  const end = slots + <usize>slotCount * SLOT_BYTES;
  let rank = ranks;
  for (let slot = slots; slot < end; slot += SLOT_BYTES, rank += 4) {
    const value = load<f64>(row + <usize>load<u32>(slot));
    const cutCount = load<i32>(slot, 4);
    if (isNaN<f64>(value)) store<i32>(rank, load<i32>(slot, 12));
    else if (cutCount < 0) store<i32>(rank, (value < MOST_CODE ? <i32>value : <i32>MOST_CODE) + 1);
    else store<i32>(rank, <i32>firstAtLeast(<usize>load<u32>(slot, 8), 0, <u32>cutCount, value));
  }
}

/** One step down without a branch, since no processor can predict which way a row goes. */
@inline
function childOf(node: usize, ranks: usize, sets: usize): usize {
  const word = load<i32>(node);
  const rank = load<i32>(ranks + ((<usize>(word >>> 17)) << 2));
  const operand = word & 0xffff;
  const isCategorical = (word >>> 16) & 1;
  const place = (operand * <i32>SET_BYTES + ((rank >> 5) << 2)) & -isCategorical;
  const bit = (load<i32>(sets + <usize>place) >>> (rank & 31)) & 1;
  const isRight = select<i32>(bit ^ 1, i32(rank > operand), isCategorical);
  return <usize>load<u32>(node, 4) + (<usize>isRight << 3);
}

@inline
function leafOf(node: usize, firstLeafSlot: i32, leaves: usize): f64 {
  const word = load<i32>(node);
  const leaf = (((word >>> 17) - firstLeafSlot) << 16) | (word & 0xffff);
  return load<f64>(leaves + (<usize>leaf << 3));
}
