import { dirname } from "node:path";
import { exitCodeOf, HoldfastError, type Problem } from "../../errors.js";
import { makeFolder } from "../../files/make-folder.js";
import { writeWholeFile } from "../../files/whole-file.js";
import { unwritableIfSystem } from "../../files/write-faults.js";
import { contentHash } from "../../model-file/content-hash.js";
import { aborted, type LongWork } from "../../progress.js";
import { packageVersion } from "../../version.js";
import { lockFolder } from "../batch/lock.js";
import type { ScoreSummary } from "../score-options.js";
import type { CheckedFiles } from "./check-files.js";
import {
  areAsRecorded,
  type DayOf,
  inFolderOf,
  removeAside,
  scoresOfDay,
  snapshotsOfDay,
} from "./day-scores.js";
import { identityOfInputs } from "./job-inputs.js";
import { type Asked, figuresOf } from "./list-figures.js";
import { doneSummary, failedSummary, type NightlySummary, type SummaryHead } from "./nightly-summary.js";
import type { DayJob } from "./resolve-job.js";
import { cleanUp, lastDoneBefore, type RunState, readState, statePath, writeState } from "./run-state.js";
import { summaryMarkdown } from "./summary-text.js";

/** What an earlier run of the day left, where it is done. */
export async function doneBefore(job: DayJob): Promise<NightlySummary | undefined> {
  const found = await readState(job, job.date);
  if (found?.status !== "done" || found.summary === null) return undefined;
  const notes = [
    ...(found.job.sha256 === job.hash
      ? []
      : ["the job file has changed since then; the day was not run again"]),
    ...(found.scores === null || (await areAsRecorded(job, found.scores))
      ? []
      : ["what it wrote is no longer as it was written; the day was not run again"]),
  ];
  return { ...found.summary, outcome: "already done", notes };
}

/** Does the work of a day, or goes on with it, while no other run of this job does. */
export async function runDay(
  job: DayJob,
  checked: CheckedFiles,
  { again, work }: { readonly again: boolean; readonly work: LongWork },
): Promise<NightlySummary> {
  const unlock = await lock(job);
  try {
    // Another run may have done it meanwhile.
    const done = again ? undefined : await doneBefore(job);
    if (done !== undefined) return done;
    await cleanUp(job);
    const earlier = again ? undefined : await readState(job, job.date).catch(() => undefined);
    if (again) await removeAside(job);
    return await new Run(job, earlier, work).day(checked);
  } finally {
    await unlock();
  }
}

/** Locks the runs of a job. @throws HoldfastError `resource.busy` where another one is at work. */
async function lock({ state }: DayJob): Promise<() => Promise<void>> {
  try {
    return await lockFolder(state);
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw unwritableIfSystem(state, error);
    const problems = error.problems.map(
      (problem): Problem =>
        problem.code === "resource.busy"
          ? { ...problem, expected: "must be the only run of this job: another one is at work" }
          : problem,
    );
    throw new HoldfastError(problems);
  }
}

/** The files that a run writes, besides parts of a folder. */
function writtenFiles({ output, rejects, summary }: DayJob): string[] {
  return [output.kind === "path" ? output.path : undefined, rejects, summary?.path].filter(
    (path) => path !== undefined,
  );
}

/** One run: its record on the disk, and the steps of the day. */
class Run {
  private readonly start = new Date();
  private readonly startTick = performance.now();
  private state: RunState;
  private readonly notes: string[] = [];

  constructor(
    private readonly job: DayJob,
    earlier: RunState | undefined,
    private readonly work: LongWork,
  ) {
    this.state = {
      format: "holdfast-run",
      formatVersion: 1,
      holdfast: packageVersion(),
      date: job.date,
      status: "running",
      attempts: (earlier?.attempts ?? 0) + 1,
      startedAt: this.start.toISOString(),
      endedAt: null,
      job: { file: job.label, sha256: job.hash },
      model: null,
      inputs: null,
      writes: writtenFiles(job),
      snapshots: earlier?.snapshots ?? null,
      scores: earlier?.scores ?? null,
      summary: null,
    };
  }

