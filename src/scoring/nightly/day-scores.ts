import { rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { namedErrors } from "../../arguments.js";
import { HoldfastError } from "../../errors.js";
import { makeFolder } from "../../files/make-folder.js";
import { openHistory } from "../../history/history.js";
import { writeSnapshots } from "../../history/snapshots.js";
import { contentHash, sha256 } from "../../model-file/content-hash.js";
import type { AnyModel } from "../../model-kinds.js";
import type { LongWork } from "../../progress.js";
import { packageVersion } from "../../version.js";
import { fileRecord, isAsRecorded, readManifest } from "../batch/manifest.js";
import { scoreFile } from "../score-file.js";
import type { ScoreFileOptions, ScoreSummary } from "../score-options.js";
import { openingOptions, sourcesOf } from "./job-inputs.js";
import type { DayJob } from "./resolve-job.js";
import { asideFolder, type RecordedFile, type RunState } from "./run-state.js";

/** The file of snapshots that are put aside: the name of the part that they become in a folder of scores. */
const ASIDE = "subscribers.parquet";

/** What a day is made of, as far as it is known before it starts. */
export interface DayOf {
  readonly job: DayJob;
  readonly model: AnyModel;
  /** A digest of what is read. */
  readonly inputs: string;
  readonly isFolder: boolean;
  readonly work: LongWork;
}

/** Makes the snapshots of the day, unless an earlier run of it did, of the same history. */
export async function snapshotsOfDay(
  { job, inputs, work }: DayOf,
  before: RunState["snapshots"],
): Promise<{ readonly record: NonNullable<RunState["snapshots"]>; readonly wasDone: boolean }> {
  const { rows } = job;
  if (rows.kind === "input") throw new Error("there is no history");
  const { snapshots, read } = rows;
  const key = sha256(JSON.stringify([packageVersion(), inputs, snapshots, read]));
  const path = asidePath(job);
  if (before?.key === key && (await isAsRecorded(path, before.output)))
    return { record: before, wasDone: true };
  await makeFolder(dirname(path));
  const history = await openHistory(await sourcesOf(rows), { ...openingOptions(rows, job), ...work });
  try {
    const { at, observe } = snapshots;
    const { rows: count } = await writeSnapshots(history, path, { at, observe, churn: false, ...work });
    return { record: { key, rows: count, output: await fileRecord(path, ASIDE) }, wasDone: false };
  } finally {
    history.close();
  }
}

/** Scores the rows of the day, unless an earlier run of it did. */
export async function scoresOfDay(
  day: DayOf,
  snapshots: RunState["snapshots"],
  before: RunState["scores"],
): Promise<{ readonly record: NonNullable<RunState["scores"]>; readonly wasDone: boolean }> {
  const { job, model } = day;
  const { rows, output, options, rejects } = job;
  const read = rows.kind === "input" ? rows.read : {};
  const source = snapshots?.key ?? day.inputs;
  const { threads: _, ...decisive } = options;
  const key = sha256(
    JSON.stringify([
      packageVersion(),
      source,
      contentHash(model.scorer.content),
      read,
      outputWords(job),
      decisive,
      rejects,
    ]),
  );
  if (before?.key === key && (await areAsRecorded(job, before))) return { record: before, wasDone: true };
  for (const path of [output.kind === "path" ? output.path : undefined, rejects]) {
    if (path !== undefined) await makeFolder(dirname(path));
  }
  const result = await score(day, read);
  const outputs = await outputsOf(day);
  const rejected = rejects === undefined ? null : await fileRecord(rejects, inFolderOf(job, rejects));
  return {
    record: { key, outputs, rejects: rejected, result: JSON.parse(JSON.stringify(result)) as unknown },
    wasDone: false,
  };
}

/** A path as it is in the job file: relative to its folder where it lies within. */
export function inFolderOf({ folder }: Pick<DayJob, "folder">, path: string): string {
  const inside = relative(folder, path);
  return inside === "" || inside.startsWith("..") ? path : inside;
}

async function score(day: DayOf, read: ScoreFileOptions["read"]): Promise<ScoreSummary> {
  const { job, model, isFolder, work } = day;
  const { rows, output, options, rejects, date } = job;
  const aside = asidePath(job);
  const from = rows.kind === "input" ? rows.input : aside;
  const to =
    output.kind === "path"
      ? output.path
      : { postgres: output.postgres, connection: output.connection, scoredOn: date };
  const write = output.kind === "path" ? output.write : {};
  const run = (further: Pick<ScoreFileOptions, "resume" | "overwrite">) =>
    namedErrors(
      "runJob",
      () => scoreFile(model, from, to, { read, write, rejects, ...options, ...work, ...further }),
      (path) => (path.file === aside ? { ...path, file: `the snapshots of ${date}` } : path),
    );
  if (!isFolder) return run({ resume: true });
  try {
    // Parts of the same rows, model and options are kept; all others are written again.
    return await run({ resume: true });
  } catch (error) {
    const isOfOther =
      error instanceof HoldfastError && ["model", "options"].includes(error.path.argument ?? "");
    if (!isOfOther) throw error;
    return run({ overwrite: true });
  }
}

/** Removes what was put aside for the day. */
export async function removeAside(job: DayJob): Promise<void> {
  await rm(asideFolder(job), { recursive: true, force: true });
}

function asidePath(job: DayJob): string {
  return join(asideFolder(job), ASIDE);
}

/** What is written, and how; a connection is no part of it. */
function outputWords({ output }: DayJob): unknown {
  return output.kind === "path" ? [output.path, output.write] : [output.postgres];
}

async function outputsOf({ job, isFolder }: DayOf): Promise<RecordedFile[]> {
  const { output } = job;
  if (output.kind === "table") return [];
  const { path } = output;
  if (!isFolder) return [await fileRecord(path, inFolderOf(job, path))];
  const manifest = await readManifest(path);
  return (manifest?.parts ?? []).map(({ output: part }) => ({
    ...part,
    file: inFolderOf(job, join(path, part.file)),
  }));
}

/** Whether the files of a record are as it says, seen from the folder of the job. */
export async function areAsRecorded(
  { folder }: Pick<DayJob, "folder">,
  { outputs, rejects }: Pick<NonNullable<RunState["scores"]>, "outputs" | "rejects">,
): Promise<boolean> {
  for (const each of rejects === null ? outputs : [...outputs, rejects]) {
    const path = join(folder, each.file);
    if (!(await isAsRecorded(each.file.startsWith("/") ? each.file : path, each))) return false;
  }
  return true;
}
