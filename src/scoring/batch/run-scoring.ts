import { availableParallelism } from "node:os";
import { basename, dirname } from "node:path";
import { HoldfastError, invalidArgument, optionText } from "../../errors.js";
import { removeLeftovers } from "../../files/whole-file.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { printAsText } from "../../printing/print-as-text.js";
import { Pulse } from "../../progress.js";
import type { ScoreFileOptions, ScoreSummary } from "../score-options.js";
import { type FoundParts, findParts, type ScoreInput } from "./inputs.js";
import { Job } from "./job.js";
import { MarginWorkers } from "./margin-workers.js";
import { findTarget, type ScoreOutput, type ScoreTarget } from "./outputs.js";
import { withOutputs } from "./rejects.js";
import { scoreIntoFolder } from "./score-folder.js";
import { PRINTED_SUMMARY } from "./summary-lines.js";

/** The implementation of `scoreFile`. */
export async function runScoring(
  model: ChurnModel,
  input: ScoreInput,
  output: ScoreOutput,
  options: ScoreFileOptions,
): Promise<ScoreSummary> {
  const threads = checkOptions(options);
  await new Pulse(options).beat();
  const { read = {}, write = {} } = options;
  const found = await findParts(input, read);
  // Before any work, because an output may not be writable.
  const target = await findTarget(output, found, write);
  const workers = new MarginWorkers(model.scorer.classifier, model.scorer.content.reference, threads);
  try {
    // An output that is not a folder has no parts to complete: it stops at once.
    const signal = target.kind === "one" ? either(options.signal, options.stopSignal) : options.signal;
    const job = new Job(model, found, { ...options, signal }, workers);
    if (target.kind === "folder") await scoreIntoFolder(job, found, target);
    else await scoreIntoOne(job, found, target);
    job.reportEnd();
    return summaryOf(job);
  } finally {
    await workers.close();
  }
}

/** All parts into one file, table or stream. */
async function scoreIntoOne(
  job: Job,
  { parts, isMany }: FoundParts,
  target: Extract<ScoreTarget, { kind: "one" }>,
): Promise<void> {
  const { rejects: rejectsPath, resume } = job.options;
  if (resume === true) await removeLeftovers(dirname(target.name), basename(target.name));
  await withOutputs(
    () => target.open(job.schema),
    rejectsPath,
    async (sink, rejects) => {
      for (const part of parts) {
        const tally = job.newTally();
        await job.score(part, sink, rejects, tally);
        const { scored, rejected } = tally;
        if (!isMany && part.path !== undefined && scored + rejected === 0) failEmpty(part.path);
        const record = { rows: scored + rejected, scored, rejected, tally: tally.toJSON() };
        job.partDone(part, record, target.name, false);
      }
    },
  );
  // Only now are any parts written.
  job.reportParts();
}

/** Aborted as soon as one of them is. */
function either(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one === undefined || other === undefined ? (one ?? other) : AbortSignal.any([one, other]);
}

function summaryOf({ tally, parts }: Job): ScoreSummary {
  const summary: ScoreSummary = {
    rows: tally.scored + tally.rejected,
    scored: tally.scored,
    rejected: tally.rejected,
    meanProbability: tally.meanProbability,
    tiers: tally.tierRows,
    distribution: tally.distribution,
    unseenCategories: tally.unseenCategories,
    drift: tally.drift,
    parts,
  };
  return printAsText(summary, PRINTED_SUMMARY);
}

/** @returns the number of threads. */
function checkOptions({
  threads = availableParallelism(),
  maxRejects,
  rejects,
  resume,
  overwrite,
  intervals,
  stopSignal,
  onPart,
}: ScoreFileOptions): number {
  const fail = (argument: string, expected: string, received: unknown, hint?: string) =>
    invalidArgument("scoreFile", argument, expected, received, hint);
  for (const [name, value] of Object.entries({ resume, overwrite, intervals })) {
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
  if (resume === true && overwrite === true) fail("overwrite", "must be left out with resume", overwrite);
  return threads;
}

function failEmpty(file: string): never {
  throw new HoldfastError({
    code: "data.empty",
    path: { file },
    expected: "must have rows, this file has no rows",
    received: undefined,
  });
}
