import { expect } from "vitest";
import type { HoldfastError } from "../../src/errors.js";
import { type ReadChunksOptions, readTableChunks } from "../../src/formats/read-chunks.js";
import type { Column, Table } from "../../src/table/table.js";

/** All tables of a pass. */
export async function all(chunks: AsyncIterable<Table>): Promise<Table[]> {
  const tables: Table[] = [];
  for await (const chunk of chunks) tables.push(chunk);
  return tables;
}

/** All chunks of a file. */
export async function chunksOf(path: string, options: ReadChunksOptions = {}): Promise<Table[]> {
  return all((await readTableChunks(path, options)).chunks());
}

/** All chunks one after the other as one table, with the categories of the last. Every chunk must say the same of a column. */
export function joined(chunks: readonly Table[]): Column[] {
  return chunks[chunks.length - 1].columns.map((last, i): Column => {
    const columns = chunks.map((chunk) => chunk.columns[i]);
    for (const column of columns) expect(readAs(column)).toEqual(readAs(last));
    if (last.kind === "categorical") {
      const codes = Int32Array.from(columns.flatMap((column) => [...(column as typeof last).codes]));
      return { ...last, codes };
    }
    const values = columns.flatMap((column) => [...(column as typeof last).values]);
    return last.kind === "text"
      ? { ...last, values: values as (string | null)[] }
      : { ...last, values: Float64Array.from(values as number[]) };
  });
}

/** A column without its cells. */
function readAs({ kind, name, reading, ...rest }: Column) {
  return { kind, name, reading, isDate: "isDate" in rest && rest.isDate };
}

/** The error with which the work fails. */
export const failure = (work: Promise<unknown>): Promise<HoldfastError> =>
  work.then(
    () => expect.unreachable("it was read"),
    (error: HoldfastError) => error,
  );

/** Columns without the examples in their notes, the places of these and the order of markers, which sources know differently well. */
export function withoutPlaces(columns: readonly Column[]): Column[] {
  return columns.map((column) => {
    if (column.reading === undefined) return column;
    const notes = column.reading.notes.map(({ kind, cells }) => ({ kind, cells }));
    const { markers } = column.reading;
    const ordered = markers === undefined ? {} : { markers: [...markers].sort() };
    return { ...column, reading: { ...column.reading, ...ordered, notes } } as unknown as Column;
  });
}
