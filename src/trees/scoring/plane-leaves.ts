/** Leaf values as doubles; any other form is the number of bytes of whole numbers. */
const DOUBLES = 0;
/** Leaves that the tables of whole numbers have room for. */
const TABLE_LEAVES = 32;
const MOST_SUM = 2 ** 31;

/** Leaf values as the kernel adds them; see src/kernel/assembly/scoring-leaves.ts. */
export interface LeafTables {
  readonly form: number;
  readonly table: Float64Array | Uint8Array;
  /** The lowest value in units, relative to which the whole numbers are stored; 0 with doubles. */
  readonly lowest: number;
  /** The largest whole number; 0 with doubles. */
  readonly span: number;
}

/** Leaf values above the lowest as bytes of whole numbers, 32 of each byte; as doubles where that is impossible. */
export function leafTables(values: Float64Array, unit: number): LeafTables {
  const lowest = values.reduce((least, value) => Math.min(least, value));
  const highest = values.reduce((most, value) => Math.max(most, value));
  const span = (highest - lowest) / unit;
  if (unit === 0 || span >= MOST_SUM || values.length > TABLE_LEAVES) {
    return { form: DOUBLES, table: values, lowest: 0, span: 0 };
  }
  const form = span < 2 ** 24 ? 3 : 4;
  const table = new Uint8Array(form * TABLE_LEAVES);
  values.forEach((value, leaf) => {
    const whole = (value - lowest) / unit;
    for (let byte = 0; byte < form; byte++) table[byte * TABLE_LEAVES + leaf] = whole >> (8 * byte);
  });
  return { form, table, lowest: lowest / unit, span };
}

/** Trees `from … to − 1`, whose whole numbers add up to less than 2^31. */
export interface TreeGroup {
  readonly from: number;
  readonly to: number;
  /** The sum of their lowest values. */
  readonly lowest: number;
}

/** Divides trees into groups of up to `mostTrees`. */
export function groupTrees(leaves: readonly LeafTables[], mostTrees: number): TreeGroup[] {
  const groups: TreeGroup[] = [];
  for (let from = 0; from < leaves.length; ) {
    let { lowest, span } = leaves[from];
    let to = from + 1;
    while (to < leaves.length && to - from < mostTrees && span + leaves[to].span < MOST_SUM) {
      lowest += leaves[to].lowest;
      span += leaves[to].span;
      to++;
    }
    groups.push({ from, to, lowest });
    from = to;
  }
  return groups;
}
