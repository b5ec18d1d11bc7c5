/** Points of a cumulative sum diagram, the leftmost on top of the stack. */
interface Corners {
  readonly x: Float64Array;
  readonly y: Float64Array;
  size: number;
}

/** The pool of a margin: its churners and its mass, including the added churner. */
export interface PoolsWithChurner {
  readonly churned: Float64Array;
  readonly mass: Float64Array;
}

/**
 * For every margin in turn, the pool in which isotonic regression puts it when one more churner has that margin
 * (Vovk, Petej and Fedorova 2015, algorithms 1 and 2). `churned`, `others`: the weight of each label by rising margin.
 *
 * In the cumulative sum diagram, the regression at a margin is the slope of the greatest convex minorant there. An
 * additional churner at margin i moves all points to the right of it by (1, 1); here the points to its left move by
 * (−1, −1), which makes the step from one margin to the next the move of a single point. The stack holds the minorant
 * from the left end of the segment over the added churner, which never moves left.
 */
export function isotonicWithChurner(churned: Float64Array, others: Float64Array): PoolsWithChurner {
  const count = churned.length;
  const x = new Float64Array(count + 1);
  const y = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) {
    x[i + 1] = x[i] + churned[i] + others[i];
    y[i + 1] = y[i] + churned[i];
  }
  const corners = { x: new Float64Array(count + 2), y: new Float64Array(count + 2), size: 0 };
  for (let i = count; i >= 0; i--) pushCorner(corners, x[i], y[i]);
  pushCorner(corners, -1, -1);

  const pools = { churned: new Float64Array(count), mass: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const left = corners.size - 1;
    const mass = corners.x[left - 1] - corners.x[left];
    const churners = corners.y[left - 1] - corners.y[left];
    pools.mass[i] = mass;
    pools.churned[i] = churners;
    const movedX = x[i + 1] - 1;
    const movedY = y[i + 1] - 1;
    const isBelow = (movedY - corners.y[left]) * mass < churners * (movedX - corners.x[left]);
    if (!isBelow) continue;
    corners.size--;
    pushCorner(corners, movedX, movedY);
  }
  return pools;
}

/** Puts a point to the left of the others, after taking off those that would no longer be corners. */
function pushCorner(corners: Corners, x: number, y: number): void {
  while (corners.size > 1) {
    const top = corners.size - 1;
    const rise = corners.y[top] - y;
    const run = corners.x[top] - x;
    // A corner is where the slope rises.
    if (rise * (corners.x[top - 1] - x) < (corners.y[top - 1] - y) * run) break;
    corners.size--;
  }
  corners.x[corners.size] = x;
  corners.y[corners.size] = y;
  corners.size++;
}
