import { availableParallelism } from "node:os";
import { sharedProblems } from "../../database/postgres/connection.js";
import { HoldfastError, invalidArgument, optionText } from "../../errors.js";
import { removeLeftoversOf } from "../../files/leftovers.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { tierDrift } from "../../predict/tier-drift.js";
import { printAsText } from "../../printing/print-as-text.js";
import { Pulse } from "../../progress.js";
import { type CapacityTierRule, copyOfRule } from "../../tiers/tier-rule.js";
import { capacityRuleFrom } from "../../tiers/tier-spec.js";
import type { DrawnList } from "../list/draw-list.js";
import { listIntoFolder } from "../list/list-into-folder.js";
import { listIntoOne } from "../list/list-into-one.js";
import { listSummary } from "../list/list-summary.js";
import { inputsAside } from "../list/spilled-inputs.js";
import { JobReasons } from "../reasons/job-reasons.js";
import type { ScoreFileOptions, ScoreSummary } from "../score-options.js";
import { type FoundParts, findParts, refuseEmpty, type ScoreInput } from "./inputs.js";
import { Job } from "./job.js";
import { MarginWorkers } from "./margin-workers.js";
import {
  checkEndings,
  findTarget,
  type OneTarget,
  refuseRejects,
  type ScoreOutput,
  type WriteScoreOptions,
} from "./outputs.js";
import { rejectsOfJob, withOutputs } from "./rejects.js";
import { scoreIntoFolder } from "./score-folder.js";
import { PRINTED_SUMMARY } from "./summary-lines.js";
import { MAX_UNSEEN } from "./unseen.js";

/** The implementation of `scoreFile`. */
export async function runScoring(
  model: ChurnModel,
  input: ScoreInput,
  output: ScoreOutput,
  options: ScoreFileOptions,
): Promise<ScoreSummary> {
  const threads = checkOptions(options);
  const capacity = capacityOf(input, output, options);
  const tiers = (capacity?.tiers ?? model.tiers).map(({ name }) => name);
  const reasons = await JobReasons.of("scoreFile", model, options, tiers);
  const { read = {}, rejects } = options;
  // People open a list in a spreadsheet.
  const isSafe = options.write?.csvSafe ?? capacity !== undefined;
  const write: WriteScoreOptions = { ...options.write, ...(isSafe ? { csvSafe: true } : {}) };
  checkEndings(input, output, write.format, rejects);
  await new Pulse(options).beat();
  const paths = { output: typeof output === "string" ? output : undefined, rejects };
  const found = await findParts(input, read, paths);
  // Before any work, because an output may not be writable.
  const target = await findTarget(output, found, write);
  await refuseRejects(found, rejects);
  const shared = sharedProblems("scoreFile", "output.connection", input, output);
  if (shared.length > 0) throw new HoldfastError(shared);
  // An output that is not a folder has no parts to complete: it stops at once.
  const signal = target.kind === "one" ? either(options.signal, options.stopSignal) : options.signal;
  const { classifier, content } = model.scorer;
  const workers = new MarginWorkers(classifier, content, threads, { given: reasons?.given, signal });
  try {
    const ofRows = { ...options, write, signal };
    const job = new Job(model, found, ofRows, workers, {
      capacity,
      isSentAtOnce: isStream(output),
      ...(reasons && { settings: { reasons: reasons.settings } }),
      further: reasons && ((...batch) => reasons.columnsOf(workers, ...batch)),
    });
    if (target.kind === "one" && target.isFile) {
      await removeLeftoversOf(target.name, options.resume === true);
    }
    if (capacity === undefined) {
      if (target.kind === "folder") await scoreIntoFolder(job, found, target);
      else await scoreIntoOne(job, found, target);
      job.reportEnd();
      return summaryOf(job, null, found.notes);
    }
    const scoring = new Job(model, found, { ...options, signal, onPart: undefined }, workers, {
      ...(reasons && { settings: { inputs: true } }),
      further: reasons && ((_, vectors, table) => inputsAside(model, vectors, table)),
    });
    const ofList = reasons && { writer: reasons.writer, giver: workers };
    const list =
      target.kind === "folder"
        ? await listIntoFolder(job, scoring, found, target, capacity, ofList)
        : await listIntoOne(job, scoring, found, target, capacity, ofList);
    return summaryOf(job, list, found.notes);
  } finally {
    await workers.close();
  }
}

