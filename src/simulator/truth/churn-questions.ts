import type { Problem, Problems } from "../../errors.js";
import { firstDayOf } from "../../table/calendar.js";
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
  functionName: string,
  problems: Problems,
): RowsOfSubscriber {
  const questionProblem = problemsOf(functionName);
  const rowsOf = new Map<number, { row: number; cutoff: number }[]>();
  const wrong = formProblem(subscriberIds, cutoffs, questionProblem);
  if (wrong !== undefined) {
    problems.add(wrong);
    return rowsOf;
  }
  if (cutoffs.length !== subscriberIds.length) {
    const expected = `must be ${subscriberIds.length}, one per subscriber id`;
    problems.add(questionProblem("questions.cutoffs", expected, cutoffs.length));
    return rowsOf;
  }
  const firstDay = firstDayOf(plan.firstMonth);
  const lastDay = firstDayOf(plan.endMonth);
  subscriberIds.forEach((id, row) => {
    const position = positionOf(id);
    const cutoff = cutoffs[row];
    if (position === undefined || position >= plan.subscribers) {
      problems.add(
        questionProblem("questions.subscriberIds", "must be a subscriber of the operator", id, row + 1),
      );
    } else if (!(Number.isInteger(cutoff) && cutoff >= firstDay && cutoff <= lastDay)) {
      const expected = "must be a day of a recorded month or the day after the last";
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
function formProblem(
  subscriberIds: unknown,
  cutoffs: unknown,
  questionProblem: QuestionProblem,
): Problem | undefined {
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

/** @param row the row with the problem, from 1, if it is one of a row. */
export type QuestionProblem = (
  argument: string,
  expected: string,
  received: unknown,
  row?: number,
) => Problem;

/** Problems of the questions, or of the options, of a function. */
export function problemsOf(functionName: string): QuestionProblem {
  return (argument, expected, received, row) => {
    const path = { function: functionName, argument, ...(row === undefined ? {} : { row }) };
    return { code: "argument.invalid", path, expected, received };
  };
}
