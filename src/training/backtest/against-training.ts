import type { MetricInterval } from "../../metrics/bootstrap/bootstrap-options.js";
import type { EvaluationMetrics } from "../../metrics/evaluation/evaluate-scores.js";
import type { MetricDefinition } from "../../metrics/metric.js";
import { METRICS } from "../../metrics/metrics.js";
import type { MetricAgainstTraining } from "./result.js";

/**
 * Metrics beside what training had reported of them. The interval of the difference joins those of both (MOVER; Zou & Donner
 * 2008), as if they had no rows in common.
 * @param own the caller's metrics.
 */
export function againstTraining(
  observed: EvaluationMetrics,
  reported: Readonly<Record<string, MetricInterval | null>>,
  own: readonly MetricDefinition[] = [],
): Record<string, MetricAgainstTraining> {
  const definitions: readonly MetricDefinition[] = [...METRICS, ...own];
  const entries = definitions.flatMap(({ name, better }): [string, MetricAgainstTraining][] => {
    const [happened, said] = [observed[name] ?? null, reported[name] ?? null];
    if (happened === null || said === null || better === null) return [];
    const difference = differenceOf(happened, said);
    return [[name, { reported: said, difference, verdict: verdictOf(difference, better, happened, said) }]];
  });
  return Object.fromEntries(entries);
}

/** The mean of what several trainings reported, by weights; intervals too, as trainings have most of their rows in common.
 * Own code: null where one of them did not report it.
 */
export function meanReported(
  reported: readonly EvaluationMetrics[],
  weights: readonly number[],
): Record<string, MetricInterval | null> {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const names = new Set(reported.flatMap((metrics) => Object.keys(metrics)));
  const meanOf = (name: string): MetricInterval | null => {
    const mean = { value: 0, low: 0, high: 0 };
    for (const [i, metrics] of reported.entries()) {
      const metric = metrics[name] ?? null;
      if (metric === null) return null;
      for (const part of ["value", "low", "high"] as const) mean[part] += (weights[i] * metric[part]) / total;
    }
    return mean;
  };
  return Object.fromEntries(Array.from(names, (name) => [name, meanOf(name)]));
}

function differenceOf(a: MetricInterval, b: MetricInterval): MetricInterval {
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}

function verdictOf(
  { low, high, value }: MetricInterval,
  better: Exclude<MetricDefinition["better"], null>,
  happened: MetricInterval,
  said: MetricInterval,
): MetricAgainstTraining["verdict"] {
  if (low <= 0 && high >= 0) return "within";
  const isBetter =
    typeof better === "number"
      ? Math.abs(happened.value - better) < Math.abs(said.value - better)
      : value > 0 === (better === "higher");
  return isBetter ? "better" : "worse";
}
