import { firstDayOf } from "../../table/calendar.js";
import type { ArgumentCheck } from "../argument-check.js";
import { positionOf } from "../life/subscriber-profile.js";
import type { OperatorPlan } from "../plan.js";

/** The rows whose probabilities are needed: row *i* is a subscriber at a cutoff. */
export interface ChurnQuestions {
  /** Ids as in the table `subscribers`. */
  readonly subscriberIds: readonly (string | null)[];
  /** Days since 1970-01-01, each in a recorded month or the day after the last. */
  readonly cutoffs: ArrayLike<number>;
}

/** The rows (from 0) of each subscriber and their cutoffs, by position of the subscriber. */
export type RowsOfSubscriber = ReadonlyMap<
  number,
  readonly { readonly row: number; readonly cutoff: number }[]
>;

/** Groups the rows by subscriber; ids and cutoffs that the operator does not have become problems. */
export function rowsBySubscriber(
  plan: OperatorPlan,
  { subscriberIds, cutoffs }: ChurnQuestions,
  check: ArgumentCheck,
): RowsOfSubscriber {
  const rowsOf = new Map<number, { row: number; cutoff: number }[]>();
  if (!checkForm(subscriberIds, cutoffs, check)) return rowsOf;
  if (cutoffs.length !== subscriberIds.length) {
    const expected = `must be ${subscriberIds.length}, one per subscriber id`;
    check.add("questions.cutoffs", expected, cutoffs.length);
    return rowsOf;
  }
  const firstDay = firstDayOf(plan.firstMonth);
  const lastDay = firstDayOf(plan.endMonth);
  subscriberIds.forEach((id, row) => {
    const position = positionOf(id);
    const cutoff = cutoffs[row];
    if (position === undefined || position >= plan.subscribers) {
      check.add("questions.subscriberIds", "must be a subscriber of the operator", id, { row: row + 1 });
    } else if (!(Number.isInteger(cutoff) && cutoff >= firstDay && cutoff <= lastDay)) {
      const expected = "must be a day of a recorded month or the day after the last";
      check.add("questions.cutoffs", expected, cutoffs[row], { row: row + 1 });
    } else {
      const rows = rowsOf.get(position);
      if (rows === undefined) rowsOf.set(position, [{ row, cutoff }]);
      else rows.push({ row, cutoff });
    }
  });
  return rowsOf;
}

/** Whether the rows as a whole are lists; what is wrong is said once, and not of every row. */
function checkForm(subscriberIds: unknown, cutoffs: unknown, check: ArgumentCheck): boolean {
  if (!Array.isArray(subscriberIds)) {
    const hint = isColumn(subscriberIds) ? "pass the values of the column subscriber_id" : undefined;
    check.add("questions.subscriberIds", "must be a list of ids", shown(subscriberIds), { hint });
    return false;
  }
  const isList = Array.isArray(cutoffs) || ArrayBuffer.isView(cutoffs);
  const first = isList ? (cutoffs as unknown as ArrayLike<unknown>)[0] : undefined;
  if (isList && (first === undefined || typeof first === "number")) return true;
  const expected = "must be days since 1970-01-01, one number per subscriber id";
  const hint = "pass the values of the column cutoff of snapshots";
  check.add("questions.cutoffs", expected, shown(cutoffs), { hint });
  return false;
}

function shown(value: unknown): unknown {
  return isColumn(value) ? "a column" : value;
}

function isColumn(value: unknown): boolean {
  return typeof value === "object" && value !== null && "values" in value;
}
