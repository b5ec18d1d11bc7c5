import { expect } from "vitest";
import type { HoldfastError } from "../../../src/errors.js";
import { type ReadTableOptions, readTable } from "../../../src/formats/read-table.js";
import type { Column, Table } from "../../../src/table/table.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

/** Functions that write a file into a temporary folder and read it. */
export function delimitedFiles() {
  const folder = temporaryFolder();
  let files = 0;

  async function read(
    content: string | Uint8Array,
    options: ReadTableOptions = {},
    extension = ".csv",
  ): Promise<Table> {
    return readTable(folder.file(`file-${files++}${extension}`, content), options);
  }

  async function failure(
    content: string | Uint8Array,
    options: ReadTableOptions = {},
    extension = ".csv",
  ): Promise<HoldfastError> {
    return read(content, options, extension).then(
      () => expect.unreachable("it was read"),
      (error: HoldfastError) => error,
    );
  }

  return { folder, read, failure };
}

/** A column as its kind and its cells. */
export function shown(column: Column): unknown {
  if (column.kind === "numeric") return [column.isDate ? "date" : "numeric", ...column.values];
  if (column.kind === "text") return ["text", ...column.values];
  return ["categorical", ...Array.from(column.codes, (code) => column.categories[code] ?? null)];
}
