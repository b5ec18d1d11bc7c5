import { readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { HoldfastError } from "../../errors.js";
import { removeLeftovers, removeLeftoversOf } from "../../files/leftovers.js";
import { makeFolder } from "../../files/make-folder.js";
import { writeWholeFile } from "../../files/whole-file.js";
import type { NightlySummary } from "./nightly-summary.js";
import type { DayJob } from "./resolve-job.js";

const file = z.object({ file: z.string(), bytes: z.int().min(0), sha256: z.string() });
/** What a later run needs of this record; its summary is for people and programs, and only shown again. */
const state = z.object({
  format: z.literal("holdfast-run"),
  formatVersion: z.literal(1),
  holdfast: z.string(),
  date: z.string(),
  status: z.enum(["running", "done", "failed", "stopped"]),
  /** How often the day was begun. */
  attempts: z.int().min(1),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  job: z.object({ file: z.string(), sha256: z.string() }),
  model: z.object({ file: z.string(), sha256: z.string() }).nullable(),
  /** A digest of the files that are read, and the words of queries. */
  inputs: z.string().nullable(),
  /** The files that it writes, whose temporary ones a killed run leaves. */
  writes: z.array(z.string()),
  /** The snapshots that were made: of what, and where they are put aside. */
  snapshots: z.object({ key: z.string(), rows: z.number(), output: file }).nullable(),
  /** The scores that were written: of what, and where they are. */
  scores: z
    .object({ key: z.string(), outputs: z.array(file), rejects: file.nullable(), result: z.unknown() })
    .nullable(),
  summary: z.unknown(),
});

export type RunState = Omit<z.infer<typeof state>, "summary"> & { readonly summary: NightlySummary | null };
export type RecordedFile = z.infer<typeof file>;

/** Where the record of a day is. */
export function statePath({ state: folder }: Pick<DayJob, "state">, date: string): string {
  return join(folder, `${date}.json`);
}

/** Where a run puts aside what it needs until the day is done. */
export function asideFolder({ state: folder, date }: Pick<DayJob, "state" | "date">): string {
  return join(folder, date);
}

/** The record of a day, if there is one. @throws HoldfastError `data.malformed` for a file that is none. */
export async function readState(job: Pick<DayJob, "state">, date: string): Promise<RunState | undefined> {
  const path = statePath(job, date);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
  try {
    return state.parse(JSON.parse(text)) as RunState;
  } catch (error) {
    throw new HoldfastError({
      code: "data.malformed",
      path: { file: path },
      expected: "must be the record of a run",
      received: undefined,
      hint: `remove it to run the day again; ${(error as Error).message.split("\n", 1)[0]}`,
    });
  }
}

/** Writes the record of a day, whole or not at all. */
export async function writeState(job: DayJob, content: RunState): Promise<void> {
  await makeFolder(job.state);
  await writeWholeFile(statePath(job, job.date), textOf(content));
}

/** The last day before this one whose run is done. */
export async function lastDoneBefore(job: DayJob): Promise<RunState | undefined> {
  for (const date of (await daysOf(job)).toReversed()) {
    if (date >= job.date) continue;
    const found = await readState(job, date).catch(() => undefined);
    if (found?.status === "done" && found.summary !== null) return found;
  }
  return undefined;
}

/**
 * Removes what killed runs left: files that were being written, and what was put aside on days that never ended. To be
 * called with the lock.
 */
export async function cleanUp(job: DayJob): Promise<void> {
  await removeLeftovers(job.state);
  for (const entry of await readdir(job.state, { withFileTypes: true })) {
    const isOfOther = entry.isDirectory() && DAY.test(entry.name) && entry.name !== job.date;
    if (isOfOther) await rm(join(job.state, entry.name), { recursive: true, force: true });
  }
  await removeLeftovers(asideFolder(job));
  for (const date of await daysOf(job)) {
    const found = await readState(job, date).catch(() => undefined);
    if (found?.status !== "running") continue;
    for (const path of found.writes) await removeLeftoversOf(path, true);
    // Only the one of this day is continued.
    if (date !== job.date)
      await writeWholeFile(statePath(job, date), textOf({ ...found, status: "stopped" }));
  }
}

function textOf(content: RunState): string {
  return `${JSON.stringify(content, null, 1)}\n`;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

async function daysOf({ state: folder }: DayJob): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .flatMap((name) => {
      const day = basename(name, ".json");
      return name.endsWith(".json") && DAY.test(day) ? [day] : [];
    })
    .sort();
}
