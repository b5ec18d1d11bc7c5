import { simulateOperator } from "../../src/simulator/simulate-operator.js";
import { monthOf } from "../../src/table/calendar.js";
import { bySubscriber, rowsIn } from "./columns.js";

/** An operator that several test files use. */
export const OPTIONS = { subscribers: 3000, months: 18, seed: 11 } as const;
export const operator = simulateOperator(OPTIONS);
/** August 2024. */
export const FIRST_MONTH = (2024 - 1970) * 12 + 7;
export const END_MONTH = FIRST_MONTH + OPTIONS.months;
export const { subscribers } = operator;
export const endedOn = bySubscriber(subscribers, "ended_on");
export const activatedOn = bySubscriber(subscribers, "activated_on");

export interface HazardRow {
  readonly id: string;
  readonly month: number;
  readonly monthOfLife: number;
  readonly hazard: number;
  readonly leaves: boolean;
}

/** The hazards of all months of service but that of activation, and whether the subscriber left. */
export const hazards: readonly HazardRow[] = rowsIn(operator.truth.causes).map((row) => {
  const { id } = row;
  const month = monthOf(row.number("month"));
  const ended = endedOn.get(id) ?? Number.NaN;
  return {
    id,
    month,
    monthOfLife: month - monthOf(activatedOn.get(id) ?? Number.NaN) + 1,
    hazard: row.number("hazard"),
    leaves: !Number.isNaN(ended) && monthOf(ended) === month,
  };
});
