import { displayWidth } from "./display-width.js";
import { printable } from "./printable.js";

/** A cell as it is shown; columns of numbers are aligned right. */
export type Cell = string | number;

/** A table as data, to be drawn for a terminal or as Markdown. */
export interface TableText {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Which columns are aligned right. Default: those whose cells all read as numbers. */
  readonly isRight?: readonly boolean[] | undefined;
}

/** A table for a terminal: columns as wide as their widest cell (a Chinese character is two wide), two spaces between. */
export function textTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const { lines, widths } = aligned({ head, rows });
  const drawn = lines.map((cells) => cells.join("  ").trimEnd());
  return [drawn[0], widths.map((width) => "─".repeat(width)).join("  "), ...drawn.slice(1)].join("\n");
}

/** The same as a Markdown table, its columns aligned so that it can be read in a terminal too. */
export function markdownTable({ head, rows, isRight: given }: TableText): string {
  const escaped = (cell: Cell) => (typeof cell === "string" ? cell.replaceAll("|", "\\|") : cell);
  const { lines, widths, isRight } = aligned(
    {
      head: head.map((cell) => String(escaped(cell))),
      rows: rows.map((row) => row.map(escaped)),
      isRight: given,
    },
    // The least width of a rule that marks how its column is aligned.
    3,
  );
  const drawn = lines.map((cells) => `| ${cells.join(" | ")} |`);
  const rule = widths.map((width, column) =>
    isRight[column] ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  return [drawn[0], `| ${rule.join(" | ")} |`, ...drawn.slice(1)].join("\n");
}

function aligned({ head, rows, isRight: given }: TableText, least = 0) {
  const texts = [head, ...rows].map((row) => row.map((cell) => printable(String(cell))));
  const widths = head.map((_, column) =>
    Math.max(least, ...texts.map((row) => displayWidth(row[column] ?? ""))),
  );
  const isRight = given ?? head.map((_, column) => rows.every((row) => isNumberLike(row[column])));
  const lines = texts.map((row) =>
    row.map((text, column) => {
      const gap = " ".repeat(widths[column] - displayWidth(text));
      return isRight[column] ? gap + text : text + gap;
    }),
  );
  return { lines, widths, isRight };
}

/** Whether a cell reads as a number, perhaps with an interval after it, or as the dash in the place of one. */
export function isNumberLike(cell: Cell | undefined): boolean {
  return (
    typeof cell === "number" || (cell !== undefined && /^[−–+-]?[\d.,]+( ?%)?( .*\d\]?)?$|^–$/u.test(cell))
  );
}
