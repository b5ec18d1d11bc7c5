/** The cells of a column: numbers (missing = NaN), codes, or texts. */
export type Cells = ArrayLike<number | string | null>;

/** So many columns are looked at in all rows; they tell apart most rows that differ. */
const HASHED_COLUMNS = 3;

/**
 * Groups of two rows or more that are equal in all columns; NaN equals NaN, and −0 equals 0. First rows that may be equal are
 * found by a hash of a few columns, then only these are compared, column by column: where no row repeats, most columns are not
 * read.
 * @param columns of equal length; those that differ most first are the fastest.
 */
export function alikeRows(columns: readonly Cells[]): readonly (readonly number[])[] {
  if (columns.length === 0) return [];
  const candidates = rowsOfEqualHash(columns.slice(0, HASHED_COLUMNS));
  let alike: readonly (readonly number[])[] = candidates.length < 2 ? [] : [candidates];
  for (const cells of columns) {
    if (alike.length === 0) return [];
    alike = alike.flatMap((rows) => splitBy(rows, cells));
  }
  return alike;
}

/** Rows that share their hash with another row, rising. */
function rowsOfEqualHash(columns: readonly Cells[]): number[] {
  const rows = columns[0].length;
  const hashes = new Uint32Array(rows);
  for (const cells of columns) {
    if (cells instanceof Float64Array) addNumbers(hashes, cells);
    else addOthers(hashes, cells);
  }
  // A table with open addressing of twice the rows or more: the first row of each hash, counted from 1.
  const mask = 2 ** Math.ceil(Math.log2(rows * 2 + 2)) - 1;
  const first = new Uint32Array(mask + 1);
  const isRepeated = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    let at = hashes[row] & mask;
    while (first[at] !== 0 && hashes[first[at] - 1] !== hashes[row]) at = (at + 1) & mask;
    if (first[at] === 0) first[at] = row + 1;
    else {
      isRepeated[row] = 1;
      isRepeated[first[at] - 1] = 1;
    }
  }
  const repeated: number[] = [];
  for (let row = 0; row < rows; row++) if (isRepeated[row] === 1) repeated.push(row);
  return repeated;
}

function addNumbers(hashes: Uint32Array, numbers: Float64Array): void {
  const one = new Float64Array(1);
  const words = new Uint32Array(one.buffer);
  for (let row = 0; row < numbers.length; row++) {
    // Adding 0 turns −0 into 0; NaN may have any of many bits.
    one[0] = numbers[row] + 0;
    const isMissing = Number.isNaN(one[0]);
    hashes[row] = mixed(mixed(hashes[row], isMissing ? 1 : words[0]), isMissing ? 1 : words[1]);
  }
}

function addOthers(hashes: Uint32Array, cells: Cells): void {
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (typeof cell !== "string") {
      hashes[row] = mixed(hashes[row], cell === null || Number.isNaN(cell) ? 1 : cell);
      continue;
    }
    let hash = hashes[row];
    for (let at = 0; at < cell.length; at++) hash = mixed(hash, cell.charCodeAt(at));
    hashes[row] = hash;
  }
}

/** A step of MurmurHash3 with its last mixing (Appleby 2011). */
function mixed(hash: number, word: number): number {
  const turned = Math.imul((word << 15) | (word >>> 17), 0xcc9e2d51);
  let next = Math.imul(hash ^ turned, 0x85ebca6b) + 0x9e3779b9;
  next ^= next >>> 13;
  return Math.imul(next, 0xc2b2ae35) ^ (next >>> 16);
}

/** Groups of two rows or more that have the same cell. */
function splitBy(rows: readonly number[], cells: Cells): number[][] {
  if (rows.length === 2) return isSame(cells[rows[0]], cells[rows[1]]) ? [[...rows]] : [];
  const groups = new Map<number | string | null, number[]>();
  for (const row of rows) {
    const group = groups.get(cells[row]);
    if (group === undefined) groups.set(cells[row], [row]);
    else group.push(row);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** As keys of a map are. */
function isSame(one: number | string | null, other: number | string | null): boolean {
  return one === other || (Number.isNaN(one) && Number.isNaN(other));
}