  /** @throws HoldfastError of the step that failed, after it was written into summary and record. */
  async day(checked: CheckedFiles): Promise<NightlySummary> {
    const { job } = this;
    try {
      const { model, inputs, isFolder, problems } = checked;
      if (model === undefined || problems.length > 0) throw new HoldfastError(problems);
      const day: DayOf = { job, model, inputs: await identityOfInputs(inputs), isFolder, work: this.work };
      await this.record({
        model: { file: inFolderOf(job, job.model), sha256: contentHash(model.scorer.content) },
        inputs: day.inputs,
      });
      if (job.rows.kind === "history") {
        const { record, wasDone } = await snapshotsOfDay(day, this.state.snapshots);
        if (wasDone) this.notes.push("went on from the snapshots that an earlier run of this day had made");
        await this.record({ snapshots: record });
      }
      this.refuseAborted();
      const { record, wasDone } = await scoresOfDay(day, this.state.snapshots, this.state.scores);
      if (wasDone) this.notes.push("an earlier run of this day had written the scores");
      await this.record({ scores: record });
      this.refuseAborted();
      const summary = await this.summarize(day, record);
      await this.end("done", summary);
      await removeAside(job);
      return summary;
    } catch (thrown) {
      throw await this.fail(thrown);
    }
  }

  private async summarize(day: DayOf, scores: NonNullable<RunState["scores"]>): Promise<NightlySummary> {
    const { job, model, work } = day;
    const result = scores.result as ScoreSummary;
    const asked: Asked = {
      first: result.tiers[0]?.tier ?? "",
      top: job.summary?.top ?? 0,
      by: result.list?.by ?? model.tiers[0]?.by ?? "probability",
    };
    const figures = await figuresOf(job, model, { outputs: scores.outputs, date: job.date }, asked, work);
    const before = await lastDoneBefore(job);
    const earlier =
      before?.summary == null
        ? undefined
        : { summary: before.summary, first: await this.firstOf(day, before, asked) };
    return doneSummary(this.head(), model, result, figures, earlier);
  }

  /** The ids of the first tier on an earlier day; null where its list is not there any more, or is another one. */
  private async firstOf(
    { job, model, work }: DayOf,
    { date, scores }: RunState,
    asked: Asked,
  ): Promise<ReadonlySet<string> | null> {
    if (scores === null || !(await areAsRecorded(job, scores))) return null;
    const isRead = job.output.kind === "table" || scores.outputs.length > 0;
    if (!isRead) return null;
    try {
      return (await figuresOf(job, model, { outputs: scores.outputs, date }, { ...asked, top: 0 }, work))
        .first;
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code === "aborted") throw error;
      return null;
    }
  }

  private refuseAborted(): void {
    if (this.work.signal?.aborted === true) throw aborted();
  }

  private head(): SummaryHead {
    const { job, state } = this;
    const { output, rejects, summary } = job;
    return {
      job: job.name,
      date: job.date,
      startedAt: state.startedAt,
      endedAt: new Date().toISOString(),
      seconds: (performance.now() - this.startTick) / 1000,
      attempts: state.attempts,
      notes: this.notes,
      files: {
        output:
          output.kind === "table"
            ? `table ${output.postgres}, scored on ${job.date}`
            : inFolderOf(job, output.path),
        rejects: rejects === undefined ? null : inFolderOf(job, rejects),
        summary: summary === undefined ? null : inFolderOf(job, summary.path),
        record: inFolderOf(job, statePath(job, job.date)),
      },
    };
  }

  private async record(further: Partial<RunState>): Promise<void> {
    this.state = { ...this.state, ...further };
    await writeState(this.job, this.state);
  }

  /** The summary first: where it is there and the record is not, the run is repeated, with the same scores. */
  private async end(status: RunState["status"], summary: NightlySummary): Promise<void> {
    const { summary: file } = this.job;
    if (file !== undefined) {
      await makeFolder(dirname(file.path));
      const text = /\.json$/i.test(file.path)
        ? `${JSON.stringify(summary, null, 2)}\n`
        : summaryMarkdown(summary);
      await writeWholeFile(file.path, text);
    }
    await this.record({ status, endedAt: summary.endedAt, summary });
  }

  /** Writes down what failed. @returns the error to throw. */
  private async fail(thrown: unknown): Promise<unknown> {
    const error = unwritableIfSystem((thrown as NodeJS.ErrnoException).path ?? this.job.state, thrown);
    const isStopped = error instanceof HoldfastError && error.code === "aborted";
    const shown = isStopped ? aborted("run it again to continue") : error;
    const message = error instanceof Error ? error.message.replaceAll(/\s*\n\s*/g, " ") : String(error);
    const summary = failedSummary(this.head(), isStopped ? "stopped" : "failed", {
      message: isStopped ? "it was asked to end" : message,
      exitCode: exitCodeOf(error),
    });
    // What failed is thrown, whatever becomes of these.
    await this.end(summary.outcome === "stopped" ? "stopped" : "failed", summary).catch(() =>
      this.record({ status: "failed", endedAt: summary.endedAt, summary }).catch(() => {}),
    );
    return shown;
  }
}
