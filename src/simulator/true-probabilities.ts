import { invalidArgument } from "../errors.js";
import { dateOfMonth } from "./calendar.js";
import { simulateOperator } from "./operator.js";
import type { SimulatedOperator } from "./simulated-operator.js";
import { type OperatorSnapshotOptions, type SnapshotRow, snapshotRows } from "./snapshot-rows.js";

export interface TrueProbabilityOptions extends OperatorSnapshotOptions {
  /** How many futures are simulated per cutoff, 1 to 10,000. Default 20; each costs one simulation. */
  readonly futures?: number | undefined;
}

/**
 * The true probability of `churned` for each row of `operatorSnapshots` with the same options, given all that the
 * simulation knows at the cutoff, hidden state included: the best that any model could say.
 *
 * Averages over simulated futures, and within each uses the hazards rather than the outcome (Rao and Blackwell), so
 * that twenty futures are enough. A subscriber's own departure is taken out of their path, but not the unrest it
 * stirs in their group; that effect on themselves is of second order.
 * @throws HoldfastError for options out of range, and for an operator that is itself another future.
 */
export function trueChurnProbabilities(
  operator: SimulatedOperator,
  options: TrueProbabilityOptions,
): Float64Array {
  const { futures = 20, gapMonths = 1, horizonMonths = 3 } = options;
  const { plan } = operator;
  if (!Number.isInteger(futures) || futures < 1 || futures > 10_000) {
    invalidArgument("trueChurnProbabilities", "futures", "must be a whole number from 1 to 10000", futures);
  }
  if (plan.future !== undefined) {
    invalidArgument(
      "trueChurnProbabilities",
      "operator",
      "must be simulated without another future",
      plan.future,
    );
  }
  const rows = snapshotRows(operator, options);
  const staying = new Float64Array(rows.length);
  const leaving = new Float64Array(rows.length);
  for (const cutoff of new Set(rows.map((row) => row.cutoff))) {
    for (let number = 1; number <= futures; number++) {
      const { truth, firstMonth, monthCount } = simulateOperator({
        subscribers: plan.subscribers,
        months: plan.months,
        start: dateOfMonth(plan.startMonth),
        seed: plan.seed,
        future: { from: dateOfMonth(cutoff), number },
      });
      rows.forEach((row: SnapshotRow, i) => {
        if (row.cutoff !== cutoff) return;
        const cell = row.subscriber * monthCount + cutoff - firstMonth;
        const untilWindow = survival(truth.hazard, cell, cell + gapMonths);
        const throughWindow = survival(truth.hazard, cell + gapMonths, cell + gapMonths + horizonMonths);
        staying[i] += untilWindow;
        leaving[i] += untilWindow * (1 - throughWindow);
      });
    }
  }
  return leaving.map((sum, i) => sum / staying[i]);
}

/** The probability of staying through the cells [from, to). */
function survival(hazard: Float64Array, from: number, to: number): number {
  let probability = 1;
  for (let cell = from; cell < to; cell++) probability *= 1 - hazard[cell];
  return probability;
}
