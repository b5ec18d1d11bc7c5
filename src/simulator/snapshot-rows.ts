import { Problems } from "../errors.js";
import { dateOfMonth, monthOfDate } from "./calendar.js";
import type { SimulatedOperator } from "./simulated-operator.js";

/** Months before the cutoff that the columns of fixed length look back. */
const LONGEST_LOOK_BACK = 6;

export interface OperatorSnapshotOptions {
  /** First days of months, such as `2025-02-01`, each once. */
  readonly cutoffs: readonly string[];
  /** Months of usage before the cutoff, 1 to 24. Default 6. */
  readonly observationMonths?: number | undefined;
  /** Months between the cutoff and the first departure that counts, 0 to 12. Default 1. */
  readonly gapMonths?: number | undefined;
  /** Months in which a departure counts as churn, 1 to 24. Default 3. */
  readonly horizonMonths?: number | undefined;
}

/** One row to be: a subscriber at a cutoff. Months are counted from January 1970 = 0. */
export interface SnapshotRow {
  readonly subscriber: number;
  /** The cutoff is the first day of this month. */
  readonly cutoff: number;
  readonly churned: 0 | 1;
}

/**
 * The rows of `operatorSnapshots`, in its order: cutoffs as given, subscribers by position.
 * @throws HoldfastError as `operatorSnapshots`.
 */
export function snapshotRows(operator: SimulatedOperator, options: OperatorSnapshotOptions): SnapshotRow[] {
  const { gapMonths = 1, horizonMonths = 3 } = options;
  const rows: SnapshotRow[] = [];
  for (const cutoff of checkedCutoffs(operator, options)) {
    for (let subscriber = 0; subscriber < operator.subscribers.length; subscriber++) {
      if (operator.subscribers[subscriber].activationMonth >= cutoff) continue;
      const left = operator.departureMonth[subscriber];
      if (left < cutoff + gapMonths) continue;
      rows.push({ subscriber, cutoff, churned: left < cutoff + gapMonths + horizonMonths ? 1 : 0 });
    }
  }
  return rows;
}

function checkedCutoffs(operator: SimulatedOperator, options: OperatorSnapshotOptions): number[] {
  const { cutoffs, observationMonths = 6, gapMonths = 1, horizonMonths = 3 } = options;
  const problems = new Problems();
  const add = (argument: string, expected: string, received: unknown) =>
    problems.add({
      code: "argument.invalid",
      path: { function: "operatorSnapshots", argument },
      expected,
      received,
    });
  const checkWhole = (argument: string, value: number, minimum: number, maximum: number) => {
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
    add(argument, `must be a whole number from ${minimum} to ${maximum}`, value);
  };
  checkWhole("observationMonths", observationMonths, 1, 24);
  checkWhole("gapMonths", gapMonths, 0, 12);
  checkWhole("horizonMonths", horizonMonths, 1, 24);
  if (cutoffs.length === 0) add("cutoffs", "must name at least one day", cutoffs);
  const first = operator.firstMonth + Math.max(LONGEST_LOOK_BACK, observationMonths);
  const last = operator.endMonth - gapMonths - horizonMonths;
  const months = cutoffs.map((cutoff, i) => {
    const month = monthOfDate(cutoff) ?? Number.NaN;
    if (Number.isNaN(month))
      add(`cutoffs[${i}]`, "must be the first day of a month such as 2025-02-01", cutoff);
    else if (month < first || month > last) {
      add(`cutoffs[${i}]`, `must lie from ${dateOfMonth(first)} to ${dateOfMonth(last)}`, cutoff);
    } else if (cutoffs.indexOf(cutoff) < i) add(`cutoffs[${i}]`, "must not stand twice", cutoff);
    return month;
  });
  problems.throwIfAny();
  return months;
}
