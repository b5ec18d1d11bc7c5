import { createHash, randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

/*
 * A temporary file is called `.<target>.<process>-<host>-<random>.tmp`, next to its target, so that the next run can tell what
 * a killed one left from what another job is writing.
 */

/** Names this host within a file's name. */
const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
/** Characters of the target's name that the name of its temporary file holds. */
const KEPT_NAME = 100;
const MILLISECONDS_PER_DAY = 86_400_000;
/** A temporary file, and its suffix where several files are needed. Earlier versions named them by a UUID. */
const TEMPORARY =
  /^\.(.+)\.(?:(\d+)-([0-9a-f]{8})-[0-9a-f]{16}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.tmp(?:-parts)?$/;

/** A new name for a temporary file next to a target. */
export function temporaryName(target: string): string {
  const owner = `${process.pid}-${HOST}-${randomUUID().replaceAll("-", "").slice(16)}`;
  return join(dirname(target), `.${basename(target).slice(0, KEPT_NAME)}.${owner}.tmp`);
}

/** Whether a file's name is that of a temporary file. */
export function isTemporaryName(name: string): boolean {
  return TEMPORARY.test(name);
}

/**
 * Removes what killed writers left in the folder of a target. What a process is still writing stays: where that can't be told
 * (another host, a file of an earlier version), all that was written to within the last day.
 * @param isAll whether no other process writes this target: all of them are removed.
 */
export async function removeLeftoversOf(target: string, isAll = false): Promise<void> {
  const folder = dirname(target);
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const [, of, pid, host] = TEMPORARY.exec(name) ?? [];
    if (of !== basename(target).slice(0, KEPT_NAME)) continue;
    const path = join(folder, name);
    const written = (await stat(path).catch(() => undefined))?.mtimeMs;
    if (written === undefined) continue;
    const isLeft = host === HOST && !isRunning(Number(pid), written);
    if (isAll || isLeft || written < Date.now() - MILLISECONDS_PER_DAY) await remove(path);
  }
}

/** Removes all temporary files of a folder. Call it only when no other process writes there. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => []))
    if (isTemporaryName(name)) await remove(join(folder, name));
}

/**
 * Whether a process of this host is at work.
 * @param since when it wrote something, in milliseconds: an earlier process may have had the number that this one has now, as
 * happens in containers.
 */
export function isRunning(pid: number, since: number): boolean {
  if (pid === process.pid) return since >= Date.now() - process.uptime() * 1000 - CLOCK_STEP;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** File systems round times, some to two seconds. */
const CLOCK_STEP = 2000;

/** Another run may remove it at the same time, or it belongs to another user. */
async function remove(path: string): Promise<void> {
  await rm(path, { force: true, recursive: true }).catch(() => {});
}
