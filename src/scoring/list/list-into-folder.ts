import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { HoldfastError } from "../../errors.js";
import { makeFolder } from "../../files/make-folder.js";
import { beginWhole } from "../../files/whole-file.js";
import { writingTo } from "../../files/write-faults.js";
import type { CapacityTierRule } from "../../tiers/tier-rule.js";
import { digestOf, FolderRun, isThere, type PartWork, scoresFolder } from "../batch/folder-run.js";
import type { FoundParts, Part } from "../batch/inputs.js";
import type { Job } from "../batch/job.js";
import { fileRecord, type PartRecord, type RecordedList } from "../batch/manifest.js";
import type { FolderTarget } from "../batch/outputs.js";
import { folderMaker, rejectsFile, scoringOf, withLock } from "../batch/score-folder.js";
import type { DrawnList } from "./draw-list.js";
import { spillSink } from "./spill.js";
import { type ListReasons, SpilledScores } from "./spilled-scores.js";

/**
 * Ranks the rows of all files as one list, into a folder. All parts are first scored into a folder within the notes of the
 * output, a job like any other; when the list is drawn from them, they are written with their tiers. A resumed job
 * continues in either half. Where an input is no longer as it was, the list is drawn again and every part is written
 * again: the tier of a row depends on all other rows.
 */
export async function listIntoFolder(
  job: Job,
  scoring: Job,
  { parts }: FoundParts,
  target: FolderTarget,
  rule: CapacityTierRule,
  reasons: ListReasons | undefined,
): Promise<DrawnList> {
  return withLock(target.folder, async () => {
    const run = new FolderRun(job, parts, target);
    await run.begin();
    const finished = await run.finishedList();
    if (finished !== undefined) {
      await run.doParts((_, part) => refuseChanged(part.path));
      scoring.reportEnd();
    }
    const list = finished ?? (await listAndWrite(run, job, scoring, parts, target, rule, reasons));
    await run.finish();
    return list;
  });
}

/** Scores the parts, draws the list, and writes them with its tiers. */
async function listAndWrite(
  run: FolderRun,
  job: Job,
  scoring: Job,
  parts: readonly Part[],
  target: FolderTarget,
  rule: CapacityTierRule,
  reasons: ListReasons | undefined,
): Promise<RecordedList> {
  const aside = spillTarget(target);
  await makeFolder(aside.folder);
  const scored = new FolderRun(scoring, parts, aside);
  await scored.begin();
  await scored.doParts(scoringOf(scoring, aside));
  scoring.reportEnd();
  const { records } = scored;
  const spilled = new SpilledScores(
    job.model,
    job.options.intervals === true,
    records.map(({ output, scored: rows }) => ({ path: join(aside.folder, output.file), rows })),
    job.options,
    reasons,
  );
  const drawn = await spilled.draw(rule);
  const list = { inputs: digestOf(records.map(({ input }) => input)), ...drawn };
  await run.useList(list);
  await run.doParts(writingOf(job, target, aside.folder, spilled, list, records));
  spilled.reportEnd();
  await rm(aside.folder, { recursive: true, force: true });
  return list;
}

/** A folder of spills with the names of the parts. */
function spillTarget({ folder, files }: FolderTarget): FolderTarget {
  const aside = scoresFolder(folder);
  const names = files.map((file) => `${file}.spill`);
  return {
    kind: "folder",
    folder: aside,
    files: names,
    openPart: (part) =>
      spillSink(join(aside, names[part]), {
        leavesFolder: true,
        isHashed: true,
        shownAs: join(folder, files[part]),
      }),
  };
}

/** Writes the scores of a part with the tiers of the list. */
function writingOf(
  job: Job,
  target: FolderTarget,
  aside: string,
  spilled: SpilledScores,
  list: DrawnList,
  records: readonly PartRecord[],
): PartWork {
  const { folder } = target;
  const foldersOf = folderMaker(folder);
  return async (p, _, file) => {
    await foldersOf(file);
    const sink = await target.openPart(p, job.schema);
    let tiers: number[];
    try {
      tiers = await spilled.write(p, list, sink);
      await sink.finish();
    } catch (error) {
      await sink.abandon();
      throw error;
    }
    const { rejects, tally } = records[p];
    const name = rejectsFile(p);
    if (isThere(rejects)) await copyWhole(join(aside, rejects.file), join(folder, name));
    return {
      ...records[p],
      output: await fileRecord(join(folder, file), file, sink.digest?.()),
      rejects: rejects === null ? null : { ...rejects, file: name },
      tally: { ...tally, tiers },
    };
  };
}

/** Copies a file whole or not at all; the caller flushes the folder. */
async function copyWhole(from: string, to: string): Promise<void> {
  const file = await beginWhole(to, { leavesFolder: true });
  try {
    await writingTo(to)(() => copyFile(from, file.temporary));
    await file.commit();
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

async function refuseChanged(file = ""): Promise<never> {
  throw new HoldfastError({
    code: "data.unreadable",
    path: { file },
    expected: "must not change while the job runs",
    received: undefined,
  });
}
