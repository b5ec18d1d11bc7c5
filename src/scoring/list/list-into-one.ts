import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, temporaryFolder } from "../../files/make-folder.js";
import { beginWhole } from "../../files/whole-file.js";
import type { CapacityTierRule } from "../../tiers/tier-rule.js";
import { type FoundParts, refuseEmpty } from "../batch/inputs.js";
import type { Job } from "../batch/job.js";
import type { OneTarget } from "../batch/outputs.js";
import { rejectsOfJob, withOutputs } from "../batch/rejects.js";
import type { Tally } from "../batch/tally.js";
import type { DrawnList } from "./draw-list.js";
import { lateSink } from "./late-sink.js";
import { spillSink } from "./spill.js";
import { type ListReasons, type SpilledPart, SpilledScores } from "./spilled-scores.js";

/** The scores of a part, and what was counted while it was scored. */
interface ScoredPart extends SpilledPart {
  readonly tally: Tally;
  readonly seconds: number;
}

/**
 * Ranks the rows of all parts as one list, into one file or table. Scores are put aside next to the file, or in the system's
 * folder for temporary files where the output is a table, until the list is drawn; the output is opened only then.
 */
export async function listIntoOne(
  job: Job,
  scoring: Job,
  found: FoundParts,
  target: OneTarget,
  rule: CapacityTierRule,
  reasons: ListReasons | undefined,
): Promise<DrawnList> {
  // It is only written to when everything is scored: whether it can be is known before.
  await (await target.open(job.schema)).abandon();
  const folder = await folderBeside(target);
  try {
    const { result: list } = await withOutputs(
      async () => lateSink(() => target.open(job.schema)),
      () => rejectsOfJob(job.options.rejects),
      async (sink, rejects) => {
        const aside: ScoredPart[] = [];
        for (const [p, part] of found.parts.entries()) {
          const start = performance.now();
          const tally = scoring.newTally();
          const path = join(folder, String(p));
          const spill = await spillSink(path, target.isFile ? { shownAs: target.name } : {});
          try {
            await scoring.score(part, spill, rejects, tally);
            await spill.finish();
          } catch (error) {
            await spill.abandon();
            throw error;
          }
          refuseEmpty(found, part, tally.scored + tally.rejected);
          aside.push({ path, rows: tally.scored, tally, seconds: (performance.now() - start) / 1000 });
        }
        scoring.reportEnd();
        const intervals = job.options.intervals === true;
        const spilled = new SpilledScores(job.model, intervals, aside, scoring.options, reasons);
        const drawn = await spilled.draw(rule);
        for (const [p, { tally, seconds }] of aside.entries()) {
          const start = performance.now();
          const tiers = await spilled.write(p, drawn, sink);
          const took = seconds + (performance.now() - start) / 1000;
          const { scored, rejected } = tally;
          const record = { rows: scored + rejected, scored, rejected, tally: { ...tally.toJSON(), tiers } };
          job.partDone(found.parts[p], record, target.name, false, took);
        }
        spilled.reportEnd();
        return drawn;
      },
      () => job.refuseUnscored(scoring.limit.firstProblem),
    );
    job.reportParts();
    return list;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A folder for scores that are put aside, which a resumed job removes after a kill. */
async function folderBeside({ name, isFile }: OneTarget): Promise<string> {
  if (!isFile) return temporaryFolder("holdfast-list-");
  const { temporary } = await beginWhole(name);
  const folder = `${temporary}-parts`;
  await makeFolder(folder);
  return folder;
}
