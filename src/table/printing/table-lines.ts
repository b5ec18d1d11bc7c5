import { alignedLines } from "../../printing/aligned-lines.js";
import { clipped } from "../../printing/display-width.js";
import { counted, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import { printable } from "../../printing/printable.js";
import type { RichTable } from "../../printing/rich-output.js";
import { type Column, cellOf, type NumericColumn } from "../column.js";
import { formatDate } from "../dates.js";

/** Of wider tables this many columns are shown; a single one more takes no more room than the line that would count it. */
const SHOWN_COLUMNS = 20;
/** So many rows are shown in notebooks. */
const SHOWN_ROWS = 5;
/** So many values of a column are shown. */
const SHOWN_VALUES = 5;
/** Columns of the terminal for a name, a value, and the values of a line together. */
const NAME_WIDTH = 32;
const VALUE_WIDTH = 20;
const VALUES_WIDTH = 48;

/** What is printed of a table. */
interface PrintedTable {
  readonly rowCount: number;
  readonly columns: readonly Column[];
  readonly source?: string;
}

/** Size and source, then a line for each column: name, kind, missing values, and its range or first values. */
export const PRINTED_TABLE: Printed<PrintedTable> = {
  lines: (table) => {
    const { shown, rest } = shownColumns(table);
    return [
      headingOf(table),
      ...alignedLines(shown.map(columnCells)),
      ...(rest > 0 ? [`  … and ${rest} more`] : []),
    ];
  },
  parts: (table) => [firstRows(table)],
  short: ({ rowCount, columns }) => `Table ${whole(rowCount)} × ${columns.length}`,
};

function headingOf({ columns, rowCount, source }: PrintedTable): string {
  const size = `${counted(rowCount, "row")} × ${counted(columns.length, "column")}`;
  return `Table ${size}${source === undefined ? "" : `, ${printable(source)}`}`;
}

function shownColumns({ columns }: PrintedTable): { shown: readonly Column[]; rest: number } {
  const shown = columns.length === SHOWN_COLUMNS + 1 ? columns : columns.slice(0, SHOWN_COLUMNS);
  return { shown, rest: columns.length - shown.length };
}

/** As notebooks show them: the first rows, with the kinds of the columns. */
function firstRows(table: PrintedTable): RichTable {
  const { shown, rest } = shownColumns(table);
  const count = Math.min(SHOWN_ROWS, table.rowCount);
  return {
    caption: headingOf(table),
    head: [...shown.map(({ name }) => clipped(printable(name), NAME_WIDTH)), ...(rest > 0 ? ["…"] : [])],
    below: [...shown.map(kindOf), ...(rest > 0 ? [`${rest} more`] : [])],
    rows: Array.from({ length: count }, (_, row) => [
      ...shown.map((column) => cellTextOf(column, row)),
      ...(rest > 0 ? [""] : []),
    ]),
    isRight: [...shown.map(({ kind }) => kind === "numeric"), false],
  };
}

/** Numbers with six significant digits, dates as such, nothing where a value is missing. */
function cellTextOf(column: Column, row: number): string {
  const value = cellOf(column, row);
  if (value === null) return "";
  if (typeof value === "string") return clipped(printable(value), VALUE_WIDTH);
  return column.kind === "numeric" ? numberText(column.isDate)(value) : String(value);
}

function kindOf(column: Column): string {
  return column.kind === "numeric" && column.isDate ? "date" : column.kind;
}

function columnCells(column: Column): string[] {
  const missing = missingCount(column);
  return [
    clipped(printable(column.name), NAME_WIDTH),
    kindOf(column),
    column.kind === "numeric" ? rangeOf(column) : firstValues(column),
    missing === 0 ? "" : `${whole(missing)} missing`,
  ];
}

function missingCount(column: Column): number {
  let count = 0;
  if (column.kind === "text") for (const value of column.values) count += value === null ? 1 : 0;
  else if (column.kind === "categorical") for (const code of column.codes) count += code < 0 ? 1 : 0;
  else for (const value of column.values) count += Number.isNaN(value) ? 1 : 0;
  return count;
}

/** `0 to 72`, or nothing where all values are missing. */
function rangeOf({ values, isDate }: NumericColumn): string {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (least > greatest) return "";
  const show = numberText(isDate);
  return least === greatest ? show(least) : `${show(least)} to ${show(greatest)}`;
}

function numberText(isDate: boolean | undefined): (value: number) => string {
  return isDate ? formatDate : (value) => String(Number(value.toPrecision(6)));
}

/** The first categories, with their number where there are more; or the first texts that there are. */
function firstValues(column: Exclude<Column, NumericColumn>): string {
  const isCategorical = column.kind === "categorical";
  const texts = isCategorical ? column.categories : firstTexts(column.values, SHOWN_VALUES + 1);
  const hasMore = texts.length > SHOWN_VALUES;
  const shown = texts.slice(0, SHOWN_VALUES).map((text) => clipped(printable(text), VALUE_WIDTH));
  const list = clipped([...shown, ...(hasMore ? ["…"] : [])].join(", "), VALUES_WIDTH);
  return hasMore && isCategorical ? `${list} (${whole(texts.length)})` : list;
}

function firstTexts(values: readonly (string | null)[], count: number): string[] {
  const texts: string[] = [];
  for (const value of values) {
    if (texts.length === count) break;
    if (value !== null) texts.push(value);
  }
  return texts;
}
