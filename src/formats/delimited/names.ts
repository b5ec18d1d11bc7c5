import { Problems } from "../../errors.js";
import { checkColumnNames } from "../../table/column-names.js";
import type { Place } from "../../table/resolve-column.js";
import type { ReadOptions } from "../format.js";
import { delimitedBatches } from "./batches.js";
import type { Delimiters } from "./header.js";

/**
 * The names in the header line of a delimited file. Columns without a name have none here, whether they hold values or not.
 * @throws HoldfastError for names that appear twice.
 */
export async function delimitedNames(
  path: string,
  place: Place,
  { encoding, delimiter, usualDelimiter }: ReadOptions & Delimiters,
): Promise<readonly string[]> {
  const problems = new Problems();
  const source = {
    path,
    place,
    encoding,
    delimiter,
    usualDelimiter,
    problems: new Problems(),
    beat: async () => {},
  };
  for await (const { header } of delimitedBatches(source)) {
    const names = checkColumnNames(header.names, problems, place);
    problems.throwIfAny();
    return names.filter((_, field) => !header.unnamed.includes(field));
  }
  return [];
}
