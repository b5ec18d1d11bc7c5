import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { HoldfastError } from "../errors.js";
import { isRunning } from "./leftovers.js";
import { unwritableIfSystem, writingTo } from "./write-faults.js";

/**
 * Makes a lock file that names the process which holds it; one that was left by a killed process does not count. Files with the name of the
 * lock and `-…` behind it are of jobs that want it: the holder may remove them.
 * @param path of the lock file, in a folder that exists.
 * @param target what it locks, for errors.
 * @returns a function that unlocks it.
 * @throws HoldfastError `resource.busy` when a job is at work there, `data.unwritable` where the folder cannot be written to.
 */
export async function lockFile(path: string, target: string): Promise<() => Promise<void>> {
  const own = `${path}-${randomUUID()}`;
  for (;;) {
    // Written under another name and then linked, so that a lock never exists without its holder's name.
    await writingTo(target)(() => writeFile(own, `${process.pid} ${hostname()}`));
    try {
      await link(own, path);
      return () => rm(path, { force: true });
    } catch (error) {
      // The job that got the lock meanwhile may have removed the file of this one.
      if (!["EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) {
        throw unwritableIfSystem(target, error);
      }
    } finally {
      await rm(own, { force: true }).catch(() => {});
    }
    const holder = await readFile(path, "utf8").catch(() => "");
    const since = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
    if (isAtWork(holder, since)) {
      throw new HoldfastError({
        code: "resource.busy",
        path: { file: target },
        expected: "must be written by one job at a time",
        received: `process ${holder}`,
        hint: `if there is no such job any more, remove ${path}`,
      });
    }
    await removeLeft(path, holder);
  }
}

/** Removes the lock of a killed job, unless another job has replaced it meanwhile. */
async function removeLeft(path: string, holder: string): Promise<void> {
  const aside = `${path}-${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    // Another job removed it.
    return;
  }
  if (holder !== "" && (await readFile(aside, "utf8").catch(() => holder)) !== holder)
    await link(aside, path).catch(() => {});
  await rm(aside, { force: true }).catch(() => {});
}

/** @param since when it was written, in milliseconds. */
function isAtWork(holder: string, since: number): boolean {
  const [pid, host] = holder.split(" ");
  // It was unlocked meanwhile.
  if (holder === "") return false;
  return host !== hostname() || isRunning(Number(pid), since);
}
