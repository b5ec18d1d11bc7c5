import { DelimitedWriter } from "../formats/delimited/writer.js";
import { type Column, createTable } from "../table/table.js";
import { cellNumber, cellText, numberColumns } from "./cells.js";
import type { PageTable } from "./page.js";

/** By which spreadsheets recognise UTF-8; without it they show Chinese names as noise. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * A table as CSV for a spreadsheet: columns of numbers hold the numbers themselves (12.3% is 0.123, a dash an empty field), others
 * their texts, of which none is run as a formula.
 */
export function tableCsv(table: PageTable): string {
  const isNumber = numberColumns(table);
  const columns = table.head.map((_, column) => csvColumn(table, column, isNumber[column]));
  const writer = new DelimitedWriter(table.head, ",", { csvSafe: true });
  return `${BYTE_ORDER_MARK}${writer.head()}${writer.rows(createTable(columns), 0, table.rows.length)}`;
}

/** Numbers, where the column shows some and each is known. Its name is its place: heads may repeat. */
function csvColumn({ rows }: PageTable, column: number, isNumber: boolean): Column {
  const name = String(column);
  const numbers = rows.map((row) => cellNumber(row[column]));
  if (isNumber && numbers.every((number) => number !== undefined)) {
    return { kind: "numeric", name, values: Float64Array.from(numbers, (number) => number ?? Number.NaN) };
  }
  return { kind: "text", name, values: rows.map((row) => cellText(row[column])) };
}
