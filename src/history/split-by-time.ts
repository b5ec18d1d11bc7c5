import { checkOptions, type OptionNames } from "../arguments.js";
import { HoldfastError, invalidArgument, optionText, type ProblemPath } from "../errors.js";
import { checkTable, columnProblem, emptyTableProblem } from "../table/check-table.js";
import { formatDate } from "../table/dates.js";
import { findColumn, type NumericColumn, placeOf, type Table, takeRows } from "../table/table.js";
import { dayOf } from "./windows/day-problem.js";
import { type Span, shiftDay, spanProblem } from "./windows/span.js";

/** Options of {@link splitByTime}. */
export interface SplitByTimeOptions {
  /** The date column that orders the rows, such as the cutoff of a snapshot. */
  readonly column: string;
  /** The first day of the test rows, such as `2025-10-01`, or a month such as `2025-10`. */
  readonly testFrom: string;
  /**
   * The least time between a training row's date and `testFrom`: give at least the gap plus the horizon of the labels, so
   * that the outcomes of all training rows are known when the test begins. Months, or `{ days }`. Default 0.
   */
  readonly embargo?: Span | undefined;
}

const OPTIONS: OptionNames<SplitByTimeOptions> = {
  column: "required",
  testFrom: "required",
  embargo: "optional",
};

/** Rows to train on and later rows to test on. */
export interface TimeSplit {
  /** Rows with date + embargo ≤ testFrom, and before testFrom. */
  readonly train: Table;
  /** Rows with date ≥ testFrom. */
  readonly test: Table;
  /** How many rows are in neither, because of the embargo. */
  readonly embargoed: number;
}

/**
 * Splits the rows of a table by a date column into training rows and later test rows, each in their order.
 * @example splitByTime(table, { column: "cutoff", testFrom: "2025-10-01", embargo: 4 })
 * @throws HoldfastError for a table without rows, when the column does not exist, is not a date column or has missing dates, or a side has no rows.
 */
export function splitByTime(table: Table, options: SplitByTimeOptions): TimeSplit {
  checkTable("splitByTime", "table", table);
  checkOptions("splitByTime", options, OPTIONS);
  const { testFrom, embargo = 0 } = options;
  const expected = "must be a day such as 2025-10-01 or a month such as 2025-10";
  const from = dayOf("splitByTime", "testFrom", testFrom, expected);
  const problem =
    spanProblem("splitByTime", "embargo", embargo, 0) ?? emptyTableProblem("splitByTime", "table", table);
  if (problem !== undefined) throw new HoldfastError(problem);
  const { values } = dateColumn(table, options.column);
  const train: number[] = [];
  const test: number[] = [];
  for (let row = 0; row < values.length; row++) {
    if (values[row] >= from) test.push(row);
    else if (shiftDay(values[row], embargo) <= from) train.push(row);
  }
  if (train.length === 0 || test.length === 0) {
    const expected =
      train.length === 0
        ? `must leave rows before it to train on${embargo === 0 ? "" : ` at an embargo of ${JSON.stringify(embargo)}`}`
        : "must leave rows from it on to test on";
    invalidArgument("splitByTime", "testFrom", expected, testFrom, rangeHint(values));
  }
  return {
    train: takeRows(table, train),
    test: takeRows(table, test),
    embargoed: values.length - train.length - test.length,
  };
}

function dateColumn(table: Table, name: string): NumericColumn {
  const path: ProblemPath = {
    function: "splitByTime",
    ...placeOf(table),
    argument: "column",
    column: name,
  };
  const column = findColumn(table, name);
  if (column === undefined) {
    throw new HoldfastError(columnProblem("splitByTime", "column", table, name));
  }
  if (column.kind !== "numeric" || column.isDate !== true) {
    throw new HoldfastError({
      code: "data.wrong-type",
      path,
      expected: "must be a date column",
      received: column.kind,
      hint: `declare it when reading: ${optionText("columns", { [name]: "date" })}`,
    });
  }
  const missing = column.values.findIndex(Number.isNaN);
  if (missing >= 0) {
    throw new HoldfastError({
      code: "data.wrong-type",
      path: { ...path, row: missing + 1 },
      expected: "must hold a date in every row",
      received: null,
    });
  }
  return column;
}

function rangeHint(values: Float64Array): string {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    first = Math.min(first, value);
    last = Math.max(last, value);
  }
  return `dates run from ${formatDate(first)} to ${formatDate(last)}`;
}
