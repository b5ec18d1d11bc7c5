import { createReadStream } from "node:fs";
import { HoldfastError } from "../../errors.js";
import { spool } from "../../files/spooled.js";
import { type ReadTableOptions, readTable } from "../../formats/read-table.js";
import { columnName } from "../../table/column-name.js";
import type { Table } from "../../table/table.js";
import type { CommandSource } from "./source-options.js";

/** A table, and the columns of its source that could not be read and are not needed. */
export interface NeededTable {
  readonly table: Table;
  readonly unread: readonly string[];
}

/** Codes of problems that are about the cells of a column, such as nested ones. */
const OF_CELLS: readonly string[] = ["data.wrong-type", "data.not-finite"];

/**
 * Reads a table; a column that can't be read is left out where it is not needed. All others are read, needed or not: ids
 * say which rows belong together, and fingerprints are of all columns.
 */
export async function readNeeded(
  source: CommandSource,
  options: ReadTableOptions,
  isNeeded: (column: string) => boolean,
): Promise<NeededTable> {
  if (typeof source === "string" || !("stream" in source)) return readTwice(() => source, options, isNeeded);
  // A stream can be read once only.
  const { format, stream } = source;
  const { path, remove } = await spool(stream, options.signal);
  try {
    return await readTwice(() => ({ stream: createReadStream(path), format }), options, isNeeded);
  } finally {
    await remove();
  }
}

async function readTwice(
  source: () => CommandSource,
  options: ReadTableOptions,
  isNeeded: (column: string) => boolean,
): Promise<NeededTable> {
  const unread = new Set<string>();
  for (;;) {
    try {
      return { table: await readTable(source(), { ...options, exclude: [...unread] }), unread: [...unread] };
    } catch (error) {
      const more = error instanceof HoldfastError ? unreadable(error).filter((name) => !isNeeded(name)) : [];
      if (more.every((name) => unread.has(name))) throw error;
      for (const name of more) unread.add(name);
    }
  }
}

function unreadable({ problems }: HoldfastError): string[] {
  return problems.flatMap(({ code, path }) =>
    OF_CELLS.includes(code) && path.column !== undefined ? [columnName(path.column)] : [],
  );
}
