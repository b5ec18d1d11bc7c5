import stringWidth from "string-width";

/** Cells as they stand; numbers are aligned right. */
export type Cell = string | number;

/** A table for a terminal: columns as wide as their widest cell (Chinese characters count two), two spaces between. */
export function textTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [head, ...rows].map((row) => row.map((cell) => printable(String(cell))));
  const widths = head.map((_, column) => Math.max(...texts.map((row) => stringWidth(row[column] ?? ""))));
  const isRight = head.map((_, column) => rows.every((row) => isNumberLike(row[column])));
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => {
        const gap = " ".repeat(widths[column] - stringWidth(text));
        return isRight[column] ? gap + text : text + gap;
      })
      .join("  ")
      .trimEnd();
  return [
    line(texts[0]),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...texts.slice(1).map(line),
  ].join("\n");
}

/** Text from data without control characters, which could drive the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "�");
}

function isNumberLike(cell: Cell | undefined): boolean {
  return (
    typeof cell === "number" || (cell !== undefined && /^[−–+-]?[\d.,]+( ?%)?( .*\d\]?)?$|^–$/u.test(cell))
  );
}
