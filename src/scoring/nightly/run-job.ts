import { checkOptions, type OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import type { LongWork } from "../../progress.js";
import type { JobDay, NightlyJob } from "./job-file.js";
import type { JobPlan } from "./job-plan.js";
import type { NightlySummary } from "./nightly-summary.js";

/** Options of {@link runJob}. */
export interface RunJobOptions extends JobDay, LongWork {
  /** Runs the day again, although it was done. Default false. */
  readonly again?: boolean | undefined;
}

const DAY: OptionNames<JobDay> = { date: "optional", env: "optional" };
const OPTIONS: OptionNames<RunJobOptions> = {
  ...DAY,
  again: "optional",
  onProgress: "optional",
  signal: "optional",
};

/**
 * Runs a nightly job: makes snapshots of the history (or takes rows that are there), scores them, and writes the list, a
 * summary for people, and a record of the run.
 *
 * The whole job is checked before anything starts. A day is done once: a second run of the same day writes nothing and
 * says when it was done. A run that was stopped, or killed, is continued by the next one of the same day, and ends with the
 * scores of an undisturbed one, to the byte. What fails is in the summary and the record too, in one line.
 *
 * @param pathOrJob a job file, to whose folder its paths are relative; or what such a file holds, with paths relative to
 * the working folder.
 * @example
 * const { rows, tiers, warnings } = await runJob("nightly.json", { env: process.env });
 * @throws HoldfastError with all that is wrong with the job file and the files that it names; `resource.busy` while another
 * run of the job is at work; `aborted` when the signal was aborted; and what scoring throws.
 */
export async function runJob(
  pathOrJob: string | NightlyJob,
  options: RunJobOptions = {},
): Promise<NightlySummary> {
  checkJob("runJob", pathOrJob);
  checkOptions("runJob", options, OPTIONS);
  const { again = false, date, env, ...work } = options;
  if (typeof again !== "boolean") invalidArgument("runJob", "again", "must be true or false", again);
  const { runReadJob } = await import("./run-read-job.js");
  return runReadJob(pathOrJob, { date, env }, again, work);
}

/**
 * Checks a nightly job as `runJob` does, and says what it would do on a day. Nothing is written.
 * @example console.log((await planJob("nightly.json", { date: "2026-02-01" })).steps)
 * @throws HoldfastError with all that is wrong with the job file and the files that it names.
 */
export async function planJob(pathOrJob: string | NightlyJob, options: JobDay = {}): Promise<JobPlan> {
  checkJob("planJob", pathOrJob);
  checkOptions("planJob", options, DAY);
  const { planReadJob } = await import("./job-plan.js");
  return planReadJob(pathOrJob, options);
}

function checkJob(functionName: string, job: unknown): void {
  if ((typeof job === "string" && job !== "") || (typeof job === "object" && job !== null)) return;
  invalidArgument(functionName, "job", "must be the path of a job file, or a job", job);
}
