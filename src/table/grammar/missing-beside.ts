import type { CategoricalColumn, Column } from "../column.js";
import type { CellFormat } from "./cell-format.js";
import type { ColumnPlan } from "./column-plan.js";
import { type CellPlace, noteOf, type ReadingNote } from "./column-reading.js";
import { isMarkerSign } from "./markers.js";

/** Fewer categories than this, and a column says nothing: its marker is then one of the two things it says, as in 有 and 无. */
const LEAST_CATEGORIES = 2;

/** The markers that numbers and dates of a table have, in lower case. */
export function markersOfNumbers(columns: readonly Pick<Column, "kind" | "reading">[]): ReadonlySet<string> {
  const markers = columns.flatMap(({ kind, reading }) =>
    kind === "numeric" ? (reading?.markers ?? []) : [],
  );
  return new Set(markers.map((marker) => marker.toLowerCase()));
}

/**
 * The categories that are markers beside numbers: a table that marks missing numbers with `-` or NULL marks missing
 * categories so too. A word such as None or 无 is one only where a number is marked with it.
 * @param markers of the numbers of the same table.
 */
export function markersAmong(categories: readonly string[], markers: ReadonlySet<string>): readonly string[] {
  if (markers.size === 0) return [];
  const found = categories.filter((text) => isMarkerSign(text) || markers.has(text.toLowerCase()));
  return categories.length - found.length < LEAST_CATEGORIES ? [] : found;
}

/** The columns of a table, with missing categories where they are marked as numbers beside them are. */
export function withMarkersMissing(
  columns: readonly Column[],
  planOf: (name: string) => ColumnPlan,
): readonly Column[] {
  const markers = markersOfNumbers(columns);
  if (markers.size === 0) return columns;
  return columns.map((column) => {
    if (column.kind !== "categorical" || decidesMissing(planOf(column.name))) return column;
    const found = markersAmong(column.categories, markers);
    return found.length === 0 ? column : without(column, found);
  });
}

/** Whether the caller said what is missing in a column. */
export function decidesMissing({ grammar }: ColumnPlan): boolean {
  return grammar.format?.missing !== undefined;
}

/** The format of a column of categories some of which are markers. */
export function formatWithMarkers(format: CellFormat | undefined, markers: readonly string[]): CellFormat {
  return { ...format, missing: markers };
}

/** What was decided about categories that are markers. @param rows how many cells each has. */
export function noteOfMarkers(
  column: string,
  markers: readonly string[],
  rows: readonly number[],
  place: CellPlace | undefined,
): ReadingNote {
  const cells = rows.reduce((sum, each) => sum + each, 0);
  const what = markers.map((text, i) => `${JSON.stringify(text)} ${rows[i]}`).join(", ");
  const remedy = { keepMarkersOf: column };
  const finding = {
    kind: "markers-beside",
    cells,
    present: cells,
    example: markers[0],
    what,
    remedy,
  } as const;
  return noteOf(column, finding, place);
}

function without(column: CategoricalColumn, found: readonly string[]): CategoricalColumn {
  const taken = new Set(found);
  const categories = column.categories.filter((text) => !taken.has(text));
  const codeOf = new Map(categories.map((text, code) => [text, code]));
  const recoded = column.categories.map((text) => codeOf.get(text) ?? -1);
  const codes = column.codes.map((code) => (code < 0 ? -1 : recoded[code]));
  const rows = new Array<number>(column.categories.length).fill(0);
  for (const code of column.codes) if (code >= 0) rows[code]++;
  const counts = found.map((text) => rows[column.categories.indexOf(text)]);
  const first = column.codes.indexOf(column.categories.indexOf(found[0]));
  const note = noteOfMarkers(column.name, found, counts, first < 0 ? undefined : { row: first + 1 });
  const { reading } = column;
  return {
    ...column,
    codes,
    categories,
    reading: { format: formatWithMarkers(reading?.format, found), notes: [...(reading?.notes ?? []), note] },
  };
}
