// The kernels' record of a feature: eight words of 4 bytes.

export const FEATURE_BYTES: usize = 32;

/** The byte column it is part of. */
@inline
export function columnOf(feature: usize): usize {
  return <usize>load<u32>(feature);
}

/** Its bin in a byte of that column is ⌊byte / divisor⌋ modulo bins. */
@inline
export function divisorOf(feature: usize): usize {
  return <usize>load<u32>(feature, 4);
}

/** Of values, of categories, then one of missing values if there are any. */
@inline
export function binsOf(feature: usize): usize {
  return <usize>load<u32>(feature, 8);
}

/** Where its bins start in a histogram of features. */
@inline
export function startOf(feature: usize): usize {
  return <usize>load<u32>(feature, 12);
}

/** Values that a byte of its column takes: the product of the bins of all features there. */
@inline
export function columnBinsOf(feature: usize): usize {
  return <usize>load<u32>(feature, 16);
}

@inline
export function isCategorical(feature: usize): bool {
  return load<u32>(feature, 20) != 0;
}

/** 1: a rising value may only raise the margin; −1: only lower it; 0: either. */
@inline
export function monotoneSignOf(feature: usize): i32 {
  return load<i32>(feature, 24);
}

/** Whether its last bin holds missing values. */
@inline
export function hasMissingBin(feature: usize): bool {
  return load<u32>(feature, 28) != 0;
}
