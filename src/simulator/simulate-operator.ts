import { operatorBlocks } from "./operator-blocks.js";
import type { OperatorTables } from "./output/fact-log.js";
import { type OperatorOptions, operatorPlan } from "./plan.js";

/** See `simulateOperator` of the simulator. More subscribers do not change the history of the others. */
export function simulateOperator(options: OperatorOptions = {}): OperatorTables {
  const plan = operatorPlan(options, "simulateOperator");
  const [block] = operatorBlocks(plan, plan.subscribers);
  return block.tables;
}
