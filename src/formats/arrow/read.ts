import type { RecordBatch } from "apache-arrow";
import { HoldfastError, Problems } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import type { Extent } from "../../rows/row-source.js";
import { TypedCollector } from "../../rows/typed-collector.js";
import {
  checkColumnNames,
  checkDeclaredColumns,
  readColumns,
  typeProblem,
} from "../../table/column-names.js";
import type { ReadingPlan } from "../../table/grammar/column-plan.js";
import type { Place } from "../../table/resolve-column.js";
import { createTable, type Table } from "../../table/table.js";
import { arrowError, recordBatches } from "./batches.js";
import { type CellType, cellTypeOf } from "./cell-types.js";
import { loadArrow } from "./load.js";

/** How an Arrow file is to be read. */
export interface ArrowOptions extends LongWork, ReadingPlan {
  readonly exclude?: readonly string[] | undefined;
}

interface ReadColumn {
  readonly name: string;
  readonly place: number;
  readonly type: CellType;
}

/**
 * Reads an Arrow file or stream. Numbers, booleans, dates and timestamps (UTC) keep their type; text follows the same rules
 * as text in other files; columns with integers beyond ±2^53 become text. Nested and binary columns are problems, unless
 * they are excluded.
 */
export async function readArrow(path: string, place: Place, options: ArrowOptions): Promise<Table> {
  const arrow = await loadArrow();
  const pulse = new Pulse(options);
  const problems = new Problems();
  let columns: readonly ReadColumn[] = [];
  let collector: TypedCollector | undefined;
  let extent: Extent = { done: 0, total: undefined };
  const onExtent = (now: Extent) => {
    extent = now;
  };
  try {
    for await (const batch of recordBatches(arrow, { path }, place, onExtent)) {
      if (collector === undefined) {
        columns = columnsOf(arrow, batch, options, problems, place);
        problems.throwIfAny();
        const typed = columns.map(({ name, type: { isDate, isLocal } }) => ({ name, isDate, isLocal }));
        collector = new TypedCollector(typed, problems, place);
      }
      const from = collector.rowCount;
      for (const [c, { place: at, type }] of columns.entries()) {
        const read = type.reader(batch.data.children[at]);
        for (let row = 0; row < batch.numRows; row++) collector.put(c, from + row, read(row));
      }
      collector.rowCount += batch.numRows;
      pulse.report({ phase: "reading", done: extent.done, total: extent.total ?? extent.done });
      await pulse.beat();
    }
  } catch (error) {
    throw arrowError(error, place);
  }
  if (collector === undefined || collector.rowCount === 0) {
    const problem = {
      code: "data.empty",
      path: place,
      expected: "must have rows",
      received: undefined,
    } as const;
    throw new HoldfastError(problem);
  }
  const table = collector.finish(options);
  problems.throwIfAny();
  return createTable(table, path);
}

function columnsOf(
  arrow: Awaited<ReturnType<typeof loadArrow>>,
  { schema: { fields } }: RecordBatch,
  { columns: declared = {}, exclude }: ArrowOptions,
  problems: Problems,
  place: Place,
): ReadColumn[] {
  const names = checkColumnNames(
    fields.map(({ name }) => String(name)),
    problems,
    place,
  );
  checkDeclaredColumns(declared, names, problems, place);
  const isRead = readColumns(names, exclude, problems, place);
  return fields.flatMap(({ type: given }, at): ReadColumn[] => {
    if (!isRead[at]) return [];
    const type = cellTypeOf(arrow, given, "numbers");
    if (type !== undefined) return [{ name: names[at], place: at, type }];
    problems.add(typeProblem(names[at], String(given), place));
    return [];
  });
}

/** The names of the columns of an Arrow file or stream. */
export async function arrowNames(path: string, place: Place): Promise<string[]> {
  const arrow = await loadArrow();
  for await (const { schema } of recordBatches(arrow, { path }, place))
    return schema.fields.map(({ name }) => String(name));
  return [];
}
