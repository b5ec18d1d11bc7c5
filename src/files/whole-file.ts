import { randomUUID } from "node:crypto";
import {
  chmod,
  type FileHandle,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { HoldfastError } from "../errors.js";

/** A file that is written next to its target, and replaces it at the end or not at all. */
export interface WholeFile {
  /** Where to write. */
  readonly temporary: string;
  /** Flushes it to the disk and renames it to the target. */
  commit(): Promise<void>;
  /** Removes what was written; what was there before stays. Does nothing after {@link commit}. */
  abandon(): Promise<void>;
}

/**
 * Writes a file whole or not at all: `write` fills a temporary file next to the target, which is then flushed to the
 * disk and renamed. When anything fails, the temporary file is removed and what was there before stays.
 * @throws HoldfastError `data.unwritable` when the target is a directory or device, or its folder is missing or not
 * writable.
 */
export async function writeWhole(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  const file = await beginWhole(path);
  try {
    await write(file.temporary);
    await file.commit();
  } catch (error) {
    await file.abandon();
    throw unwritableIfSystem(path, error);
  }
}

/** Begins a file that the caller then commits or abandons; see {@link writeWhole}. */
export async function beginWhole(path: string): Promise<WholeFile> {
  const { target, mode } = await checkTarget(path);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`);
  let isDone = false;
  return {
    temporary,
    async commit() {
      try {
        if (mode !== undefined) await chmod(temporary, mode);
        await flush(temporary);
        await rename(temporary, target);
        isDone = true;
      } catch (error) {
        throw unwritableIfSystem(path, error);
      }
      await flushFolder(dirname(target));
    },
    async abandon() {
      if (!isDone) await rm(temporary, { force: true });
    },
  };
}

/**
 * Removes what killed writers left in a folder: temporary files of one target, or of all. Call it only when no other
 * process writes there.
 */
export async function removeLeftovers(folder: string, target?: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const match = LEFTOVER.exec(name);
    if (match === null || (target !== undefined && match[1] !== target.slice(0, 100))) continue;
    await rm(join(folder, name), { force: true, recursive: true });
  }
}

/** A temporary file's name, and its suffix where several files are needed. */
const LEFTOVER = /^\.(.+)\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.tmp(?:-parts)?$/;

/** The error to throw when writing failed: `data.unwritable` for one of the file system, others as they are. */
export function unwritableIfSystem(path: string, error: unknown): unknown {
  return isSystemError(error) ? unwritable(path, error) : error;
}

/** Runs steps of writing a file, with errors as of {@link unwritableIfSystem}. */
export function writingTo(path: string): <Result>(work: () => Promise<Result>) => Promise<Result> {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      throw unwritableIfSystem(path, error);
    }
  };
}

/** Writes text or bytes whole or not at all, see {@link writeWhole}. */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeWhole(path, (temporary) => writeFile(temporary, content));
}

/** The path behind a symbolic link, so that the link stays and its target is replaced, and the target's permissions. */
async function checkTarget(path: string): Promise<{ target: string; mode?: number }> {
  try {
    const folder = await stat(dirname(path));
    if (!folder.isDirectory()) throw unwritable(path, undefined, "must lie in a folder");
    const existing = await stat(path).catch((error: unknown) => {
      if (isSystemError(error) && error.code === "ENOENT") return undefined;
      throw error;
    });
    if (existing === undefined) return { target: path };
    if (existing.isDirectory()) throw unwritable(path, undefined, "must be a file, it is a directory");
    if (!existing.isFile()) throw unwritable(path, undefined, "must be a file, it is a device or pipe");
    return { target: await realpath(path), mode: existing.mode };
  } catch (error) {
    throw unwritableIfSystem(path, error);
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

/** Makes the rename itself durable; not every file system can flush a folder. */
async function flushFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, "r");
    await handle.sync();
  } catch {
    // The file itself is already complete on the disk.
  } finally {
    await handle?.close();
  }
}

function unwritable(path: string, error?: NodeJS.ErrnoException, expected?: string): HoldfastError {
  const reasons: Record<string, string> = {
    ENOENT: "must lie in a folder that exists",
    ENOTDIR: "must lie in a folder",
    EACCES: "must be writable, permission is denied",
    EPERM: "must be writable, permission is denied",
    EROFS: "must be writable, the file system is read-only",
    ENOSPC: "must fit, the disk is full",
    EDQUOT: "must fit, the quota is used up",
    ENAMETOOLONG: "must be a shorter name",
  };
  const sentence = expected ?? reasons[error?.code ?? ""];
  return new HoldfastError({
    code: "data.unwritable",
    path: { file: path },
    expected: sentence ?? "must be writable",
    received: undefined,
    ...(sentence === undefined && error !== undefined ? { hint: error.message } : {}),
  });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && !(error instanceof HoldfastError) && "syscall" in error;
}
