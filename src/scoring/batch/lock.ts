import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { lockFile } from "../../files/lock-file.js";
import { makeFolder } from "../../files/make-folder.js";
import { notesFolder } from "./manifest.js";

/** Locks an output folder against other jobs. @returns a function that unlocks it. @throws HoldfastError when a job is at work there. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await makeFolder(notesFolder(folder));
  const unlock = await lockFile(join(notesFolder(folder), "lock"), folder);
  await removeUnlinked(folder);
  return unlock;
}

/** Removes the files of jobs that were killed before they could link them; call it only with the lock. */
async function removeUnlinked(folder: string): Promise<void> {
  const notes = notesFolder(folder);
  for (const name of await readdir(notes)) {
    if (name.startsWith("lock-")) await rm(join(notes, name), { force: true });
  }
}
