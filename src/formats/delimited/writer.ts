import type { Table } from "../../table/table.js";
import type { WriteOptions } from "../format.js";
import { cellReader, decimalText, type RowWriter, type WrittenCell } from "../text/row-writer.js";

/** What a spreadsheet takes for a formula, in half and full width (OWASP, "CSV injection"). */
const FORMULA = /^(?:[\s"]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/**
 * Writes delimited text (RFC 4180, LF): a header line, quotes where needed, numbers as their shortest decimal that reads
 * back the same, dates in ISO 8601, missing as an empty field.
 */
export class DelimitedWriter implements RowWriter {
  private readonly isSpecial: RegExp;
  private readonly missing: string;

  constructor(
    private readonly names: readonly string[],
    /** A comma, or a tab. */
    private readonly delimiter: string,
    private readonly options: WriteOptions = {},
  ) {
    this.isSpecial = delimiter === "\t" ? /["\t\r\n]|^\s|\s$/ : /[",;|\t\r\n]|^\s|\s$/;
    // A lone missing value would be a blank line without its quotes.
    this.missing = options.nullText ?? (names.length === 1 ? '""' : "");
  }

  head(): string {
    if (this.options.header === false) return "";
    return `${this.names.map((name) => this.field(name)).join(this.delimiter)}\n`;
  }

  rows(table: Table, from: number, to: number): string {
    const cells = table.columns.map(cellReader);
    let text = "";
    for (let row = from; row < to; row++) text += this.line(cells, row);
    return text;
  }

  tail(): string {
    return "";
  }

  private line(cells: readonly ((row: number) => WrittenCell)[], row: number): string {
    let line = "";
    for (let c = 0; c < cells.length; c++) {
      if (c > 0) line += this.delimiter;
      line += this.field(cells[c](row));
    }
    return `${line}\n`;
  }

  private field(cell: WrittenCell): string {
    if (cell === null) return this.missing;
    if (typeof cell === "number") return decimalText(cell);
    const text = this.options.csvSafe === true && FORMULA.test(cell) ? `'${cell}` : cell;
    return this.text(text);
  }

  private text(cell: string): string {
    if (this.options.quotes === false)
      return cell.replace(this.delimiter === "\t" ? /[\t\r\n]/g : /[,\r\n]/g, " ");
    return this.isSpecial.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
}
