import { count } from "../../errors.js";
import { printable } from "../../printing/printable.js";
import type { UnseenCategories } from "../../vectors/vectorizer.js";

/** A line for each column with categories that the training data did not have. */
export function unseenLines(unseen: readonly UnseenCategories[]): string[] {
  return unseen.map(
    ({ column, rows, examples }) =>
      `${printable(column)} has ${count(rows, "row")} with categories that were not in the training data, scored as other: ${examples.map(printable).join(", ")}`,
  );
}
