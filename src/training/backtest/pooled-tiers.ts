import { wilsonInterval } from "../../math/wilson-interval.js";
import type { ObservedRate } from "../../tiers/cell-sums.js";
import { isWithin, tierSummaries } from "../../tiers/tier-table.js";
import type { PooledTier } from "./result.js";

/** Scored rows of several models, one entry each per row. */
export interface ScoredRows {
  readonly probabilities: Float64Array;
  readonly labels: Uint8Array;
  /** The name of the tier that the row's model put it in. */
  readonly tiers: readonly string[];
  readonly values: Float64Array | undefined;
  /** Rows of one number are of one subscriber or group. Undefined where every row is by itself. */
  readonly groups: Int32Array | undefined;
}

/** The tiers of several models by name. @param names the highest tier first. */
export function pooledTiers(names: readonly string[], rows: ScoredRows): PooledTier[] {
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = (row: number) => places.get(rows.tiers[row]) as number;
  const tiers = names.map((name) => ({ name, from: 0 }));
  return tierSummaries(tiers, rows, placeOf).map(({ from: _, ...summary }, place) => {
    const observedRate = summary.observedRate && clusteredRate(rows, (row) => placeOf(row) === place);
    return { ...summary, observedRate, isCalibrated: isWithin(summary.meanProbability, observedRate) };
  });
}

/**
 * The share of label 1 with its 95% interval: Wilson's for as many independent rows as have the variance of the share with
 * clusters (Liang & Zeger 1986), and never for more than there are rows.
 */
function clusteredRate({ labels, groups }: ScoredRows, isCounted: (row: number) => boolean): ObservedRate {
  const rows = Int32Array.from(labels.keys()).filter(isCounted);
  const clusterOf = (row: number) => groups?.[row] ?? row;
  const churners = rows.reduce((sum, row) => sum + labels[row], 0);
  const value = churners / rows.length;
  const residuals = new Map<number, number>();
  for (const row of rows) {
    residuals.set(clusterOf(row), (residuals.get(clusterOf(row)) ?? 0) + labels[row] - value);
  }
  let squares = 0;
  for (const residual of residuals.values()) squares += residual ** 2;
  // Where all rows have one label, they say no more than their clusters do.
  const worth =
    value === 0 || value === 1 ? residuals.size : (rows.length ** 2 * value * (1 - value)) / squares;
  return { value, ...wilsonInterval(value, Math.min(worth, rows.length), 0.95) };
}
