/** By how much of the range of y a curve may be off where points are left out, if {@link MOST_POINTS} suffice for it. */
export const THINNING_TOLERANCE = 0.002;
/** A thinned curve has at most so many points. */
export const MOST_POINTS = 200;

/**
 * Which points of a curve a picture needs: the first, the last, and as many between that each point that is left out is at
 * most `tolerance` of the range of y above or below the straight line between its kept neighbours. That is 0.002; where more
 * than 200 points would be kept, it is doubled until no more are, and then the least for which 200 suffice (to a 32nd). A curve
 * that rises or falls all the way is never off by more than 0.0102.
 *
 * Each segment is the longest from its first point, by the cone of slopes that pass all points within the tolerance
 * (O'Rourke 1981), in a time that is linear in the points of a smooth curve.
 * @param x rising, equal values allowed.
 * @returns rising indices.
 */
export function thinnedPoints(x: ArrayLike<number>, y: ArrayLike<number>): number[] {
  const range = rangeOf(y);
  const within = (tolerance: number) => pointsWithin(x, y, tolerance * range);
  let tolerance = THINNING_TOLERANCE;
  let points = within(tolerance);
  if (points.length <= MOST_POINTS) return points;
  while (points.length > MOST_POINTS) {
    tolerance *= 2;
    points = within(tolerance);
  }
  let tooSmall = tolerance / 2;
  for (let step = 0; step < 5; step++) {
    const middle = (tooSmall + tolerance) / 2;
    const found = within(middle);
    if (found.length > MOST_POINTS) tooSmall = middle;
    else {
      tolerance = middle;
      points = found;
    }
  }
  return points;
}

/** The values at some places, as a plain list. */
export function valuesAt(values: ArrayLike<number>, places: readonly number[]): number[] {
  return places.map((place) => values[place]);
}

function rangeOf(values: ArrayLike<number>): number {
  let least = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < least) least = values[i];
    if (values[i] > largest) largest = values[i];
  }
  return largest - least;
}

function pointsWithin(x: ArrayLike<number>, y: ArrayLike<number>, tolerance: number): number[] {
  const last = x.length - 1;
  const kept = last < 0 ? [] : [0];
  // No more than are of use: the caller only learns that there are too many.
  for (let from = 0; from < last && kept.length <= MOST_POINTS; ) {
    from = farthestFrom(from, x, y, tolerance);
    kept.push(from);
  }
  return kept;
}

/** The last point to which a line from this point passes all points between within the tolerance. */
function farthestFrom(from: number, x: ArrayLike<number>, y: ArrayLike<number>, tolerance: number): number {
  const [left, start] = [x[from], y[from]];
  let farthest = from + 1;
  // Points straight above or below the first: the line may go through them, or start at the first if they are near.
  let least = start;
  let largest = start;
  let to = from + 1;
  for (; to < x.length && x[to] === left; to++) {
    const [bottom, top] = start < y[to] ? [start, y[to]] : [y[to], start];
    if (least >= bottom - tolerance && largest <= top + tolerance) farthest = to;
    if (y[to] < least) least = y[to];
    else if (y[to] > largest) largest = y[to];
  }
  if (largest - start > tolerance || start - least > tolerance) return farthest;
  let lowest = Number.NEGATIVE_INFINITY;
  let steepest = Number.POSITIVE_INFINITY;
  for (; to < x.length; to++) {
    const run = x[to] - left;
    const rise = y[to] - start;
    const slope = rise / run;
    if (slope >= lowest && slope <= steepest) farthest = to;
    const low = (rise - tolerance) / run;
    const high = (rise + tolerance) / run;
    if (low > lowest) lowest = low;
    if (high < steepest) steepest = high;
    if (lowest > steepest) return farthest;
  }
  return farthest;
}
