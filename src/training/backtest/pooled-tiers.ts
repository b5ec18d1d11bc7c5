import { wilsonInterval } from "../../math/wilson-interval.js";
import type { ObservedRate } from "../../tiers/summary/cell-sums.js";
import { isWithin, tierSummaries } from "../../tiers/summary/tier-table.js";
import type { PooledTier } from "./result.js";

/** Scored rows of several models, one entry each per row. */
export interface ScoredRows {
  readonly probabilities: Float64Array;
  readonly labels: Uint8Array;
  /** The name of the tier that the row's model put it in. */
  readonly tiers: readonly string[];
  readonly values: Float64Array | undefined;
  readonly weights: Float64Array | undefined;
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
 * The share of label 1 with its 95% interval: Wilson's for the number of independent rows whose share has the variance of this
 * one with clusters (Liang & Zeger 1986), and never for more than without them.
 */
function clusteredRate(scored: ScoredRows, isCounted: (row: number) => boolean): ObservedRate {
  const { labels, weights, groups } = scored;
  const rows = Int32Array.from(labels.keys()).filter(isCounted);
  const weightOf = (row: number) => weights?.[row] ?? 1;
  const sum = (of: (row: number) => number) => rows.reduce((total, row) => total + of(row), 0);
  const mass = sum(weightOf);
  const value = Math.min(sum((row) => weightOf(row) * labels[row]) / mass, 1);
  const isOneLabel = value === 0 || value === 1;
  /** How many rows of equal weight the clusters are worth; where all have one label, Kish's number (1965). */
  const worthOf = (clusterOf: (row: number) => number) => {
    const sums = new Map<number, number>();
    for (const row of rows) {
      const part = weightOf(row) * (isOneLabel ? 1 : labels[row] - value);
      sums.set(clusterOf(row), (sums.get(clusterOf(row)) ?? 0) + part);
    }
    let squares = 0;
    for (const each of sums.values()) squares += each ** 2;
    return ((isOneLabel ? 1 : value * (1 - value)) * mass ** 2) / squares;
  };
  const worth = Math.min(
    worthOf((row) => groups?.[row] ?? row),
    worthOf((row) => row),
  );
  return { value, ...wilsonInterval(value, worth, 0.95) };
}
