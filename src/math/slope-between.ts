/** Points closer to each other than this have the slope of the function there. */
const CLOSE = 1e-9;

/**
 * The slope of a function between a point and another one `step` further. Times parts of the step it is what each part adds to the
 * function on the straight way (Aumann & Shapley 1974).
 */
export function slopeBetween(of: (at: number) => number, at: number, step: number): number {
  if (Math.abs(step) > CLOSE) return (of(at + step) - of(at)) / step;
  return (of(at + CLOSE) - of(at - CLOSE)) / (2 * CLOSE);
}
