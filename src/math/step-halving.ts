/** Slack for rounding: near the best fit the loss is flat. */
const SLACK = 1e-12;

/**
 * Newton's method may step too far: halves the step until the loss is no higher than before.
 * @param lossBefore the loss where the step starts, not negative.
 * @param halvings after this many halvings the step is taken as it is.
 * @param at the point that a share of the step leads to, with its loss.
 */
export function halvedUntilNoHigher<Point extends { readonly loss: number }>(
  lossBefore: number,
  halvings: number,
  at: (share: number) => Point,
): Point {
  let share = 1;
  let next = at(share);
  for (let halving = 0; halving < halvings && !(next.loss <= lossBefore * (1 + SLACK)); halving++) {
    share /= 2;
    next = at(share);
  }
  return next;
}
