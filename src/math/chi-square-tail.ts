import { normalCdf } from "./normal-cdf.js";

/**
 * P(X > x) of a chi-square variable with a whole number of degrees of freedom, as a finite sum (Abramowitz and Stegun 1964,
 * 26.4.4 for odd and 26.4.5 for even degrees). All terms are positive, so that no digits are lost in the tail.
 * Own code: simple-statistics has a table of critical values.
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (!(x > 0)) return 1;
  const isOdd = degrees % 2 === 1;
  // The terms rise to the largest before they fall: added as logarithms, none of them overflows.
  let logTerm = isOdd ? Math.log(2 * x) / 2 - x / 2 - Math.log(Math.PI) / 2 : -x / 2;
  let sum = isOdd ? 2 * normalCdf(-Math.sqrt(x)) : Math.exp(logTerm);
  for (let at = isOdd ? 3 : 2; at <= degrees; at += 2) {
    if (isOdd) sum += Math.exp(logTerm);
    logTerm += Math.log(x / at);
    if (!isOdd && at < degrees) sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
