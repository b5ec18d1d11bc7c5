import { rowLosses } from "../../calibration/choose.js";
import type { CandidateRows } from "./candidates.js";

/** One-sided, at 5%: in one of twenty trainings on chance, something else than the churn rate is kept. */
const LEAST_Z = 1.645;

/**
 * Whether probabilities have a lower log loss than the churn rate by more than chance: a paired z-test on the
 * differences row by row, summed within groups, as rows of one subscriber are not independent.
 * @param weights of the rows to test on; 0 for others.
 * @param groups a number per row; undefined: every row is a group.
 */
export function beatsConstant(
  probabilities: Float64Array,
  constant: Float64Array,
  { labels }: Pick<CandidateRows, "labels">,
  weights: Float64Array,
  groups: Int32Array | undefined,
): boolean {
  const losses = rowLosses(probabilities, labels);
  const ofConstant = rowLosses(constant, labels);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const gains = losses.map((loss, row) => (weights[row] / total) * (ofConstant[row] - loss));
  const gain = gains.reduce((sum, each) => sum + each, 0);
  const deviations = new Map<number, number>();
  gains.forEach((each, row) => {
    const group = groups?.[row] ?? row;
    const deviation = each - (weights[row] / total) * gain;
    deviations.set(group, (deviations.get(group) ?? 0) + deviation);
  });
  let variance = 0;
  for (const deviation of deviations.values()) variance += deviation ** 2;
  return gain > LEAST_Z * Math.sqrt(variance);
}
