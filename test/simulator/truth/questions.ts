import type { OperatorTables } from "../../../src/simulator/output/fact-log.js";
import type { ChurnQuestions } from "../../../src/simulator/truth/churn-questions.js";
import { addMonths } from "../../../src/table/calendar.js";
import { rowsIn } from "../columns.js";

/** Rows to ask for, and what happened to them. */
export interface AskedRows extends ChurnQuestions {
  readonly subscriberIds: readonly string[];
  readonly cutoffs: readonly number[];
  /** The day without service of each row; NaN for those who stayed. */
  readonly endedOn: readonly number[];
  /** What may make rows leave together: the group, or else the subscriber. */
  readonly groups: readonly string[];
}

/** All who are active at a day. */
export function activeAt(tables: OperatorTables, day: number): AskedRows {
  const groupOf = new Map(rowsIn(tables.memberships).map((row) => [row.id, row.text("group_id")]));
  const rows = rowsIn(tables.subscribers).filter(
    (row) => row.number("activated_on") < day && !(row.number("ended_on") < day),
  );
  return {
    subscriberIds: rows.map(({ id }) => id),
    cutoffs: rows.map(() => day),
    endedOn: rows.map((row) => row.number("ended_on")),
    groups: rows.map(({ id }) => groupOf.get(id) ?? id),
  };
}

/** Some of the rows, in another order. */
export function someOf(asked: AskedRows, rows: readonly number[]): AskedRows {
  return {
    subscriberIds: rows.map((row) => asked.subscriberIds[row]),
    cutoffs: rows.map((row) => asked.cutoffs[row]),
    endedOn: rows.map((row) => asked.endedOn[row]),
    groups: rows.map((row) => asked.groups[row]),
  };
}

/** Whether service ended on one of the days of [from months after the cutoff, to months after it). */
export function endedWithin({ cutoffs, endedOn }: AskedRows, row: number, from: number, to: number): boolean {
  const ended = endedOn[row];
  return ended >= addMonths(cutoffs[row], from) && ended < addMonths(cutoffs[row], to);
}

/**
 * The number of rows that left less the sum of their probabilities, in standard deviations: as if the rows of a group
 * always left together, which is the most that a sum can vary.
 */
export function deviationOf(
  { groups }: AskedRows,
  probabilities: ArrayLike<number>,
  left: (row: number) => boolean,
  isCounted: (row: number) => boolean = () => true,
): number {
  const deviations = new Map<string, number>();
  let difference = 0;
  groups.forEach((group, row) => {
    if (!isCounted(row)) return;
    const probability = probabilities[row];
    difference += (left(row) ? 1 : 0) - probability;
    deviations.set(group, (deviations.get(group) ?? 0) + Math.sqrt(probability * (1 - probability)));
  });
  let variance = 0;
  for (const deviation of deviations.values()) variance += deviation ** 2;
  return difference / Math.sqrt(variance);
}
