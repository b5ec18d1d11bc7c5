/** So many moves per number; more, and the numbers are too unevenly spread for this method. */
const MOST_MOVES = 8;

/**
 * Numbers without NaN, rising. They are put into as many buckets of equal width as there are numbers, then moved to their
 * places (Neubert 1998, Flashsort, with one insertion at the end): where they are spread evenly it takes a quarter of the time
 * of a typed array's own `sort`, which sorts the others.
 */
export function sortedNumbers(values: Float64Array): Float64Array {
  const size = values.length;
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < size; i++) {
    const value = values[i];
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const scale = (size - 1) / (maximum - minimum);
  // Equal numbers, infinite ones, and ranges that overflow or are too small to divide by.
  if (!(scale > 0 && scale < Number.MAX_VALUE)) return values.slice().sort();
  const starts = new Uint32Array(size + 1);
  for (let i = 0; i < size; i++) starts[(((values[i] - minimum) * scale) | 0) + 1]++;
  for (let bucket = 1; bucket <= size; bucket++) starts[bucket] += starts[bucket - 1];
  const sorted = new Float64Array(size);
  for (let i = 0; i < size; i++) sorted[starts[((values[i] - minimum) * scale) | 0]++] = values[i];
  let moves = 0;
  for (let i = 1; i < size; i++) {
    const value = sorted[i];
    let at = i;
    while (at > 0 && sorted[at - 1] > value) {
      sorted[at] = sorted[at - 1];
      at--;
    }
    sorted[at] = value;
    moves += i - at;
    if (moves > MOST_MOVES * size) return sorted.sort();
  }
  return sorted;
}
