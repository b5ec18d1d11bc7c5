import type { TextColumn } from "../../table/table.js";

/** The names of columns of reasons: `reason_1` and so on. */
export function reasonNames(columns: number): string[] {
  return Array.from({ length: columns }, (_, c) => `reason_${c + 1}`);
}

/**
 * Columns of reasons.
 * @param rows which rows have any, rising.
 * @param texts the sentences of each of these rows.
 */
export function reasonColumns(
  columns: number,
  rowCount: number,
  rows: ArrayLike<number>,
  texts: readonly (readonly string[])[],
): TextColumn[] {
  return reasonNames(columns).map((name, c) => {
    const values = new Array<string | null>(rowCount).fill(null);
    texts.forEach((ofRow, r) => {
      values[rows[r]] = ofRow[c] ?? null;
    });
    return { kind: "text", name, values };
  });
}
