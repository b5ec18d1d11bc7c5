import { wilsonInterval } from "../metrics/wilson-interval.js";
import { type RiskTiers, tierOf } from "./tiers.js";

/** What is known of one tier on some labelled rows. */
export interface TierSummary {
  readonly tier: string;
  /** Lowest probability in the tier, by its definition. */
  readonly from: number;
  readonly rows: number;
  readonly share: number;
  /** Mean predicted probability; null when the tier is empty. */
  readonly meanProbability: number | null;
  /** Share that churned, with its 95% Wilson interval; null when the tier is empty. */
  readonly observedRate: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Observed rate over the rate of all rows; null when the tier is empty. */
  readonly lift: number | null;
  /** Share of all churners who are in this tier. */
  readonly captured: number;
}

/** One summary per tier, the highest first. `labels`: 1 = churned. */
export function tierTable(tiers: RiskTiers, probabilities: Float64Array, labels: Uint8Array): TierSummary[] {
  const position = new Map(tiers.map((tier, index) => [tier, index]));
  const sums = tiers.map(() => ({ rows: 0, churned: 0, probability: 0 }));
  let allChurned = 0;
  for (let row = 0; row < probabilities.length; row++) {
    const sum = sums[position.get(tierOf(tiers, probabilities[row])) as number];
    sum.rows++;
    sum.churned += labels[row];
    sum.probability += probabilities[row];
    allChurned += labels[row];
  }
  const allRows = probabilities.length;
  return tiers.map((tier, index) => {
    const { rows, churned, probability } = sums[index];
    const rate = churned / rows;
    const isEmpty = rows === 0;
    return {
      tier: tier.name,
      from: tier.from,
      rows,
      share: rows / allRows,
      meanProbability: isEmpty ? null : probability / rows,
      observedRate: isEmpty ? null : { value: rate, ...wilsonInterval(rate, rows, 0.95) },
      lift: isEmpty || allChurned === 0 ? null : rate / (allChurned / allRows),
      captured: allChurned === 0 ? 0 : churned / allChurned,
    };
  });
}
