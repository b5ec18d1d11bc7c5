import { operatorBlocks } from "./operator-blocks.js";
import type { OperatorTables } from "./output/fact-log.js";
import { type OperatorOptions, operatorPlan } from "./plan.js";

/**
 * Simulates a telecom operator month by month with a known hazard of leaving, and returns its history as the tables
 * `subscribers`, `tariffs`, `usage`, `billing`, `payments`, `memberships`, `services` and `events`, together with the
 * `truth`, which an operator could not know: the `hazards`, one row per subscriber and month, and the `offers` of the
 * randomised retention campaign with their effects. More subscribers do not change the history of the others.
 * @example const { usage, truth } = simulateOperator({ subscribers: 2000, months: 18, seed: 1 });
 * @throws HoldfastError with all options that are out of range.
 */
export function simulateOperator(options: OperatorOptions = {}): OperatorTables {
  const plan = operatorPlan(options, "simulateOperator");
  const [block] = operatorBlocks(plan, plan.subscribers);
  return block.tables;
}
