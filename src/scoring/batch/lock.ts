import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { HoldfastError } from "../../errors.js";
import { isRunning } from "../../files/leftovers.js";
import { makeFolder } from "../../files/make-folder.js";
import { unwritableIfSystem, writingTo } from "../../files/write-faults.js";
import { notesFolder } from "./manifest.js";

/** Locks an output folder against other jobs. @returns a function that unlocks it. @throws HoldfastError when a job is at work there. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await makeFolder(notesFolder(folder));
  const path = join(notesFolder(folder), "lock");
  const guarded = writingTo(path);
  const own = `${path}-${randomUUID()}`;
  for (;;) {
    // Written under another name and then linked, so that a lock never exists without its holder's name.
    await guarded(() => writeFile(own, `${process.pid} ${hostname()}`));
    try {
      await link(own, path);
      await removeUnlinked(folder);
      return () => rm(path, { force: true });
    } catch (error) {
      // The job that got the lock meanwhile removed the file of this one.
      if (!["EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) {
        throw unwritableIfSystem(path, error);
      }
    } finally {
      await rm(own, { force: true }).catch(() => {});
    }
    const holder = await readFile(path, "utf8").catch(() => "");
    const since = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
    if (isAtWork(holder, since)) {
      throw new HoldfastError({
        code: "resource.busy",
        path: { file: folder },
        expected: "must be written by one job at a time",
        received: `process ${holder}`,
        hint: `if there is no such job any more, remove ${path}`,
      });
    }
    // The job that held it was killed.
    await guarded(() => rm(path, { force: true }));
  }
}

/** Removes the files of jobs that were killed before they could link them; call it only with the lock. */
async function removeUnlinked(folder: string): Promise<void> {
  const notes = notesFolder(folder);
  for (const name of await readdir(notes)) {
    if (name.startsWith("lock-")) await rm(join(notes, name), { force: true });
  }
}

/** @param since when it was written, in milliseconds. */
function isAtWork(holder: string, since: number): boolean {
  const [pid, host] = holder.split(" ");
  // It was unlocked meanwhile.
  if (holder === "") return false;
  return host !== hostname() || isRunning(Number(pid), since);
}
