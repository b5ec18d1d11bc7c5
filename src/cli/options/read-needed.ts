import { HoldfastError } from "../../errors.js";
import { type ReadTableOptions, readTable } from "../../formats/read-table.js";
import type { Table } from "../../table/table.js";

/** A table, and the columns of its file that could not be read and are not needed. */
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
  file: string,
  options: ReadTableOptions,
  isNeeded: (column: string) => boolean,
): Promise<NeededTable> {
  const unread = new Set<string>();
  for (;;) {
    try {
      return { table: await readTable(file, { ...options, exclude: [...unread] }), unread: [...unread] };
    } catch (error) {
      const more = error instanceof HoldfastError ? unreadable(error).filter((name) => !isNeeded(name)) : [];
      if (more.every((name) => unread.has(name))) throw error;
      for (const name of more) unread.add(name);
    }
  }
}

function unreadable({ problems }: HoldfastError): string[] {
  return problems.flatMap(({ code, path }) =>
    OF_CELLS.includes(code) && path.column !== undefined ? [path.column.trim().normalize("NFC")] : [],
  );
}
