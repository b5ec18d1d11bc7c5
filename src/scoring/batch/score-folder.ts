import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unwritableIfSystem } from "../../files/whole-file.js";
import { FolderRun, type PartWork } from "./folder-run.js";
import type { FoundParts } from "./inputs.js";
import type { Job } from "./job.js";
import { fileRecord, lockFolder, notesFolder, type PartRecord } from "./manifest.js";
import type { FolderTarget } from "./outputs.js";
import { withOutputs } from "./rejects.js";

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
    await mkdir(folder, { recursive: true });
    const unlock = await lockFolder(folder);
    try {
      return await work();
    } finally {
      await unlock();
    }
  } catch (error) {
    // A full disk may fail the writing of the lock or the manifest too.
    throw unwritableIfSystem(folder, error);
  }
}

/** Scores a part into its file. */
export function scoringOf(job: Job, target: FolderTarget): PartWork {
  return async (p, part, file) => {
    await mkdir(dirname(join(target.folder, file)), { recursive: true });
    const tally = job.newTally();
    const rejectsName = rejectsFile(p);
    const rejectsPath = join(target.folder, rejectsName);
    const takesRejects = job.options.rejects !== undefined;
    const identity = await withOutputs(
      () => target.openPart(p, job.schema),
      takesRejects ? rejectsPath : undefined,
      (sink, rejects) => job.score(part, sink, rejects, tally),
    );
    const { scored, rejected } = tally;
    return {
      input: { file: part.path ?? "", identity },
      output: await fileRecord(join(target.folder, file), file),
      rows: scored + rejected,
      scored,
      rejected,
      rejects: takesRejects ? await fileRecord(rejectsPath, rejectsName) : null,
      tally: JSON.parse(JSON.stringify(tally)) as PartRecord["tally"],
    };
  };
}

/** Where the rejects of a part are in the output folder. */
export function rejectsFile(p: number): string {
  return `${notesFolder(".")}/rejects-${String(p + 1).padStart(6, "0")}.ndjson`;
}
