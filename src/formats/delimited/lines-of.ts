import { Problems } from "../../errors.js";
import type { Place } from "../../table/resolve-column.js";
import { delimitedBatches } from "./batches.js";
import type { Delimiters } from "./header.js";

/** The line on which each row of a delimited file begins, both from 1; NaN for rows that the file does not have. */
export async function linesOfRows(
  path: string,
  place: Place,
  rows: readonly number[],
  options: Delimiters & { readonly encoding?: string | undefined },
): Promise<number[]> {
  const batches = delimitedBatches({
    ...options,
    path,
    place,
    problems: new Problems(),
    beat: () => Promise.resolve(),
  });
  const last = Math.max(...rows);
  const found = rows.map(() => Number.NaN);
  let before = 0;
  for await (const { recordCount, lines } of batches) {
    rows.forEach((row, i) => {
      if (row > before && row <= before + recordCount) found[i] = lines[row - before - 1];
    });
    before += recordCount;
    if (before >= last) break;
  }
  return found;
}