/** All parts into one file, table or stream. */
async function scoreIntoOne(job: Job, found: FoundParts, target: OneTarget): Promise<void> {
  const { rejects: rejectsPath } = job.options;
  await withOutputs(
    () => target.open(job.schema),
    () => rejectsOfJob(rejectsPath),
    async (sink, rejects) => {
      for (const part of found.parts) {
        const tally = job.newTally();
        await job.score(part, sink, rejects, tally);
        const { scored, rejected } = tally;
        refuseEmpty(found, part, scored + rejected);
        const record = { rows: scored + rejected, scored, rejected, tally: tally.toJSON() };
        job.partDone(part, record, target.name, false);
      }
    },
    () => job.refuseUnscored(),
  );
  // Only now are any parts written.
  job.reportParts();
}

/** Aborted as soon as one of them is. */
function either(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one === undefined || other === undefined ? (one ?? other) : AbortSignal.any([one, other]);
}

function summaryOf(
  { model, tally, tiers, parts }: Job,
  list: DrawnList | null,
  notes: readonly string[],
): ScoreSummary {
  const shares = tiers.map((tier, t) => ({ tier, share: tally.tiers[t] / tally.scored }));
  const summary: ScoreSummary = {
    rows: tally.scored + tally.rejected,
    scored: tally.scored,
    rejected: tally.rejected,
    meanProbability: tally.meanProbability,
    tiers: tiers.map((tier, t) => ({ tier, rows: tally.tiers[t] })),
    distribution: tally.distribution,
    unseenCategories: tally.unseenCategories,
    inputs: tally.scoredInputs,
    drift: tally.drift,
    tierDrift: list === null ? tierDrift(model.training, shares, tally.scored) : null,
    list: list === null ? null : listSummary(list),
    notes,
    parts,
  };
  return printAsText(summary, PRINTED_SUMMARY);
}

/** The capacities of the list, where the batch is to be ranked as one. @throws HoldfastError also for streams. */
function capacityOf(
  input: ScoreInput,
  output: ScoreOutput,
  { capacity }: ScoreFileOptions,
): CapacityTierRule | undefined {
  if (capacity === undefined) return undefined;
  const refuse = (expected: string, hint: string): never =>
    invalidArgument("scoreFile", "capacity", expected, capacity, hint);
  const rule = copyOfRule(capacityRuleFrom("scoreFile", "capacity", capacity)) as CapacityTierRule;
  if (isStream(output)) {
    const expected = "must be left out where scores go to a stream, such as standard output";
    refuse(
      expected,
      "all rows are ranked before the first is written: give a file, a folder or a table as the output",
    );
  }
  if (isStream(input)) {
    const expected = "must be left out where rows come from a stream, such as standard input";
    refuse(
      expected,
      "a pipe may carry only a part of the rows that share the capacity: write all of them to a file first",
    );
  }
  return rule;
}

function isStream(end: ScoreInput | ScoreOutput): boolean {
  return typeof end === "object" && end !== null && "stream" in end;
}

/** @returns the number of threads. */
function checkOptions({
  threads = availableParallelism(),
  maxRejects,
  maxUnseen = MAX_UNSEEN,
  rejects,
  resume,
  overwrite,
  intervals,
  stopSignal,
  onPart,
  write,
}: ScoreFileOptions): number {
  const fail = (argument: string, expected: string, received: unknown, hint?: string) =>
    invalidArgument("scoreFile", argument, expected, received, hint);
  const flags = { resume, overwrite, intervals, "write.csvSafe": write?.csvSafe };
  for (const [name, value] of Object.entries(flags)) {
    if (value !== undefined && typeof value !== "boolean") fail(name, "must be true or false", value);
  }
  if (rejects !== undefined && (typeof rejects !== "string" || rejects === "")) {
    const hint = `write ${optionText("rejects", "rejects.ndjson")}`;
    fail("rejects", "must be the path of a file for rejected rows", rejects, hint);
  }
  if (stopSignal !== undefined && !(stopSignal instanceof AbortSignal)) {
    fail("stopSignal", "must be the signal of an AbortController", stopSignal);
  }
  if (onPart !== undefined && typeof onPart !== "function") fail("onPart", "must be a function", onPart);
  if (!Number.isInteger(threads) || threads < 1) fail("threads", "must be a whole number ≥ 1", threads);
  if (maxRejects !== undefined && !(maxRejects >= 0)) fail("maxRejects", "must be a number ≥ 0", maxRejects);
  if (maxRejects !== undefined && maxRejects > 0 && rejects === undefined) {
    fail("maxRejects", "must be given together with rejects, the file for the rejected rows", maxRejects);
  }
  if (typeof maxUnseen !== "number" || !(maxUnseen >= 0 && maxUnseen <= 1)) {
    const hint = maxUnseen > 1 && maxUnseen <= 100 ? `${maxUnseen}% is ${maxUnseen / 100}` : undefined;
    fail("maxUnseen", "must be a share from 0 to 1", maxUnseen, hint);
  }
  if (resume === true && overwrite === true) fail("overwrite", "must be left out with resume", overwrite);
  return threads;
}
