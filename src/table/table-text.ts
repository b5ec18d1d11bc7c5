import { type LongWork, Pulse } from "../progress.js";
import { formatDate } from "./dates.js";
import type { TableFormat } from "./format.js";
import type { Column, Table } from "./table.js";

type Cell = number | string | null;

const ROWS_PER_PIECE = 2000;

/**
 * The text of a table in pieces: CSV and TSV with a header line and quotes where needed (RFC 4180, LF), JSON as an
 * array of objects, NDJSON as one object per line. Numbers as their shortest decimal that reads back the same,
 * dates in ISO 8601, missing as an empty field or null.
 */
export async function* tableText(
  table: Table,
  format: Exclude<TableFormat, "parquet">,
  work: LongWork,
): AsyncGenerator<string, void, undefined> {
  const pulse = new Pulse(work);
  const cells = table.columns.map(cellReader);
  const names = table.columns.map((column) => column.name);
  const delimiter = format === "tsv" ? "\t" : ",";
  const isJson = format === "json" || format === "ndjson";
  const needsQuotes = format === "tsv" ? /["\t\r\n]|^\s|\s$/ : /[",;|\t\r\n]|^\s|\s$/;
  const keys = names.map((name) => `${JSON.stringify(name)}:`);

  // A lone missing value would be a blank line without its quotes.
  const missing = names.length === 1 ? '""' : "";
  const field = (cell: Cell): string => {
    if (cell === null) return missing;
    if (typeof cell === "number") return decimalText(cell);
    return needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  };
  const line = (row: number): string => {
    if (!isJson) return `${cells.map((cell) => field(cell(row))).join(delimiter)}\n`;
    const object = `{${cells.map((cell, i) => keys[i] + jsonValue(cell(row))).join(",")}}`;
    if (format === "ndjson") return `${object}\n`;
    return `${object}${row + 1 < table.rowCount ? "," : ""}\n`;
  };

  if (isJson) {
    if (format === "json") yield "[\n";
  } else {
    yield `${names.map(field).join(delimiter)}\n`;
  }
  for (let start = 0; start < table.rowCount; start += ROWS_PER_PIECE) {
    const end = Math.min(start + ROWS_PER_PIECE, table.rowCount);
    let piece = "";
    for (let row = start; row < end; row++) piece += line(row);
    yield piece;
    pulse.report({ phase: "writing", done: end, total: table.rowCount });
    await pulse.beat();
  }
  if (format === "json") yield "]\n";
}

/** The shortest decimal; beyond ±2^53 with an exponent, because a bare integer of that size is read as an id. */
function decimalText(value: number): string {
  return Math.abs(value) > 2 ** 53 ? value.toExponential() : String(value);
}

function jsonValue(cell: Cell): string {
  return typeof cell === "number" ? decimalText(cell) : JSON.stringify(cell);
}

/** Reads the cells of one column as they are written. */
function cellReader(column: Column): (row: number) => Cell {
  if (column.kind === "text") return (row) => column.values[row];
  if (column.kind === "categorical")
    return (row) => (column.codes[row] < 0 ? null : column.categories[column.codes[row]]);
  const { values } = column;
  if (column.isDate) return (row) => (Number.isNaN(values[row]) ? null : formatDate(values[row]));
  return (row) => (Number.isNaN(values[row]) ? null : values[row]);
}
