import type { Problems } from "../errors.js";
import { castColumn } from "./cast.js";
import type { ColumnPlan } from "./grammar/column-plan.js";
import { noteOf } from "./grammar/column-reading.js";
import { compactDates } from "./grammar/compact-date.js";
import type { Place } from "./resolve-column.js";
import type { Column, NumericColumn } from "./table.js";

/**
 * A column of numbers that a source gives as such, by the plan: of the declared kind, without those that mark missing values,
 * and as dates where all are dates such as 20250220. An infinite one is a problem.
 * @param isDate whether they are days since 1970-01-01.
 */
export function numbersColumn(
  name: string,
  given: Float64Array,
  isDate: boolean,
  { kind, grammar }: ColumnPlan,
  problems: Problems,
  place: Place,
): Column {
  reportInfinite(name, given, problems, place);
  const values = isDate || grammar.format?.missing === undefined ? given : given.map(grammar.number);
  const { format } = grammar;
  const reading = format === undefined ? {} : { reading: { format, notes: [] } };
  const column: NumericColumn = { kind: "numeric", name, values, ...(isDate ? { isDate } : {}), ...reading };
  if (kind !== undefined) return castColumn(column, kind, problems, place, grammar);
  return isDate ? column : withCompactDates(column);
}

/** The column as dates, where all of its numbers are such as 20250220. @param lineOf the line of a row, from 0, where known. */
export function withCompactDates(
  column: NumericColumn,
  lineOf: (row: number) => number | undefined = () => undefined,
): NumericColumn {
  const days = compactDates(column.values);
  if (days === undefined) return column;
  const first = days.findIndex((day) => !Number.isNaN(day));
  const present = days.reduce((sum, day) => sum + (Number.isNaN(day) ? 0 : 1), 0);
  const finding = {
    kind: "compact-date",
    cells: present,
    present,
    example: String(column.values[first]),
    remedy: { kind: "numeric" },
  } as const;
  const note = noteOf(column.name, finding, { row: first + 1, line: lineOf(first) });
  const { reading } = column;
  return {
    ...column,
    values: days,
    isDate: true,
    reading: {
      ...reading,
      format: { ...reading?.format, dateFormat: "yyyyMMdd" },
      notes: [...(reading?.notes ?? []), note],
    },
  };
}

function reportInfinite(name: string, values: Float64Array, problems: Problems, place: Place): void {
  for (let row = 0; row < values.length; row++) {
    if (Math.abs(values[row]) !== Infinity) continue;
    const path = { ...place, column: name, row: row + 1 };
    problems.add({ code: "data.not-finite", path, expected: "must be finite", received: values[row] });
  }
}
