import type { Table } from "../../table/table.js";
import { cellReader, decimalText, type RowWriter, type WrittenCell } from "../text/row-writer.js";

/** Writes rows as objects, missing as null: in one array, or one per line. */
export class JsonWriter implements RowWriter {
  private readonly keys: readonly string[];
  private isBegun = false;

  constructor(
    names: readonly string[],
    private readonly isArray: boolean,
  ) {
    this.keys = names.map((name) => `${JSON.stringify(name)}:`);
  }

  head(): string {
    return this.isArray ? "[\n" : "";
  }

  rows(table: Table, from: number, to: number): string {
    const cells = table.columns.map(cellReader);
    let text = "";
    for (let row = from; row < to; row++) text += this.object(cells, row);
    return text;
  }

  tail(): string {
    if (!this.isArray) return "";
    return this.isBegun ? "\n]\n" : "]\n";
  }

  private object(cells: readonly ((row: number) => WrittenCell)[], row: number): string {
    const object = `{${cells.map((cell, c) => this.keys[c] + jsonValue(cell(row))).join(",")}}`;
    if (!this.isArray) return `${object}\n`;
    const before = this.isBegun ? ",\n" : "";
    this.isBegun = true;
    return before + object;
  }
}

function jsonValue(cell: WrittenCell): string {
  return typeof cell === "number" ? decimalText(cell) : JSON.stringify(cell);
}
