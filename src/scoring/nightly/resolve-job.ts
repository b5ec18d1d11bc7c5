import { basename, join, resolve, sep } from "node:path";
import { attempt, HoldfastError, type Problem, Problems } from "../../errors.js";
import type { OpenSourcesOptions } from "../../history/open-sources.js";
import type { SnapshotOptions } from "../../history/snapshot-options.js";
import type { HistorySources } from "../../history/sources/fact-source.js";
import { dayProblem } from "../../history/windows/day-problem.js";
import { sha256 } from "../../model-file/content-hash.js";
import { capacityRuleFrom } from "../../tiers/tier-spec.js";
import type { ReadScoreOptions, ScoreInput } from "../batch/inputs.js";
import type { WriteScoreOptions } from "../batch/outputs.js";
import type { ScoreReasonOptions } from "../reasons/reason-options.js";
import { isTimeZone } from "./day-of-run.js";
import type { JobHistory, JobQuery, JobReading, JobSource, NightlyJob } from "./job-file.js";
import { jobProblem } from "./job-problems.js";
import { Placeholders, type RunValues } from "./placeholders.js";

/** A history of which snapshots are made, or rows that are there. */
export type JobRows =
  | {
      readonly kind: "history";
      /** A folder, or a source for each table. */
      readonly sources: string | HistorySources;
      readonly read: JobReading;
      readonly snapshots: Pick<SnapshotOptions, "observe"> & { readonly at: string };
    }
  | { readonly kind: "input"; readonly input: ScoreInput; readonly read: ReadScoreOptions };

/** Where the scores of a job go. */
export type JobOutput =
  | { readonly kind: "path"; readonly path: string; readonly write: WriteScoreOptions }
  | { readonly kind: "table"; readonly postgres: string; readonly connection: string | undefined };

/** A job on one day: absolute paths, no placeholders, defaults filled in. */
export interface DayJob {
  /** What messages call it: the path of its file. */
  readonly label: string;
  readonly name: string;
  /** The folder of its file. */
  readonly folder: string;
  readonly date: string;
  /** SHA-256 of what the file holds, as it is written there. */
  readonly hash: string;
  readonly model: string;
  readonly rows: JobRows;
  readonly output: JobOutput;
  readonly options: ScoreReasonOptions &
    Pick<NightlyJob, "capacity" | "intervals" | "maxRejects" | "maxUnseen" | "threads">;
  readonly rejects: string | undefined;
  readonly summary: { readonly path: string; readonly top: number } | undefined;
  /** The folder for the records of the runs of this job. */
  readonly state: string;
}

/** Where a job stands: its file, and the folder that its paths are relative to. */
export interface JobPlace {
  readonly label: string;
  readonly name: string;
  readonly folder: string;
}

/** Options of `read` that are about a history, and about rows. */
const OF_HISTORY = ["onProblems", "absentMonths", "today", "exclude", "memoryLimit"] as const;
const OF_ROWS = ["format", "names", "nullText", "quotes"] as const;

