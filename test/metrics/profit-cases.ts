import { readFileSync } from "node:fs";
import type { MaximumProfit } from "../../src/metrics/decision/profit.js";

/*
 * profit-cases.json holds, for the samples of sklearn-cases.json, the results of numerical integration: with numpy,
 * for each cost (or acceptance) the best of all thresholds is searched for without a hull, its changes are bisected, and
 * scipy.integrate.quad (1.17.1, epsrel=1e-13) integrates over the Beta density from change to change. Where weights are
 * whole numbers, other implementations gave the same to 2e-14 when the file was made:
 *   hMeasure  h_score(y, p) and h_score(y, p, severity_ratio=1) of the Python package hmeasure 0.1.6
 *   empc      empc_score(y, p, …), empc_score.optimal_rate(y, p, …) of empulse 0.13.1
 *   mpc       mpc_score(y, p, …), mpc_score.optimal_rate(y, p, …) of empulse 0.13.1
 */
interface Sample {
  readonly name: string;
  readonly labels: number[];
  readonly probabilities: number[];
  readonly weights: number[] | null;
}

interface Expected {
  readonly name: string;
  /** With the default severity, Beta(2, 2) and Beta(3, 1.5). */
  readonly hMeasure: Record<"default" | "even" | "severe", number>;
  readonly campaigns: readonly (Record<
    "lifetimeValue" | "offerCost" | "contactCost" | "alpha" | "beta" | "acceptance",
    number
  > &
    Record<"empc" | "mpc", MaximumProfit>)[];
}

export const profitCases = casesOf<Expected>("profit-cases.json").map((expected, i) => {
  const { labels, probabilities, weights } = casesOf<Sample>("sklearn-cases.json")[i];
  return { ...expected, labels, scores: probabilities, options: weights === null ? {} : { weights } };
});

function casesOf<Case>(file: string): Case[] {
  return (JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as { cases: Case[] }).cases;
}
