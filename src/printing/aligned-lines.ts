import { clipped, displayWidth, padded } from "./display-width.js";
import { printable } from "./printable.js";

/** Lines are cut to so many columns of the terminal. */
const LINE_WIDTH = 110;

/** Rows of texts as lines, indented by two; columns as wide as their widest text, two blanks between. */
export function alignedLines(rows: readonly (readonly string[])[]): string[] {
  const texts = rows.map((row) => row.map(printable));
  const widths: number[] = [];
  for (const row of texts) {
    row.forEach((text, i) => {
      widths[i] = Math.max(widths[i] ?? 0, displayWidth(text));
    });
  }
  return texts.map((row) => {
    // A column without any text is no column.
    const cells = row.flatMap((text, i) => (widths[i] === 0 ? [] : [padded(text, widths[i])]));
    return clipped(`  ${cells.join("  ").trimEnd()}`, LINE_WIDTH);
  });
}
