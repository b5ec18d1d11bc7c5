import { existsSync } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { count } from "../../errors.js";
import { isTemporaryName } from "../../files/leftovers.js";
import { formatOf } from "../../formats/formats.js";
import { journalPath, manifestPath, notesFolder } from "./manifest.js";

/** Where a job writes: files or folders that earlier runs of it may have left among its inputs. */
export interface JobPaths {
  readonly output: string | undefined;
  readonly rejects: string | undefined;
}

/** Files that are read, and what is said of those that are not. */
export interface ReadFiles {
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Leaves out what jobs wrote among the inputs: files in folders of scores, the scores and rejects of an earlier run of the
 * same job, temporary files. A file in their place that holds something else is an input, which the job then refuses to replace.
 * @param folder where the files are.
 */
export async function withoutOutputs(
  files: readonly string[],
  folder: string,
  { output, rejects }: JobPaths,
): Promise<ReadFiles> {
  // Also where there is no such folder.
  if (files.length === 0) return { files, notes: [] };
  const [outputPath, rejectsPath] = await Promise.all([output, rejects].map(realOf));
  const base = await realpath(folder);
  const isWithin = outputPath?.startsWith(`${base}/`) === true;
  const written = new Map<string, number>();
  const kept: string[] = [];
  const known = new Map<string, boolean>();
  for (const file of files) {
    const path = join(base, file);
    const scores = folderOfScores(file, folder, known);
    const where =
      scores ??
      (isWithin && path.startsWith(`${outputPath}/`) ? output : undefined) ??
      (path === outputPath && (await holdsScores(path)) ? output : undefined) ??
      (path === rejectsPath && (await holdsRejects(path)) ? rejects : undefined);
    if (where === undefined && !isTemporaryName(file.slice(file.lastIndexOf("/") + 1))) kept.push(file);
    else if (where !== undefined) written.set(where, (written.get(where) ?? 0) + 1);
  }
  const notes = [...written].map(
    ([where, number]) =>
      `${where} holds what a job of holdfast wrote: ${count(number, "file")} there ${number === 1 ? "is" : "are"} not read`,
  );
  return { files: kept, notes };
}

/** Whether a folder is one that a job writes its parts into. */
export function isFolderOfScores(folder: string): boolean {
  return (
    existsSync(notesFolder(folder)) && (existsSync(manifestPath(folder)) || existsSync(journalPath(folder)))
  );
}

/** The folder of scores that a file is in, below the folder that is read. @param known for each folder that was looked at. */
function folderOfScores(file: string, base: string, known: Map<string, boolean>): string | undefined {
  for (let folder = dirname(file); folder !== "."; folder = dirname(folder)) {
    const isOfScores = known.get(folder) ?? isFolderOfScores(join(base, folder));
    known.set(folder, isOfScores);
    if (isOfScores) return join(base, folder);
  }
  return undefined;
}

/** Whether a file has the columns of scores. */
async function holdsScores(path: string): Promise<boolean> {
  try {
    const names = await formatOf("scoreFile", "output", path).files.columnNames(path, { file: path }, {});
    return ["id", "probability", "tier"].every((name, column) => names[column] === name);
  } catch {
    return false;
  }
}

/** Whether a file is one of rejects, which may be empty. */
async function holdsRejects(path: string): Promise<boolean> {
  const head = Buffer.alloc(REJECTS_CSV.length);
  const handle = await open(path, "r");
  try {
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const text = head.toString("utf8", 0, bytesRead);
    return text === "" || text === REJECTS_CSV || text.startsWith(REJECTS_NDJSON);
  } finally {
    await handle.close();
  }
}

const REJECTS_CSV = "source,row,line,column,reason,content";
const REJECTS_NDJSON = '{"source":';

/** The real path of a file or folder that may not be there yet. */
async function realOf(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : realpath(path).catch(() => undefined);
}
