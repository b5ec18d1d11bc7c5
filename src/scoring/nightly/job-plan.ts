import { count } from "../../errors.js";
import { type Printed, printAsText } from "../../printing/print-as-text.js";
import { printable } from "../../printing/printable.js";
import { checkFiles } from "./check-files.js";
import { inFolderOf } from "./day-scores.js";
import type { JobDay, NightlyJob } from "./job-file.js";
import { readJob } from "./read-job.js";
import { type DayJob, throwProblems } from "./resolve-job.js";
import { doneBefore } from "./run-day.js";
import { statePath } from "./run-state.js";

/** What a job would do on a day. */
export interface JobPlan {
  readonly job: string;
  readonly date: string;
  /** Whether a run has done it already. */
  readonly isDone: boolean;
  /** What would be done, one sentence each, in order. */
  readonly steps: readonly string[];
}

const PRINTED_PLAN: Printed<JobPlan> = {
  lines: ({ job, date, isDone, steps }) => [
    `${printable(job)}, ${date}: ${isDone ? "is done already, a run would write nothing" : "nothing is wrong; a run would"}`,
    ...(isDone ? [] : steps.map((step, at) => `${at + 1}. ${printable(step)}`)),
  ],
  short: ({ job, date }) => `Plan of ${job}, ${date}`,
};

/** The implementation of `planJob`. */
export async function planReadJob(pathOrJob: string | NightlyJob, day: JobDay): Promise<JobPlan> {
  const { job, problems, further } = await readJob(pathOrJob, day);
  const checked = await checkFiles(job);
  throwProblems([...problems, ...further(checked.problems)]);
  const isDone = (await doneBefore(job)) !== undefined;
  const plan: JobPlan = {
    job: job.name,
    date: job.date,
    isDone,
    steps: stepsOf(job, checked.inputs.files.length, checked.isFolder),
  };
  return printAsText(plan, PRINTED_PLAN);
}

function stepsOf(job: DayJob, files: number, isFolder: boolean): string[] {
  const { rows, output, options, rejects, summary } = job;
  const shown = (path: string) => inFolderOf(job, path);
  const of = (what: unknown) =>
    typeof what === "string"
      ? `${shown(what)} (${count(files, "file")})`
      : files > 0
        ? count(files, "file")
        : "a query";
  const made =
    rows.kind === "history"
      ? `make snapshots of ${of(rows.sources)}, as of ${rows.snapshots.at}`
      : `read the rows of ${of(rows.input)}`;
  const tiers = options.capacity === undefined ? "into the tiers of the model" : `into ${options.capacity}`;
  const kept = rejects === undefined ? "" : `, and rows that cannot be scored to ${shown(rejects)}`;
  const to =
    output.kind === "table"
      ? `the PostgreSQL table ${output.postgres}`
      : `the ${isFolder ? "folder" : "file"} ${shown(output.path)}`;
  return [
    made,
    `score them with ${shown(job.model)}, ${tiers}${reasonsOf(options)}`,
    `write the scores to ${to}${kept}`,
    ...(summary === undefined ? [] : [`write the summary to ${shown(summary.path)}`]),
    `record the run in ${shown(statePath(job, job.date))}`,
  ];
}

function reasonsOf({ reasons = 0, reasonsFor }: DayJob["options"]): string {
  if (reasons === 0) return "";
  const most = `, with ${reasons === 1 ? "one reason" : `up to ${count(reasons, "reason")}`}`;
  return `${most} for ${reasonsFor === undefined ? "every row" : `rows of ${reasonsFor.join(", ")}`}`;
}
