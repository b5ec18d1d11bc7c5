import { normalCdf } from "../../../math/normal-cdf.js";
import { midTails } from "./binomial-z.js";

/** Between which rates cells of a base are expected: within 2, and within 3 standard deviations. */
export interface FunnelLimit {
  readonly base: number;
  readonly low2: number;
  readonly high2: number;
  readonly low3: number;
  readonly high3: number;
}

/** So many points of the funnel, or one per base where there are fewer. */
const POINTS = 100;

/**
 * The limits of a funnel by base: the rates at which z of `unusualCells` is ±2 and ±3, interpolated between whole counts
 * (Spiegelhalter 2005, appendix A.1.1). Bases rise by about the same factor, as on a logarithmic axis.
 * @param scale by which z is divided for overdispersion.
 */
export function funnelLimits(rate: number, largestBase: number, scale: number): readonly FunnelLimit[] {
  const bases = new Set<number>();
  for (let point = 0; point < POINTS; point++) bases.add(Math.round(largestBase ** (point / (POINTS - 1))));
  return [...bases].map((base) => {
    const limit = (sigma: number) => rateAt(sigma * scale, base, rate);
    return { base, low2: limit(-2), high2: limit(2), low3: limit(-3), high3: limit(3) };
  });
}

/** The rate in [0, 1] at which the mid-p value of so many trials is that of a z. */
function rateAt(z: number, base: number, rate: number): number {
  const tail = normalCdf(-Math.abs(z));
  // By how much the tail of so many hits is above that of z; for high limits it falls with the hits, for low ones it rises.
  const excess = (hits: number) => midTails(hits, base, rate)[z < 0 ? 0 : 1] - tail;
  const isInside = (hits: number) => excess(hits) >= 0;
  const [inner, outer] = z < 0 ? [base, 0] : [0, base];
  if (isInside(outer)) return outer / base;
  let [inside, outside] = [inner, outer];
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (isInside(middle)) inside = middle;
    else outside = middle;
  }
  const share = excess(inside) / (excess(inside) - excess(outside));
  return (inside + share * (outside - inside)) / base;
}
