import type { BuiltInMetric, MetricDefinition } from "../../metrics/metric.js";
import { LEADERBOARD_METRICS } from "../../metrics/metrics.js";
import type { MetricOptions } from "../../metrics/sample/input.js";
import type { LeaderboardEntry } from "../../model-file/churn/content.js";
import type { Candidate, CandidateRows } from "../candidates/candidates.js";

/**
 * The candidates as measured on out-of-fold probabilities; the first is the chosen one.
 * @param own metrics of the caller.
 */
export function leaderboardOf(
  candidates: readonly Candidate[],
  { labels, weights }: CandidateRows,
  own: readonly MetricDefinition[],
): LeaderboardEntry[] {
  const options = { weights };
  return candidates.map(({ name, summary, kilobytes, ranking, calibration: { probabilities } }, place) => {
    const columns = LEADERBOARD_METRICS.flatMap((metric) =>
      columnsOf(metric, labels, metric.needs === "scores" ? ranking : probabilities, options),
    );
    const ofOwn = own.map((metric) => [metric.name, finite(metric.value(labels, probabilities, options))]);
    return {
      name,
      summary,
      ...Object.fromEntries(columns),
      kilobytes: Math.ceil(kilobytes),
      ...(own.length === 0 ? {} : { metrics: Object.fromEntries(ofOwn) }),
      chosen: place === 0,
    } as LeaderboardEntry;
  });
}

/** The value of a metric, and its interval where the leaderboard shows one. */
function columnsOf(
  { name, value, leaderboard }: BuiltInMetric,
  labels: Uint8Array,
  scores: Float64Array,
  options: MetricOptions,
): (readonly [string, unknown])[] {
  const column = [name, value(labels, scores, options)] as const;
  if (leaderboard?.interval === undefined) return [column];
  const { low, high } = leaderboard.interval(labels, scores, options);
  return [column, [`${name}Interval`, [low, high]]];
}

/** JSON has no NaN. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
