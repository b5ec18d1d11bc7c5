import type { Problems } from "../errors.js";
import { castColumn } from "./cast.js";
import type { CellGrammar } from "./grammar/cell-grammar.js";
import type { ColumnPlan } from "./grammar/column-plan.js";
import { type ColumnReading, noteOf } from "./grammar/column-reading.js";
import { COMPACT_FORM, compactDate } from "./grammar/dates/compact-date.js";
import { areHardlyDates, CompactTally } from "./grammar/dates/compact-tally.js";
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
  const isMarked = !isDate && grammar.missingNumbers.length > 0;
  const values = isMarked ? given.map(grammar.number) : given;
  const { tally = undefined, present = 0 } = isMarked ? markedIn(given, grammar) : {};
  const found = readingOfMarked(name, grammar, tally, present);
  const reading = found === undefined ? {} : { reading: found };
  const column: NumericColumn = { kind: "numeric", name, values, ...(isDate ? { isDate } : {}), ...reading };
  // What was found of the numbers holds for what they become.
  if (kind !== undefined) return { ...castColumn(column, kind, problems, place, grammar), ...reading };
  return isDate ? column : withCompactDates(column);
}

/** The column as dates, where all of its numbers are such as 20250220. @param lineOf the line of a row, from 0, where known. */
export function withCompactDates(
  column: NumericColumn,
  lineOf: (row: number) => number | undefined = () => undefined,
): NumericColumn {
  const { name, values, reading } = column;
  if (areHardlyDates(values)) return column;
  const tally = new CompactTally();
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    tally.add(values[row], 1, undefined, row);
    // Most columns end here.
    if (tally.areTooFew(values.length)) return column;
  }
  const notes = tally.findings().map((finding) => {
    const { row = 0 } = tally.placeOf(finding) ?? {};
    return noteOf(name, finding, { row: row + 1, line: lineOf(row) });
  });
  if (notes.length === 0) return column;
  const noted = { ...reading, notes: [...(reading?.notes ?? []), ...notes] };
  if (!tally.areDates) return { ...column, reading: noted };
  const format = { ...reading?.format, dateFormat: COMPACT_FORM };
  const days = values.map((value) => compactDate(value) ?? Number.NaN);
  return { ...column, values: days, isDate: true, reading: { ...noted, format } };
}

/** How numbers were read that a source gives as such, undefined where they are plain. @param present how many are not missing. */
export function readingOfMarked(
  name: string,
  { format }: CellGrammar,
  markers = new MarkerTally(),
  present = 0,
): ColumnReading | undefined {
  if (format === undefined) return undefined;
  const notes = markers.findings(present).map((finding) => noteOf(name, finding, markers.first));
  return { format, ...(notes.length === 0 ? {} : { markers: markers.texts }), notes };
}

function markedIn(given: Float64Array, { number }: CellGrammar): { tally: MarkerTally; present: number } {
  const tally = new MarkerTally();
  let present = 0;
  given.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    if (Number.isNaN(number(value))) tally.add(String(value), 1, { row: row + 1 });
    else present++;
  });
  return { tally, present };
}

function reportInfinite(name: string, values: Float64Array, problems: Problems, place: Place): void {
  const { length } = values;
  for (let row = 0; row < length; row++) {
    const value = values[row];
    // All but infinite numbers and NaN, which are few.
    if (value - value === 0 || Number.isNaN(value)) continue;
    const path = { ...place, column: name, row: row + 1 };
    problems.add({ code: "data.not-finite", path, expected: "must be finite", received: values[row] });
  }
}
