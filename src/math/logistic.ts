/** 1 / (1 + exp(−x)): the probability of log-odds x. */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** ln(1 + exp(x)), exact for x of any size; the log loss of a margin −x of a churner, or x of another. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