/** Fills the placeholders of a job whose form is right, and checks what its schema does not. @returns the job, and all problems. */
export function resolveJob(
  job: NightlyJob,
  place: JobPlace,
  values: RunValues,
): { readonly job: DayJob; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const { label, name, folder } = place;
  const { date } = values;
  const placeholders = new Placeholders(label, values, problems);
  const report = (at: string, expected: string, received?: unknown, hint?: string) =>
    problems.push(jobProblem(label, at, expected, received, hint));
  const pathOf = (text: string, at: string) => {
    // A slash at the end says that it is a folder.
    const filled = placeholders.fill(text, at);
    return `${resolve(folder, filled)}${/[/\\]$/.test(filled) ? sep : ""}`;
  };
  const ends = new Ends(placeholders, pathOf, report);

  if ((job.history === undefined) === (job.input === undefined)) {
    const received = job.history === undefined ? undefined : "both";
    report("history", "must be given, or input, and not both", received);
  }
  const rows = rowsOf(job, ends, date, report);
  const output = outputOf(job, ends, pathOf);
  if (output.kind === "path" && output.path === folder)
    report("output", "must be a file, or another folder than that of the job", job.output);
  if (job.capacity !== undefined) {
    const found = new Problems();
    attempt(found, () => capacityRuleFrom("runJob", "capacity", job.capacity ?? ""));
    for (const { expected, received, hint } of found.list) report("capacity", expected, received, hint);
  }
  if (job.maxRejects !== undefined && job.maxRejects > 0 && job.rejects === undefined) {
    report(
      "maxRejects",
      "must be given together with rejects, the file for the rejected rows",
      job.maxRejects,
    );
  }
  if (job.timeZone !== undefined && !isTimeZone(job.timeZone)) {
    report("timeZone", "must be an IANA time zone, such as Asia/Shanghai", job.timeZone);
  }
  const summary = typeof job.summary === "string" ? { path: job.summary } : job.summary;
  const summaryAt = typeof job.summary === "string" ? "summary" : "summary.path";
  if (summary !== undefined && !/\.(?:md|json)$/i.test(summary.path)) {
    report(summaryAt, "must end in .md or .json", summary.path);
  }
  const { capacity, intervals, maxRejects, maxUnseen, threads } = job;
  const { reasons, reasonsFor, locale, templates } = job;
  const day: DayJob = {
    label,
    name,
    folder,
    date,
    hash: sha256(JSON.stringify(job)),
    model: pathOf(job.model, "model"),
    rows,
    output,
    options: { capacity, intervals, maxRejects, maxUnseen, threads, reasons, reasonsFor, locale, templates },
    rejects: job.rejects === undefined ? undefined : pathOf(job.rejects, "rejects"),
    summary: summary && { path: pathOf(summary.path, summaryAt), top: summary.top ?? 0 },
    state: job.state === undefined ? defaultState(job, place, values) : pathOf(job.state, "state"),
  };
  if (job.state !== undefined && /\{(?:date|month)\}/u.test(job.state)) {
    report("state", "must be the same folder every day", job.state);
  }
  return { job: day, problems };
}

type Report = (at: string, expected: string, received?: unknown, hint?: string) => void;

/** Fills the placeholders of sources and outputs. */
class Ends {
  constructor(
    private readonly placeholders: Placeholders,
    readonly pathOf: (text: string, at: string) => string,
    private readonly report: Report,
  ) {}

  query(query: JobQuery, at: string): JobQuery {
    if ("duckdb" in query) {
      const { duckdb, database } = query;
      return {
        duckdb: this.placeholders.fillQuery(duckdb),
        ...(database === undefined ? {} : { database: this.pathOf(database, `${at}.database`) }),
      };
    }
    const { postgres, connection } = query;
    return {
      postgres: this.placeholders.fillQuery(postgres),
      ...(connection === undefined ? {} : { connection: this.connection(connection, `${at}.connection`) }),
    };
  }

