// Records that say what a block of rows is scored by. They are written by src/trees/scoring/plane-model.ts,
// where the layout of the memory is drawn.

/** Rows of a block: the distance from one column of bins to the next. */
export const BLOCK_ROWS: usize = 1024;

/** A column of bins: u32 values, u32 cuts, i32 kind, i32 count, u32 bins, u32 bins with missing values highest. */
export const COLUMN_BYTES: usize = 24;
export const NUMBERS: i32 = 0;

@inline
export function valuesOf(column: usize): usize {
  return <usize>load<u32>(column);
}

@inline
export function cutsOf(column: usize): usize {
  return <usize>load<u32>(column, 4);
}

@inline
export function kindOf(column: usize): i32 {
  return load<i32>(column, 8);
}

/** How many cuts numbers have; from which code on codes share a place. */
@inline
export function countOf(column: usize): i32 {
  return load<i32>(column, 12);
}

/** Bins with missing values lowest, 0 where no node wants them there; places of codes. */
@inline
export function binsOf(column: usize): usize {
  return <usize>load<u32>(column, 16);
}

/** Bins with missing values highest; 0 where no node wants them there. */
@inline
export function highBinsOf(column: usize): usize {
  return <usize>load<u32>(column, 20);
}

/** A tree: u32 planes, i32 plane count, u32 tests, u32 leaves, i32 leaf form, 12 unused. */
export const TREE_BYTES: usize = 32;

@inline
export function planesOf(tree: usize): usize {
  return <usize>load<u32>(tree);
}

@inline
export function planeCountOf(tree: usize): i32 {
  return load<i32>(tree, 4);
}

@inline
export function testsOf(tree: usize): usize {
  return <usize>load<u32>(tree, 8);
}

@inline
export function leavesOf(tree: usize): usize {
  return <usize>load<u32>(tree, 12);
}

/** How leaf values are written: {@link DOUBLES}, or the number of bytes of a whole number, each byte in a table. */
@inline
export function leafFormOf(tree: usize): i32 {
  return load<i32>(tree, 16);
}
export const DOUBLES: i32 = 0;
