import { Problems } from "../../errors.js";
import { checkColumnNames } from "../../table/column-names.js";
import type { Place } from "../../table/resolve-column.js";
import type { ReadOptions } from "../format.js";
import { delimitedBatches } from "./batches.js";

/** The names in the header line of a delimited file. @throws HoldfastError for names that are empty or appear twice. */
export async function delimitedNames(
  path: string,
  place: Place,
  { encoding, delimiter }: ReadOptions,
): Promise<readonly string[]> {
  const problems = new Problems();
  const source = { path, place, encoding, delimiter, problems: new Problems(), beat: async () => {} };
  for await (const { header } of delimitedBatches(source)) {
    const names = checkColumnNames(header.names, problems, place);
    problems.throwIfAny();
    return names;
  }
  return [];
}
