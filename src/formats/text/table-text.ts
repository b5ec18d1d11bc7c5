import { type LongWork, Pulse } from "../../progress.js";
import { formatDate } from "../../table/dates.js";
import type { Column, Table } from "../../table/table.js";
import type { TableFormat } from "../format.js";

type Cell = number | string | null;

const ROWS_PER_PIECE = 2000;

/** How text is written. */
export interface TextLayout {
  readonly format: Exclude<TableFormat, "parquet">;
  /** Whether CSV and TSV begin with the names of the columns. Default true. */
  readonly header?: boolean | undefined;
  /** What stands for a missing value in CSV and TSV. Default: nothing. */
  readonly nullText?: string | undefined;
  /** Whether fields are quoted where needed. Without, a delimiter or line end in a text becomes a blank. Default true. */
  readonly quotes?: boolean | undefined;
}

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
  const writer = new TableTextWriter(
    table.columns.map(({ name }) => name),
    { format },
  );
  yield writer.head();
  for (let start = 0; start < table.rowCount; start += ROWS_PER_PIECE) {
    const end = Math.min(start + ROWS_PER_PIECE, table.rowCount);
    yield writer.rows(table, start, end);
    pulse.report({ phase: "writing", done: end, total: table.rowCount });
    await pulse.beat();
  }
  yield writer.tail();
}

/** Writes tables of the same columns one behind the other as one text, see {@link tableText}. */
export class TableTextWriter {
  private readonly delimiter: string;
  private readonly isJson: boolean;
  private readonly isSpecial: RegExp;
  private readonly keys: readonly string[];
  private readonly missing: string;
  private isBegun = false;

  constructor(
    private readonly names: readonly string[],
    private readonly layout: TextLayout,
  ) {
    const { format, nullText } = layout;
    this.delimiter = format === "tsv" ? "\t" : ",";
    this.isJson = format === "json" || format === "ndjson";
    this.isSpecial = format === "tsv" ? /["\t\r\n]|^\s|\s$/ : /[",;|\t\r\n]|^\s|\s$/;
    this.keys = names.map((name) => `${JSON.stringify(name)}:`);
    // A lone missing value would be a blank line without its quotes.
    this.missing = nullText ?? (names.length === 1 ? '""' : "");
  }

  head(): string {
    if (this.layout.format === "json") return "[\n";
    if (this.isJson || this.layout.header === false) return "";
    return `${this.names.map((name) => this.field(name)).join(this.delimiter)}\n`;
  }

  /** Rows `from … to − 1`. */
  rows(table: Table, from: number, to: number): string {
    const cells = table.columns.map(cellReader);
    let text = "";
    for (let row = from; row < to; row++)
      text += this.isJson ? this.object(cells, row) : this.line(cells, row);
    return text;
  }

  tail(): string {
    if (this.layout.format !== "json") return "";
    return this.isBegun ? "\n]\n" : "]\n";
  }

  private line(cells: readonly ((row: number) => Cell)[], row: number): string {
    let line = "";
    for (let c = 0; c < cells.length; c++) {
      if (c > 0) line += this.delimiter;
      line += this.field(cells[c](row));
    }
    return `${line}\n`;
  }

  private object(cells: readonly ((row: number) => Cell)[], row: number): string {
    const object = `{${cells.map((cell, c) => this.keys[c] + jsonValue(cell(row))).join(",")}}`;
    if (this.layout.format === "ndjson") return `${object}\n`;
    const before = this.isBegun ? ",\n" : "";
    this.isBegun = true;
    return before + object;
  }

  private field(cell: Cell): string {
    if (cell === null) return this.missing;
    if (typeof cell === "number") return decimalText(cell);
    if (this.layout.quotes === false)
      return cell.replace(this.delimiter === "\t" ? /[\t\r\n]/g : /[,\r\n]/g, " ");
    return this.isSpecial.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
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
