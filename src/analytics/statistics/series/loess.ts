/** Values at 1, 2, 3 …, and how a line is fitted around a place (Cleveland et al. 1990, section 2). */
export interface LoessFit {
  readonly values: ArrayLike<number>;
  /** Weight of each value beside that of its distance; null: all have the same. */
  readonly weights: ArrayLike<number> | null;
  /** Number of the nearest values that count, odd; may exceed the number of values, which then differ the less in weight. */
  readonly window: number;
  /** 0: weighted means; 1: weighted lines. */
  readonly degree: 0 | 1;
}

/** The value that a fit has at a place, which may lie outside; null where no value there has a weight. */
export function loessAt({ values, weights, window, degree }: LoessFit, place: number): number | null {
  const count = values.length;
  const size = Math.min(window, count);
  const first = Math.max(1, Math.min(count - size + 1, place - (size - 1) / 2));
  const start = window >= count ? 1 : first;
  const end = start + size - 1;
  const reach = Math.max(place - start, end - place) + Math.max(0, Math.floor((window - count) / 2));
  // Tricube of the distance, times the value's own weight.
  const shares = new Float64Array(size);
  let [sum, mean] = [0, 0];
  for (let at = start; at <= end; at++) {
    const distance = Math.abs(at - place) / reach;
    if (distance > FAR) continue;
    const cube = distance > NEAR ? 1 - distance * distance * distance : 1;
    const weight = cube * cube * cube * (weights === null ? 1 : weights[at - 1]);
    shares[at - start] = weight;
    sum += weight;
    mean += weight * at;
  }
  if (!(sum > 0)) return null;
  mean /= sum;
  let [value, spread, slope] = [0, 0, 0];
  for (let at = start; at <= end; at++) {
    const weighted = (shares[at - start] / sum) * values[at - 1];
    value += weighted;
    slope += weighted * (at - mean);
    spread += (shares[at - start] / sum) * (at - mean) * (at - mean);
  }
  // Where all weight is at one place, there is no line.
  const isLine = degree === 1 && Math.sqrt(spread) > NEAR * (count - 1);
  return isLine ? value + (slope / spread) * (place - mean) : value;
}

/** As in the authors' program: weights are 1 nearer than that share of the reach, and 0 beyond that one. */
const NEAR = 0.001;
const FAR = 0.999;

/** The fit at every place; the value itself where none there has a weight. */
export function loess(fit: LoessFit): Float64Array {
  return Float64Array.from(fit.values, (value, at) => loessAt(fit, at + 1) ?? value);
}
