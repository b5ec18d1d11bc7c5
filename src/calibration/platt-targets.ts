import { sum, type Tally } from "../metrics/sample/tally.js";

/** The weight of each label at falling margins, not necessarily in whole rows. */
export type Targets = Pick<Tally, "scores" | "positives" | "negatives">;

/**
 * A tally with Platt's targets in the place of the labels: a churner counts as (n₊ + 1)/(n₊ + 2) of a churner and
 * any other row as 1/(n₋ + 2) (Platt 1999). Both labels then occur at every margin, so that a curve of any number of
 * parameters has a finite best fit.
 */
export function withPlattTargets({ scores, positives, negatives }: Targets): Targets {
  const churned = sum(positives);
  const ofChurner = (churned + 1) / (churned + 2);
  const ofOther = 1 / (sum(negatives) + 2);
  return {
    scores,
    positives: positives.map((weight, i) => weight * ofChurner + negatives[i] * ofOther),
    negatives: positives.map((weight, i) => weight * (1 - ofChurner) + negatives[i] * (1 - ofOther)),
  };
}

/** The log-odds of the churn rate. */
export function logOddsOfRate({ positives, negatives }: Pick<Targets, "positives" | "negatives">): number {
  return Math.log(sum(positives) / sum(negatives));
}
