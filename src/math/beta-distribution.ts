import type { Problems } from "../errors.js";
import { argumentProblem } from "../errors.js";
import { betaPower, incompleteBeta } from "./incomplete-beta.js";

/** A Beta distribution on [0, 1], of mean alpha / (alpha + beta). */
export interface BetaParameters {
  readonly alpha: number;
  readonly beta: number;
}

/** The mean of the part of a Beta variable that lies above `limit` in [0, 1]: E[max(variable − limit, 0)]. */
export function expectedExcess({ alpha, beta }: BetaParameters, limit: number): number {
  const mean = alpha / (alpha + beta);
  if (limit <= 0) return mean - limit;
  if (limit >= 1) return 0;
  // E[x; x > limit] by the recurrence DLMF 8.17.20. Far above the mean the two terms almost cancel.
  const chanceAbove = incompleteBeta(beta, alpha, 1 - limit);
  return Math.max((mean - limit) * chanceAbove + betaPower(alpha, beta, limit) / (alpha + beta), 0);
}

/** Adds what is wrong with the parameters of a Beta distribution. */
export function addBetaProblems(
  problems: Problems,
  functionName: string,
  { alpha, beta }: BetaParameters,
  argument = "",
): void {
  for (const [parameter, value] of Object.entries({ alpha, beta })) {
    if (typeof value === "number" && value >= LEAST && value <= MOST) continue;
    const expected = `must be from ${LEAST} to ${MOST}`;
    problems.add(argumentProblem(functionName, argument + parameter, expected, value));
  }
}

/** The incomplete beta function is tested to be exact between these. */
const LEAST = 0.01;
const MOST = 10_000;
