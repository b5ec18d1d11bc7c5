import { createDuckDBTable } from "../../database/duckdb/appender.js";
import { quoteIdentifier } from "../../database/duckdb/session.js";
import { HoldfastError } from "../../errors.js";
import type { OpenedChunks } from "../../formats/format.js";
import type { FormatOfFiles } from "../../formats/formats.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import type { DeclaredKind } from "../../table/grammar/column-plan.js";
import { type Column, createTable, findColumn, type Table } from "../../table/table.js";
import type { FactDatabase } from "./fact-database.js";
import {
  type FoundSource,
  type MappedSource,
  OPENED_BY,
  type StoredFacts,
  type WantedColumns,
} from "./fact-source.js";
import { NO_FACTS, storedColumn, textKinds } from "./in-memory.js";

/** Rows that are copied at a time. */
const CHUNK_ROWS = 65_536;

/** How the files of one source are read. */
interface Reading {
  readonly format: FormatOfFiles;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One file, and the names in it. */
interface NamedFile {
  readonly path: string;
  readonly names: readonly string[];
}

/** Files whose rows are copied into the database, one file after the other; a column that a file does not have is missing there. */
export async function findCopiedFiles(
  database: FactDatabase,
  argument: string,
  label: string,
  paths: readonly string[],
  format: FormatOfFiles,
  { encoding, delimiter }: MappedSource,
): Promise<FoundSource> {
  const reading: Reading = { format, encoding, delimiter, signal: database.work.signal };
  const files: NamedFile[] = [];
  for (const path of paths) files.push({ path, names: await namesOf(path, reading) });
  return {
    label,
    names: [...new Set(files.flatMap(({ names }) => names))],
    store: (relation, wanted) => storeFiles(database, argument, relation, files, reading, wanted),
  };
}

async function namesOf(path: string, { format, ...options }: Reading): Promise<readonly string[]> {
  return format.files.columnNames(path, { function: OPENED_BY, file: path }, options);
}

async function storeFiles(
  database: FactDatabase,
  argument: string,
  relation: string,
  files: readonly NamedFile[],
  reading: Reading,
  wanted: WantedColumns,
): Promise<StoredFacts> {
  if (wanted.names.length === 0) return NO_FACTS;
  const { format, ...options } = reading;
  const open = async (declared: Record<string, DeclaredKind>) => {
    const opened: OpenedChunks[] = [];
    for (const { path, names } of files) {
      const select = wanted.names.filter((name) => names.includes(name));
      const kinds = Object.entries(declared).filter(([name]) => select.includes(name));
      const columns = Object.fromEntries(kinds);
      const chunks = await unlessEmpty(() =>
        format.files.openChunks(
          path,
          { function: OPENED_BY, file: path },
          { ...options, columns, select: select.length > 0 ? select : names, chunkRows: CHUNK_ROWS },
        ),
      );
      if (chunks !== undefined) opened.push(chunks);
    }
    return opened;
  };
  const declared = textKinds(wanted.names, wanted.asText);
  let opened = await open(declared);
  const disputed = disputedColumns(opened);
  if (disputed.length > 0) {
    const words = disputed.map((name): [string, DeclaredKind] => [name, "categorical"]);
    opened = await open({ ...declared, ...Object.fromEntries(words) });
  }

  const layout = wanted.names.map(
    (name): ColumnSchema =>
      opened.flatMap(({ columns }) => columns).find((column) => column.name === name) ?? {
        name,
        kind: Object.hasOwn(declared, name) ? "text" : "numeric",
      },
  );
  const total = opened.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const appender = await createDuckDBTable(database.session, relation, layout, { signal: reading.signal });
  let done = 0;
  for (const file of opened) {
    for await (const chunk of file.chunks()) {
      await appender.append(laidOut(chunk, layout));
      done += chunk.rowCount;
      if (done < total) database.pulse.report({ phase: `reading ${argument}`, done, total });
    }
  }
  appender.close();
  return { relation: quoteIdentifier(relation), columns: layout.map(storedColumn), rowCount: total };
}

/** Columns that are numbers in one file and dates or words in another. */
function disputedColumns(files: readonly OpenedChunks[]): string[] {
  const typeOf = new Map<string, string>();
  const disputed = new Set<string>();
  for (const column of files.flatMap(({ columns }) => columns)) {
    const { type } = storedColumn(column);
    if ((typeOf.get(column.name) ?? type) !== type) disputed.add(column.name);
    typeOf.set(column.name, type);
  }
  return [...disputed];
}

/** The chunk with the columns of the layout; columns that it does not have are filled with missing values. */
function laidOut(chunk: Table, layout: readonly ColumnSchema[]): Table {
  return createTable(
    layout.map(({ name, kind }): Column => {
      const column = findColumn(chunk, name);
      if (column !== undefined) return column;
      if (kind === "numeric")
        return { name, kind, values: new Float64Array(chunk.rowCount).fill(Number.NaN) };
      return { name, kind: "text", values: new Array<string | null>(chunk.rowCount).fill(null) };
    }),
  );
}

/** The result of a reader, or undefined for a file with a header and no rows. */
async function unlessEmpty<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof HoldfastError && error.code === "data.empty") return undefined;
    throw error;
  }
}
