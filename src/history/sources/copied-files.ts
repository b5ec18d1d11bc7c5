import { createDuckDBTable } from "../../database/duckdb/appender.js";
import { quoteIdentifier } from "../../database/duckdb/session.js";
import { HoldfastError } from "../../errors.js";
import type { OpenedChunks } from "../../formats/format.js";
import type { FormatOfFiles } from "../../formats/formats.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import type { DeclaredColumn } from "../../table/grammar/column-plan.js";
import type { ReadingNote } from "../../table/grammar/column-reading.js";
import { type Column, createTable, findColumn, type Table } from "../../table/table.js";
import type { FactDatabase } from "./fact-database.js";
import {
  type FoundSource,
  type MappedSource,
  OPENED_BY,
  type RowPlace,
  type StoredFacts,
  type WantedColumns,
} from "./fact-source.js";
import { declaredColumns, NO_FACTS, notesOf, storedColumn } from "./in-memory.js";

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
  const rowCounts: number[] = [];
  return {
    label,
    names: [...new Set(files.flatMap(({ names }) => names))],
    isRepeatable: true,
    findsKinds: true,
    store: async (relation, wanted) => {
      const stored = await storeFiles(database, argument, relation, files, reading, wanted);
      rowCounts.splice(0, rowCounts.length, ...stored.rowCounts);
      return stored;
    },
    placesOf: (rows) => placesOf(rows, paths, rowCounts, reading),
  };
}

/** The file that each row is in, and the line on which it begins; undefined for formats without lines. */
async function placesOf(
  rows: readonly number[],
  paths: readonly string[],
  rowCounts: readonly number[],
  { format: { files }, encoding, delimiter }: Reading,
): Promise<(RowPlace | undefined)[]> {
  const places: (RowPlace | undefined)[] = rows.map(() => undefined);
  let before = 0;
  for (const [i, file] of paths.entries()) {
    const last = before + (rowCounts[i] ?? 0);
    const inFile = rows.flatMap((row, k) => (row > before && row <= last ? [{ k, row: row - before }] : []));
    const asked = inFile.map(({ row }) => row);
    if (asked.length > 0) {
      const place = { function: OPENED_BY, file };
      const lines = (await files.linesOf?.(file, place, asked, { encoding, delimiter })) ?? [];
      lines.forEach((line, n) => {
        if (Number.isFinite(line)) places[inFile[n].k] = { file, line };
      });
    }
    before = last;
  }
  return places;
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
): Promise<StoredFacts & { readonly rowCounts: readonly number[] }> {
  if (wanted.names.length === 0) return { ...NO_FACTS, rowCounts: [] };
  const { format, ...options } = reading;
  const open = async (declared: Record<string, DeclaredColumn>) => {
    const opened: (OpenedChunks | undefined)[] = [];
    for (const { path, names } of files) {
      const select = wanted.names.filter((name) => names.includes(name));
      const kinds = Object.entries(declared).filter(([name]) => select.includes(name));
      const columns = Object.fromEntries(kinds);
      const chunks = await unlessEmpty(() =>
        format.files.openChunks(
          path,
          { function: OPENED_BY, file: path },
          {
            ...options,
            columns,
            select: select.length > 0 ? select : names,
            chunkRows: CHUNK_ROWS,
          },
        ),
      );
      opened.push(chunks);
    }
    return opened;
  };
  const declared = declaredColumns(wanted);
  let all = await open(declared);
  const disputed = disputedColumns(all.filter((each) => each !== undefined));
  if (disputed.length > 0) {
    const words = disputed.map((name): [string, DeclaredColumn] => [name, "categorical"]);
    all = await open({ ...declared, ...Object.fromEntries(words) });
  }
  const opened = all.filter((each) => each !== undefined);

  const layout = wanted.names.map(
    (name): ColumnSchema =>
      opened.flatMap(({ columns }) => columns).find((column) => column.name === name) ?? {
        name,
        kind: wanted.asText.has(name) ? "text" : "numeric",
      },
  );
  const total = opened.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const appender = await createDuckDBTable(database.session, relation, layout, { signal: reading.signal });
  let done = 0;
  const notes = new Map<string, ReadingNote>();
  for (const file of opened) {
    for await (const chunk of file.chunks()) {
      for (const note of chunk.columns.flatMap(notesOf)) notes.set(JSON.stringify(note), note);
      await appender.append(laidOut(chunk, layout));
      done += chunk.rowCount;
      if (done < total) database.pulse.report({ phase: `reading ${argument}`, done, total });
    }
  }
  appender.close();
  return {
    relation: quoteIdentifier(relation),
    columns: layout.map(storedColumn),
    rowCount: total,
    rowCounts: all.map((file) => file?.rowCount ?? 0),
    notes: [...notes.values()],
  };
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
