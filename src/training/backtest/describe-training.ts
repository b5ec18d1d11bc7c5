import type { ChurnModel } from "../../predict/churn-model.js";
import { formatDate } from "../../table/dates.js";
import type { PlannedTraining } from "./plan.js";
import type { BacktestTraining } from "./result.js";

/** What a training found. @param before the training before it, against which its limits are compared. */
export function describeTraining(
  { training, tiers }: ChurnModel,
  { at, known }: PlannedTraining,
  before: BacktestTraining | undefined,
): BacktestTraining {
  const { rows, positives, churnRate, leaderboard, evaluation, dataFingerprint } = training;
  return {
    at: formatDate(at),
    firstCutoff: formatDate(known[0]),
    lastCutoff: formatDate(known[known.length - 1]),
    cutoffs: known.length,
    rows,
    churners: positives,
    churnRate,
    classifier: leaderboard[0].name,
    reported: evaluation.metrics,
    tiers: tiers.map(({ name, from, by }) => {
      const earlier = before?.tiers.find((tier) => tier.name === name);
      const change = earlier === undefined ? null : from - earlier.from;
      return { name, from, ...(by === undefined ? {} : { by }), change };
    }),
    dataFingerprint,
  };
}
