import type { BetaParameters } from "../../../math/beta-distribution.js";
import { betaPower, incompleteBeta } from "../../../math/incomplete-beta.js";
import { normalQuantile } from "../../../math/normal-quantile.js";

const STEP_LIMIT = 100;
/** exp(−745) is the smallest double. */
const LEAST_LOGIT = -745;

/**
 * The quantile of a Beta distribution at `probability` in (0, 1), to about 1e-12 relative.
 *
 * Newton's method for ln F(x) as a function of t = logit x: its slope is x^α (1 − x)^β / B(α, β) / F, and as the density of t is
 * log-concave, ln F is concave, so that after the first step all others rise to the solution, from wherever it starts.
 */
export function betaQuantile(probability: number, { alpha, beta }: BetaParameters): number {
  const mean = alpha / (alpha + beta);
  if (probability > incompleteBeta(alpha, beta, mean)) {
    return 1 - lowerQuantile(1 - probability, beta, alpha);
  }
  return lowerQuantile(probability, alpha, beta);
}

/** At a probability that is not above that of the mean. */
function lowerQuantile(probability: number, alpha: number, beta: number): number {
  const least = Math.min(alpha, beta);
  // Of large parameters the logit is about normal.
  const shift = least < 2 ? 0 : normalQuantile(probability) * Math.sqrt(1 / alpha + 1 / beta);
  let logit = Math.log(alpha / beta) + Math.min(shift, 0);
  for (let step = 0; step < STEP_LIMIT; step++) {
    const x = 1 / (1 + Math.exp(-logit));
    const below = incompleteBeta(alpha, beta, x);
    const change = (Math.log(probability / below) * below) / betaPower(alpha, beta, x);
    // Far below the solution both are too small to divide.
    if (!Number.isFinite(change)) return x;
    logit += change;
    if (logit < LEAST_LOGIT) return 0;
    if (Math.abs(change) < 1e-13) break;
  }
  return 1 / (1 + Math.exp(-logit));
}
