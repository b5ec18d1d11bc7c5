import type { Problem, Problems } from "../errors.js";
import { firstDayOf } from "../table/calendar.js";
import { positionOf } from "./life/subscriber-profile.js";
import type { OperatorPlan } from "./plan.js";

/** The rows whose probabilities are needed: row *i* is a subscriber at a cutoff. */
export interface ChurnQuestions {
  /** Ids as in the table `subscribers`. */
  readonly subscriberIds: readonly (string | null)[];
  /** Days since 1970-01-01, each the first of a month. */
  readonly cutoffs: ArrayLike<number>;
}

/** The rows (from 0) of each subscriber and their cutoff months, by position of the subscriber. */
export type RowsOfSubscriber = ReadonlyMap<
  number,
  readonly { readonly row: number; readonly cutoff: number }[]
>;

/** Groups the rows by subscriber; ids and cutoffs that the operator does not have become problems. */
export function rowsBySubscriber(
  plan: OperatorPlan,
  { subscriberIds, cutoffs }: ChurnQuestions,
  problems: Problems,
): RowsOfSubscriber {
  const rowsOf = new Map<number, { row: number; cutoff: number }[]>();
  const wrong = formProblem(subscriberIds, cutoffs);
  if (wrong !== undefined) {
    problems.add(wrong);
    return rowsOf;
  }
  if (cutoffs.length !== subscriberIds.length) {
    const expected = `must be ${subscriberIds.length}, one per subscriber id`;
    problems.add(questionProblem("questions.cutoffs", expected, cutoffs.length));
    return rowsOf;
  }
  const monthOfFirstDay = new Map<number, number>();
  for (let month = plan.firstMonth; month <= plan.endMonth; month++) {
    monthOfFirstDay.set(firstDayOf(month), month);
  }
  subscriberIds.forEach((id, row) => {
    const position = positionOf(id);
    const cutoff = monthOfFirstDay.get(cutoffs[row]);
    if (position === undefined || position >= plan.subscribers) {
      problems.add(
        questionProblem("questions.subscriberIds", "must be a subscriber of the operator", id, row + 1),
      );
    } else if (cutoff === undefined) {
      const expected = "must be the first day of a recorded month or the day after the last";
      problems.add(questionProblem("questions.cutoffs", expected, cutoffs[row], row + 1));
    } else {
      const rows = rowsOf.get(position);
      if (rows === undefined) rowsOf.set(position, [{ row, cutoff }]);
      else rows.push({ row, cutoff });
    }
  });
  return rowsOf;
}

/** What is wrong with the rows as a whole; said once, and not of every row. */
function formProblem(subscriberIds: unknown, cutoffs: unknown): Problem | undefined {
  if (!Array.isArray(subscriberIds)) {
    const problem = questionProblem("questions.subscriberIds", "must be a list of ids", subscriberIds);
    const hint = "pass the values of the column subscriber_id";
    return isColumn(subscriberIds) ? { ...problem, received: "a column", hint } : problem;
  }
  const isList = Array.isArray(cutoffs) || ArrayBuffer.isView(cutoffs);
  const first = isList ? (cutoffs as unknown as ArrayLike<unknown>)[0] : undefined;
  if (isList && (first === undefined || typeof first === "number")) return undefined;
  const expected = "must be days since 1970-01-01, one number per subscriber id";
  const problem = questionProblem("questions.cutoffs", expected, isColumn(cutoffs) ? "a column" : cutoffs);
  return { ...problem, hint: "pass the values of the column cutoff of snapshots" };
}

function isColumn(value: unknown): boolean {
  return typeof value === "object" && value !== null && "values" in value;
}

export function checkWholeOption(
  argument: string,
  value: number,
  minimum: number,
  maximum: number,
  problems: Problems,
): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  problems.add(questionProblem(argument, `must be a whole number from ${minimum} to ${maximum}`, value));
}

/** @param row the row with the problem, from 1, if it is one of a row. */
export function questionProblem(
  argument: string,
  expected: string,
  received: unknown,
  row?: number,
): Problem {
  const path = { function: "trueChurnProbabilities", argument, ...(row === undefined ? {} : { row }) };
  return { code: "argument.invalid", path, expected, received };
}