  /** A password does not belong into a file that is copied, committed and mailed. */
  connection(text: string, at: string): string {
    if (/^[a-z]+:\/\/[^/@\s]*:(?!\$\{)[^/@\s]+@/iu.test(text) || /\bpassword\s*=\s*(?!\$\{)/iu.test(text)) {
      const hint = `set it in an environment variable, and write \${NAME}`;
      this.report(at, "must not hold a password", undefined, hint);
    }
    return this.placeholders.fill(text, at);
  }

  source(source: JobSource, at: string): JobSource {
    if (typeof source === "string") return this.pathOf(source, at);
    if (!("source" in source)) return this.query(source, at);
    const { source: inner } = source;
    const filled =
      typeof inner === "string" ? this.pathOf(inner, `${at}.source`) : this.query(inner, `${at}.source`);
    return { ...source, source: filled };
  }
}

function rowsOf(job: NightlyJob, ends: Ends, date: string, report: Report): JobRows {
  const { history, input, read = {}, snapshots = {} } = job;
  if (history === undefined) {
    if (job.snapshots !== undefined) report("snapshots", "must come with history", job.snapshots);
    for (const name of OF_HISTORY) {
      if (read[name] !== undefined)
        report(`read.${name}`, "must come with history, it is not about rows", read[name]);
    }
    const found = typeof input === "object" ? ends.query(input, "input") : ends.pathOf(input ?? "?", "input");
    const { onProblems: _, absentMonths: _a, today: _t, exclude: _e, memoryLimit: _m, ...ofRows } = read;
    return { kind: "input", input: found, read: ofRows };
  }
  for (const name of OF_ROWS) {
    if (read[name] !== undefined)
      report(`read.${name}`, "must come with input, it is not about a history", read[name]);
  }
  if (typeof history !== "string") {
    for (const name of ["encoding", "delimiter"] as const) {
      const expected = "must be given source by source, as the history has a source for each table";
      if (read[name] !== undefined) report(`read.${name}`, expected, read[name]);
    }
  }
  const { at = "today", observe } = snapshots;
  const cutoff = at === "today" ? date : at === "start of month" ? `${date.slice(0, 7)}-01` : at;
  const wrong = dayProblem("runJob", "snapshots.at", cutoff);
  if (wrong !== undefined) report("snapshots.at", wrong.expected, at);
  const sources = typeof history === "string" ? ends.pathOf(history, "history") : tablesOf(history, ends);
  return { kind: "history", sources, read, snapshots: { at: cutoff, observe } };
}

function tablesOf(history: JobHistory, ends: Ends): HistorySources {
  const filled = Object.entries(history).map(([table, source]) => [
    table,
    source === undefined ? undefined : ends.source(source, `history.${table}`),
  ]);
  return Object.fromEntries(filled) as HistorySources;
}

function outputOf({ output }: NightlyJob, ends: Ends, pathOf: Ends["pathOf"]): JobOutput {
  if (typeof output === "string") return { kind: "path", path: pathOf(output, "output"), write: {} };
  if ("postgres" in output) {
    const { postgres, connection } = output;
    const filled = connection === undefined ? undefined : ends.connection(connection, "output.connection");
    return { kind: "table", postgres, connection: filled };
  }
  const { path, ...write } = output;
  return { kind: "path", path: pathOf(path, "output.path"), write };
}

/** Beside the output, in the first folder that does not depend on the day; beside the job where the output is a table. */
function defaultState({ output }: NightlyJob, { label, folder, name }: JobPlace, values: RunValues): string {
  const path = (typeof output === "string" ? output : "path" in output ? output.path : "").replace(
    /[/\\]+$/,
    "",
  );
  const day = path.search(/(?<!\$)\{(?:date|month)\}/u);
  const fixed = day < 0 ? path : path.slice(0, day);
  const base = fixed.slice(0, Math.max(fixed.lastIndexOf("/"), fixed.lastIndexOf("\\"), 0));
  // What is wrong with its variables is reported of the output.
  const filled = new Placeholders(label, values, []).fill(base, "output");
  return join(
    resolve(folder, filled === "" && path.startsWith("/") ? "/" : filled),
    "_holdfast",
    "runs",
    name,
  );
}

/** The name of a job: that of its file, without extension. */
export function nameOfJob(path: string): string {
  return basename(path).replace(/\.json$/i, "");
}

/** Options of opening the history of a job. */
export function openingOf(
  { read }: Extract<JobRows, { kind: "history" }>,
  threads: number | undefined,
): OpenSourcesOptions {
  const { encoding: _, delimiter: _d, format: _f, names: _n, nullText: _t, quotes: _q, ...options } = read;
  return { ...options, threads };
}

/** Throws all problems at once: those of the job file before those of data and models, which decide the exit code. */
export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const isOfFile = ({ code }: Problem) => code.startsWith("argument.");
  throw new HoldfastError([
    ...problems.filter(isOfFile),
    ...problems.filter((problem) => !isOfFile(problem)),
  ]);
}
