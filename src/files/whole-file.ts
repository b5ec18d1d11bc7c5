import { renameSync, statSync } from "node:fs";
import { chmod, type FileHandle, open, realpath, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { HoldfastError } from "../errors.js";
import { removeLeftoversOf, temporaryName } from "./leftovers.js";
import { unwritable, unwritableIfSystem } from "./write-faults.js";

/** A file that is written next to its target, and replaces it at the end or not at all. */
export interface WholeFile {
  /** Where to write. */
  readonly temporary: string;
  /** The file that it becomes: the one behind a symbolic link. */
  readonly target: string;
  /**
   * Flushes it to the disk and renames it to the target.
   * @param isFlushed whether the caller has flushed it. Default false.
   */
  commit(isFlushed?: boolean): Promise<void>;
  /** Removes what was written; what was there before stays. Does nothing after {@link commit}. */
  abandon(): Promise<void>;
}

/** How a whole file is written. */
export interface WholeFileOptions {
  /** Whether the caller itself makes the rename durable, by {@link flushFolder}, for many files at once. Default false. */
  readonly leavesFolder?: boolean | undefined;
  /** The file that errors name, for one that the user does not know. Default: the target. */
  readonly shownAs?: string | undefined;
}

/**
 * Writes a file whole or not at all: `write` fills a temporary file next to the target, which is then flushed to the
 * disk and renamed. When anything fails, the temporary file is removed and what was there before stays. What a killed
 * process left of the same target is removed first.
 * @throws HoldfastError `data.unwritable` when the target is a directory or device, or its folder is missing or not
 * writable.
 */
export async function writeWhole(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  const file = await beginWhole(path);
  await removeLeftoversOf(file.target);
  try {
    await write(file.temporary);
    await file.commit();
  } catch (error) {
    await file.abandon();
    throw withFile(path, unwritableIfSystem(path, error));
  }
}

/** Begins a file that the caller then commits or abandons; see {@link writeWhole}. */
export async function beginWhole(
  path: string,
  { leavesFolder = false, shownAs = path }: WholeFileOptions = {},
): Promise<WholeFile> {
  const { target, mode } = await checkTarget(path, shownAs);
  const temporary = temporaryName(target);
  let isDone = false;
  return {
    temporary,
    target,
    async commit(isFlushed = false) {
      try {
        if (!isFlushed) await flush(temporary);
        if (mode !== undefined) await chmod(temporary, mode);
        renameSync(temporary, target);
        isDone = true;
      } catch (error) {
        throw unwritableIfSystem(shownAs, error);
      }
      if (!leavesFolder) await flushFolder(dirname(target));
    },
    async abandon() {
      // What made the work fail is reported, not that its file can't be removed either.
      if (!isDone) await rm(temporary, { force: true }).catch(() => {});
    },
  };
}

/** Writes text or bytes whole or not at all, see {@link writeWhole}. */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeWhole(path, (temporary) => writeFile(temporary, content));
}

/** The path behind a symbolic link, so that the link stays and its target is replaced, and the target's permissions. */
async function checkTarget(path: string, shownAs: string): Promise<{ target: string; mode?: number }> {
  try {
    // In this thread: asking another one costs several times as much, for every part of a job.
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing === undefined) {
      const folder = statSync(dirname(path));
      if (!folder.isDirectory()) throw unwritable(shownAs, undefined, "must lie in a folder");
      return { target: path };
    }
    if (existing.isDirectory()) throw unwritable(shownAs, undefined, "must be a file, it is a directory");
    if (!existing.isFile()) throw unwritable(shownAs, undefined, "must be a file, it is a device or pipe");
    return { target: await realpath(path), mode: existing.mode };
  } catch (error) {
    throw unwritableIfSystem(shownAs, error);
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes renames in a folder durable; not every file system can flush a folder. */
export async function flushFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, "r");
    await handle.sync();
  } catch {
    // The files themselves are already complete on the disk.
  } finally {
    await handle?.close();
  }
}

/** Errors of writers that know only the temporary file, such as DuckDB, name the target. */
function withFile(path: string, error: unknown): unknown {
  if (!(error instanceof HoldfastError) || error.code !== "data.unwritable") return error;
  return new HoldfastError(
    error.problems.map((problem) => ({ ...problem, path: { file: path, ...problem.path } })),
  );
}
