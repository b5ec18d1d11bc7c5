import { checkOptions, checkTexts } from "../arguments.js";
import { HoldfastError, invalidArgument } from "../errors.js";
import { tableOfGiven } from "../table/given/table-of-given.js";
import { checkReadingPlan, withComposedNames } from "../table/grammar/column-plan.js";
import type { Table } from "../table/table.js";
import { FRAMES } from "./frames.js";
import { matrix } from "./kinds/matrix.js";
import { tensor } from "./kinds/tensor.js";
import { notAFrame, unknownFrame } from "./not-a-frame.js";
import { TABLE_FROM_OPTIONS, type TableFromOptions } from "./options.js";

/**
 * Makes a table of a data frame, or of anything else with columns that is in memory: row objects, columns as arrays, a
 * `DataFrame` of danfojs or Polars, a table, record batch or IPC bytes of Apache Arrow, a table of arquero, a result of DuckDB, a
 * tensor (with `columnNames`), or a table of this package, which is returned as it is. A frame is known by its members: no
 * package of these is loaded but Arrow's, for Arrow and Polars.
 *
 * The same data become the same table as from a file: all values of a column decide its kind, null, undefined, NaN and an
 * invalid `Date` (NaT) are missing, texts are read by the rules of text, whole numbers beyond ±2^53 become text. Doubles of Arrow
 * in one batch without missing values, and columns that are a `Float64Array`, are not copied: the table has the same memory,
 * so they may not be written to afterwards.
 * @example
 * const table = await tableFrom({ tenure: [3, 14, 40], plan: ["basic", "family", null] });
 * @example
 * const model = await trainChurnModel(await tableFrom(dataFrame), { label: "churn" });
 * @throws HoldfastError with all problems: names that repeat, lists and structures in cells, infinite numbers, columns of
 * different lengths, no rows, no columns, a single column in the place of a frame.
 */
export async function tableFrom(source: object, given: TableFromOptions = {}): Promise<Table> {
  checkOptions("tableFrom", given, TABLE_FROM_OPTIONS);
  checkReadingPlan("tableFrom", given);
  if (given.exclude !== undefined) checkTexts("tableFrom", "exclude", given.exclude);
  if (given.columnNames !== undefined) checkTexts("tableFrom", "columnNames", given.columnNames);
  if (given.source !== undefined && typeof given.source !== "string")
    invalidArgument("tableFrom", "source", "must be a text", given.source);
  const refused = notAFrame(source);
  if (refused !== undefined) throw new HoldfastError(refused);
  const kind = FRAMES.find(({ recognizes }) => recognizes(source));
  if (kind === undefined) throw new HoldfastError(unknownFrame(source));
  if (given.columnNames !== undefined && kind !== matrix && kind !== tensor) {
    const expected = `must be left out, columns of this source (${kind.name}) have names`;
    invalidArgument("tableFrom", "columnNames", expected, given.columnNames);
  }
  const options = withComposedNames(given);
  const read = await kind.read(source, options);
  return "cellsOf" in read ? tableOfGiven(read, options, "tableFrom") : read;
}
