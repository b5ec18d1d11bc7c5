import { count, showValue } from "../../errors.js";
import type { CellFormat } from "./cell-format.js";

/** What a note of reading can be about. */
export type ReadingNoteKind =
  | "markers"
  | "markers-beside"
  | "money"
  | "thousands"
  | "percent"
  | "compact-date"
  | "odd-cells"
  | "looks-like";

/** Something that was decided when a column was read, for people. */
export interface ReadingNote {
  readonly kind: ReadingNoteKind;
  readonly column: string;
  /** How many cells it is about. */
  readonly cells: number;
  /** One of them. */
  readonly example: string;
  /** The row of the example, from 1; undefined where it is not known. */
  readonly row?: number;
  /** The line of the example, of text. */
  readonly line?: number;
  /** What was decided about the column, and the option that decides otherwise. */
  readonly detail: string;
}

/** How a column was read, where its cells were not plain. */
export interface ColumnReading {
  /** What reads further cells in the same way, beside the kind. */
  readonly format?: CellFormat | undefined;
  /** Texts that were taken as missing without being asked, in a column of numbers or dates. */
  readonly markers?: readonly string[];
  readonly notes: readonly ReadingNote[];
}

/** Where a cell is. */
export interface CellPlace {
  readonly row: number;
  readonly line?: number | undefined;
}

/** What was found of a column, before its name and the places of the examples are known. */
export interface Finding {
  readonly kind: ReadingNoteKind;
  readonly cells: number;
  /** How many present cells there are. */
  readonly present: number;
  readonly example: string;
  /** Of markers: each with its number of cells. Of odd cells and of what looks like: what is meant. */
  readonly what?: string;
  /** The option that decides, in TypeScript and on the command line. */
  readonly option?: string;
}

/** The note of a finding. */
export function noteOf(column: string, finding: Finding, place: CellPlace | undefined): ReadingNote {
  const { kind, cells, example } = finding;
  const where =
    place === undefined ? "" : place.line === undefined ? `row ${place.row}` : `line ${place.line}`;
  return {
    kind,
    column,
    cells,
    example,
    ...(place === undefined ? {} : { row: place.row }),
    ...(place?.line === undefined ? {} : { line: place.line }),
    detail: `${sentenceOf(finding, where === "" ? showValue(example) : `${showValue(example)}, ${where}`)}`,
  };
}

function sentenceOf({ kind, cells, present, what = "", option = "" }: Finding, shown: string): string {
  const all = count(cells, "cell");
  switch (kind) {
    case "markers":
      return `${all} taken as missing: ${what} (first ${shown})`;
    case "markers-beside":
      return `${all} taken as missing, as in the numbers beside: ${what} (first ${shown}; to keep them as categories: ${option})`;
    case "money":
      return `read as money${what} (${shown}; otherwise: ${option})`;
    case "thousands":
      return `read as numbers with thousands (${shown}; otherwise: ${option})`;
    case "percent":
      return `read as shares, 37.0% as 0.37 (${shown}; otherwise: ${option})`;
    case "compact-date":
      return `read as dates of the form yyyyMMdd (${shown}; otherwise: ${option})`;
    case "odd-cells": {
      const verb = cells === 1 ? "is" : "are";
      return `${cells} of ${count(present, "cell")} ${verb} no ${what} (${shown}), so the column was read as words; ${option}`;
    }
    case "looks-like":
      return `${cells} of ${count(present, "cell")} look like ${what} (${shown}), which needs an option: ${option}`;
  }
}

/** An option of one column, as it is written in TypeScript and on the command line. */
export function optionOf(name: string, value: string): string {
  return `${name}: ${JSON.stringify(value)}, --${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${JSON.stringify(value)}`;
}
