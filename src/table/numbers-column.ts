import type { Problems } from "../errors.js";
import { castColumn } from "./cast.js";
import type { CellGrammar } from "./grammar/cell-grammar.js";
import type { ColumnPlan } from "./grammar/column-plan.js";
import {
  type ColumnReading,
  compactDatesFinding,
  noteOf,
  oddDatesFinding,
} from "./grammar/column-reading.js";
import { COMPACT_FORM, compactDate, compactDates } from "./grammar/dates/compact-date.js";
import { MarkerTally } from "./grammar/marker-tally.js";
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
  const { format } = grammar;
  const isMarked = !isDate && grammar.missingNumbers.length > 0;
  const values = isMarked ? given.map(grammar.number) : given;
  const marked = isMarked ? markersIn(name, given, grammar) : { notes: [] };
  const reading = format === undefined ? {} : { reading: { format, ...marked } };
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
  if (days === undefined) return withOddDates(column, lineOf);
  const first = days.findIndex((day) => !Number.isNaN(day));
  const present = days.reduce((sum, day) => sum + (Number.isNaN(day) ? 0 : 1), 0);
  const finding = compactDatesFinding(present, String(column.values[first]));
  const note = noteOf(column.name, finding, { row: first + 1, line: lineOf(first) });
  const { reading } = column;
  return {
    ...column,
    values: days,
    isDate: true,
    reading: {
      ...reading,
      format: { ...reading?.format, dateFormat: COMPACT_FORM },
      notes: [...(reading?.notes ?? []), note],
    },
  };
}

/** Numbers that were taken as missing, as a note. */
function markersIn(
  name: string,
  given: Float64Array,
  { number }: CellGrammar,
): Omit<ColumnReading, "format"> {
  const tally = new MarkerTally();
  let present = 0;
  given.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    if (Number.isNaN(number(value))) tally.add(String(value), 1, { row: row + 1 });
    else present++;
  });
  const notes = tally.findings(present).map((finding) => noteOf(name, finding, tally.first));
  return { ...(notes.length === 0 ? {} : { markers: tally.texts }), notes };
}

/** Numbers of which nearly all are dates such as 20250220 stay numbers, with a note of one that is none. */
function withOddDates(column: NumericColumn, lineOf: (row: number) => number | undefined): NumericColumn {
  const { values, reading } = column;
  // Most columns end here.
  const first = values.findIndex((value) => !Number.isNaN(value));
  const second = values.findIndex((value, row) => row > first && !Number.isNaN(value));
  if ([first, second].every((row) => row < 0 || compactDate(values[row]) === undefined)) return column;
  let present = 0;
  let odd = 0;
  let example = -1;
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    present++;
    if (compactDate(value) !== undefined) return;
    if (odd++ === 0) example = row;
  });
  const finding = oddDatesFinding(present, odd, String(values[example]));
  if (finding === undefined) return column;
  const note = noteOf(column.name, finding, { row: example + 1, line: lineOf(example) });
  return { ...column, reading: { ...reading, notes: [...(reading?.notes ?? []), note] } };
}

function reportInfinite(name: string, values: Float64Array, problems: Problems, place: Place): void {
  for (let row = 0; row < values.length; row++) {
    if (Math.abs(values[row]) !== Infinity) continue;
    const path = { ...place, column: name, row: row + 1 };
    problems.add({ code: "data.not-finite", path, expected: "must be finite", received: values[row] });
  }
}
