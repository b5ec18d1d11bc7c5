import { randomUUID } from "node:crypto";
import { chmod, type FileHandle, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { HoldfastError } from "../errors.js";

/**
 * Writes a file whole or not at all: `write` fills a temporary file beside the target, which is then flushed to the
 * disk and renamed. Whatever fails, the temporary file goes and what was there before stays.
 * @throws HoldfastError `data.unwritable` when the target is a directory or device, or its folder is missing or closed.
 */
export async function writeWhole(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  const { target, mode } = await checkTarget(path);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`);
  try {
    await write(temporary);
    if (mode !== undefined) await chmod(temporary, mode);
    await flush(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw isSystemError(error) ? unwritable(path, error) : error;
  }
  await flushFolder(dirname(target));
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
    throw isSystemError(error) ? unwritable(path, error) : error;
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

/** Makes the rename itself last; not every file system lets a folder be flushed. */
async function flushFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, "r");
    await handle.sync();
  } catch {
    // The file itself is whole on the disk already.
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
