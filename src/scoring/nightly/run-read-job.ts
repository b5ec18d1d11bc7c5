import { printAsText } from "../../printing/print-as-text.js";
import type { LongWork } from "../../progress.js";
import { checkFiles } from "./check-files.js";
import type { JobDay, NightlyJob } from "./job-file.js";
import type { NightlySummary } from "./nightly-summary.js";
import { readJob } from "./read-job.js";
import { throwProblems } from "./resolve-job.js";
import { doneBefore, runDay } from "./run-day.js";
import { PRINTED_NIGHTLY } from "./summary-text.js";

/** The implementation of `runJob`. */
export async function runReadJob(
  pathOrJob: string | NightlyJob,
  day: JobDay,
  again: boolean,
  work: LongWork,
): Promise<NightlySummary> {
  const { job, problems, further } = await readJob(pathOrJob, day);
  // A wrong job file writes nothing, and is reported together with what is wrong with the files that it names.
  if (problems.length > 0) throwProblems([...problems, ...further((await checkFiles(job)).problems)]);
  // Its input may have been taken away since.
  const done = again ? undefined : await doneBefore(job);
  if (done !== undefined) return printAsText(done, PRINTED_NIGHTLY);
  const checked = await checkFiles(job);
  if (checked.problems.some(({ code }) => code.startsWith("argument."))) throwProblems(checked.problems);
  return printAsText(await runDay(job, checked, { again, work }), PRINTED_NIGHTLY);
}
