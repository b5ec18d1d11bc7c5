/** How many points a line keeps at most. */
const MOST_POINTS = 200;
/** How far a line may be from what is left out, in shares of the picture's sides. */
const TOLERANCE = 0.0004;

/**
 * Which points of a line are drawn: those without which it would look different (Ramer 1972, Douglas & Peucker 1973), at most 200,
 * always with the first and the last. Positions rise.
 * @param spanX how long the axis is; distances are measured in shares of it.
 */
export function thinned(x: ArrayLike<number>, y: ArrayLike<number>, spanX: number, spanY: number): number[] {
  const apart = distinct(x, y, spanX, spanY);
  for (let tolerance = TOLERANCE; ; tolerance *= 1.6) {
    const kept = simplified(apart, x, y, spanX, spanY, tolerance);
    if (kept.length <= MOST_POINTS) return kept;
  }
}

/**
 * {@link thinned} of a line of steps, which is as high as one of its points all the way to the next: of points that are about as high
 * as the one before them only the last is kept, so that steps stay where they are.
 */
export function thinnedSteps(
  _x: ArrayLike<number>,
  y: ArrayLike<number>,
  _spanX: number,
  spanY: number,
): number[] {
  for (let tolerance = TOLERANCE; ; tolerance *= 1.6) {
    const kept = stepsApart(y, spanY * tolerance);
    if (kept.length <= MOST_POINTS) return kept;
  }
}

function stepsApart(y: ArrayLike<number>, tolerance: number): number[] {
  const last = y.length - 1;
  const kept: number[] = [];
  for (let i = 0; i <= last; i++) {
    const before = kept.at(-1);
    const isApart = before === undefined || Math.abs(y[i] - y[before]) > tolerance;
    if (!isApart && i !== last) continue;
    if (isApart && before !== undefined && before < i - 1) kept.push(i - 1);
    kept.push(i);
  }
  return kept;
}

/** Without points that are where the one before is. */
function distinct(x: ArrayLike<number>, y: ArrayLike<number>, spanX: number, spanY: number): number[] {
  const last = x.length - 1;
  const kept: number[] = [];
  let before = -1;
  for (let i = 0; i <= last; i++) {
    const isApart =
      before < 0 ||
      Math.abs(x[i] - x[before]) > spanX * TOLERANCE ||
      Math.abs(y[i] - y[before]) > spanY * TOLERANCE;
    if (!isApart && i !== last) continue;
    kept.push(i);
    before = i;
  }
  return kept;
}

function simplified(
  points: readonly number[],
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  spanX: number,
  spanY: number,
  tolerance: number,
): number[] {
  if (points.length <= 2) return [...points];
  const keeps = new Set([0, points.length - 1]);
  const spans = [[0, points.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    const [a, b] = [points[from], points[to]];
    const [dx, dy] = [(x[b] - x[a]) / spanX, (y[b] - y[a]) / spanY];
    const length = Math.hypot(dx, dy) || 1;
    let farthest = tolerance;
    let at = -1;
    for (let i = from + 1; i < to; i++) {
      const [px, py] = [(x[points[i]] - x[a]) / spanX, (y[points[i]] - y[a]) / spanY];
      const distance = dx === 0 && dy === 0 ? Math.hypot(px, py) : Math.abs(dx * py - dy * px) / length;
      if (distance > farthest) {
        farthest = distance;
        at = i;
      }
    }
    if (at < 0) continue;
    keeps.add(at);
    spans.push([from, at], [at, to]);
  }
  return [...keeps].sort((a, b) => a - b).map((i) => points[i]);
}
