import type { DatasetColumn, DatasetColumnKind } from "./dataset.js";

/** Columns by name, with what they mean; an empty text where nothing is known. */
type Meanings = Readonly<Record<string, string>>;

export const numeric = (columns: Meanings): DatasetColumn[] => columnsOf("numeric", columns);
export const categorical = (columns: Meanings): DatasetColumn[] => columnsOf("categorical", columns);
export const date = (columns: Meanings): DatasetColumn[] => columnsOf("date", columns);
export const text = (columns: Meanings): DatasetColumn[] => columnsOf("text", columns);

/** Columns whose meaning is not published: `numbered("numeric", "X_", 1, 50)`. */
export function numbered(
  kind: DatasetColumnKind,
  prefix: string,
  first: number,
  last: number,
): DatasetColumn[] {
  return Array.from({ length: last - first + 1 }, (_, i) => ({ name: `${prefix}${first + i}`, kind }));
}

function columnsOf(kind: DatasetColumnKind, columns: Meanings): DatasetColumn[] {
  return Object.entries(columns).map(([name, meaning]) => ({
    name,
    kind,
    ...(meaning === "" ? {} : { meaning }),
  }));
}
