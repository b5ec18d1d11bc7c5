import type { OperatorTables } from "../../src/simulator/output/fact-log.js";
import { simulateOperator } from "../../src/simulator/simulate-operator.js";
import { monthOf } from "../../src/table/calendar.js";
import { bySubscriber, numbersOf, textsOf } from "./columns.js";

/** An operator that several test files use. */
export const operator = simulateOperator({ subscribers: 6000, seed: 11 });
export const { subscribers } = operator;
export const endedOn = bySubscriber(subscribers, "ended_on");
export const activatedOn = bySubscriber(subscribers, "activated_on");
/** The hazards of all months of service, and whether the subscriber left. */
export const hazards = hazardRows(operator);

export interface HazardRow {
  readonly id: string | null;
  readonly month: number;
  readonly monthOfLife: number;
  readonly hazard: number;
  readonly leaves: boolean;
}

function hazardRows({ truth }: OperatorTables): HazardRow[] {
  const months = numbersOf(truth.hazards, "month");
  const values = numbersOf(truth.hazards, "hazard");
  return textsOf(truth.hazards, "subscriber_id").map((id, row) => {
    const month = monthOf(months[row]);
    const ended = endedOn.get(id) ?? Number.NaN;
    return {
      id,
      month,
      monthOfLife: month - monthOf(activatedOn.get(id) ?? Number.NaN) + 1,
      hazard: values[row],
      leaves: !Number.isNaN(ended) && monthOf(ended) === month,
    };
  });
}
