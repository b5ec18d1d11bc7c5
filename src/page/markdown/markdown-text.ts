import { printable } from "../../printing/printable.js";

/**
 * A text as Markdown (GitHub's too) that shows it as it is: no emphasis, links, code, formulas or HTML, and nothing that makes a list or a
 * heading of a line. Within words `_` stays as it is, for names of columns.
 */
export function markdownText(text: string): string {
  return markdownCell(text)
    .replace(/^(?:#+(?=\s|$)|[+-](?=\s|$)|=+$|-{2}|>)/u, "\\$&")
    .replace(/^(\d+)([.)])(?=\s|$)/u, "$1\\$2");
}

/** The same within a table or after other text, where the beginning means nothing. `|` is left to the table. */
export function markdownCell(text: string): string {
  return printable(text)
    .replace(/[\\`*[\]<~$]/gu, "\\$&")
    .replace(/(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu, (marks) => marks.replaceAll("_", "\\_"))
    .replace(/&(?=#?\w+;)/gu, "\\&")
    .replace(/(?<=\b(?:https?|ftp)):(?=\/\/)/giu, "\\:")
    .replace(/\bwww\./giu, "www\\.");
}
