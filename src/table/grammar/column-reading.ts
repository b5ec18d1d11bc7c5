import { count, showValue } from "../../errors.js";
import type { CellFormat } from "./cell-format.js";
import type { DeclaredKind } from "./declared-kind.js";

/** What a note of reading can be about. */
export type ReadingNoteKind =
  | "markers"
  | "markers-beside"
  | "money"
  | "thousands"
  | "percent"
  | "compact-date"
  | "odd-cells"
  | "odd-dates"
  | "currencies"
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
  /**
   * What decides otherwise, as data.
   * @internal
   */
  readonly decidedBy?: Remedy | undefined;
}

/** How a column was read, where its cells were not plain. */
export interface ColumnReading {
  /** What reads further cells in the same way, beside the kind. */
  readonly format?: CellFormat | undefined;
  /** Texts that were taken as missing. */
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
  /** What decides otherwise, or reads the column. Default: to declare it as categorical or text. */
  readonly remedy?: Remedy;
}

/** What decides how a column is read: a kind that it is declared as, a format, or a text that is taken as missing or kept. */
export type Remedy =
  | { readonly kind: DeclaredKind }
  | { readonly formats: readonly CellFormat[] }
  | { readonly marker: string; readonly kind: DeclaredKind }
  | { readonly keepMarkersOf: string };

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
    ...(finding.remedy === undefined ? {} : { decidedBy: finding.remedy }),
  };
}

function sentenceOf({ kind, cells, present, what = "", remedy }: Finding, shown: string): string {
  const all = count(cells, "cell");
  const option = remedyText(remedy);
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
    case "odd-dates": {
      const verb = cells === 1 ? "is" : "are";
      return `${cells} of ${count(present, "cell")} ${verb} no date of the form yyyyMMdd (${shown}), so the column was read as numbers; ${option}`;
    }
    case "currencies":
      return `${cells} of ${count(present, "cell")} are money in several currencies, ${what} (${shown}), so the column was read as words: convert it to one currency`;
    case "looks-like":
      return `${cells} of ${count(present, "cell")} look like ${what} (${shown}), which needs an option: ${option}`;
  }
}

/** In TypeScript and on the command line, as a model that keeps the note is read with both. */
function remedyText(remedy: Remedy | undefined): string {
  if (remedy === undefined) return "declare it as categorical or text (columns, --columns)";
  if ("keepMarkersOf" in remedy) {
    const column = remedy.keepMarkersOf;
    return `columns: { ${JSON.stringify(column)}: { missing: [] } }, --missing ${JSON.stringify(`${column}=`)}`;
  }
  if ("formats" in remedy) {
    return remedy.formats.map((format) => Object.entries(format).map(optionOf).join("; ")).join(" or ");
  }
  const declare = `declare it as ${remedy.kind} (columns, --columns)`;
  if (!("marker" in remedy)) return declare;
  const { marker } = remedy;
  const missing = `missing: [${JSON.stringify(marker)}], --missing ${JSON.stringify(marker)}`;
  return `to take it as missing: ${missing}; to be shown every such cell: ${declare}`;
}

function optionOf([name, value]: [string, unknown]): string {
  const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return value === true
    ? `${name}: true, --${dashed}`
    : `${name}: ${JSON.stringify(value)}, --${dashed} ${JSON.stringify(value)}`;
}
