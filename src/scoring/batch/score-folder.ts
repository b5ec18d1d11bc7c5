import { dirname, join } from "node:path";
import { makeFolder } from "../../files/make-folder.js";
import { unwritableIfSystem } from "../../files/write-faults.js";
import { FolderRun, type PartWork } from "./folder-run.js";
import type { FoundParts } from "./inputs.js";
import type { Job } from "./job.js";
import { lockFolder } from "./lock.js";
import { fileRecord, notesFolder, type PartRecord } from "./manifest.js";
import type { FolderTarget } from "./outputs.js";
import { rejectsOfPart, withOutputs } from "./rejects.js";

/**
 * Scores files part by part into a folder. A manifest records the input and the output's bytes of every part; a part is
 * done once it is recorded there. A resumed job does a part again if its input, output or rejects are not as recorded.
 */
export async function scoreIntoFolder(job: Job, { parts }: FoundParts, target: FolderTarget): Promise<void> {
  await withLock(target.folder, async () => {
    const run = new FolderRun(job, parts, target);
    await run.begin();
    await run.doParts(scoringOf(job, target));
    await run.finish();
  });
}

/** Works in a folder, which is made if needed, while no other job does. */
export async function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    await makeFolder(folder);
    const unlock = await lockFolder(folder);
    try {
      return await work();
    } finally {
      await unlock();
    }
  } catch (error) {
    throw unwritableIfSystem(folder, error);
  }
}

/** Scores a part into its file. */
export function scoringOf(job: Job, target: FolderTarget): PartWork {
  const foldersOf = folderMaker(target.folder);
  return async (p, part, file) => {
    await foldersOf(file);
    const tally = job.newTally();
    const rejectsName = rejectsFile(p);
    const takesRejects = job.options.rejects !== undefined;
    const { result, sink, rejects } = await withOutputs(
      () => target.openPart(p, job.schema),
      async () => (takesRejects ? rejectsOfPart(join(target.folder, rejectsName)) : undefined),
      (opened, openedRejects) => job.score(part, opened, openedRejects, tally),
    );
    const { scored, rejected } = tally;
    const ofRejects = rejects?.digest();
    return {
      input: { file: part.path ?? "", identity: result },
      output: await fileRecord(join(target.folder, file), file, sink.digest?.()),
      rows: scored + rejected,
      scored,
      rejected,
      rejects: ofRejects === undefined ? null : { file: rejectsName, ...ofRejects },
      tally: tally.toJSON() as PartRecord["tally"],
    };
  };
}

/** Makes the folder of a part, once for all parts that lie in it. */
export function folderMaker(folder: string): (file: string) => Promise<void> {
  const made = new Set<string>();
  return async (file) => {
    const path = dirname(join(folder, file));
    if (!made.has(path)) await makeFolder(path);
    made.add(path);
  };
}

/** Where the rejects of a part are in the output folder. */
export function rejectsFile(p: number): string {
  return `${notesFolder(".")}/rejects-${String(p + 1).padStart(6, "0")}.ndjson`;
}
