import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { HoldfastError, type Problem } from "../../errors.js";
import { missingFileHint } from "../../files/missing-file.js";
import { dayOfRun, isTimeZone } from "./day-of-run.js";
import type { JobDay, NightlyJob } from "./job-file.js";
import { formProblems, jobProblem } from "./job-problems.js";
import { type DayJob, type JobPlace, nameOfJob, resolveJob } from "./resolve-job.js";

/** A job on one day, and what is wrong with its file. */
export interface ReadJob {
  readonly job: DayJob;
  readonly problems: readonly Problem[];
  /** Those of further problems that do not follow from the former. */
  readonly further: (problems: readonly Problem[]) => readonly Problem[];
}

/** Reads a job file, or takes a job, and resolves it for one day. Nothing that it names is opened. */
export async function readJob(pathOrJob: string | NightlyJob, { date, env = {} }: JobDay): Promise<ReadJob> {
  const { place, json } = typeof pathOrJob === "string" ? await readFileOf(pathOrJob) : inMemory(pathOrJob);
  const ofForm = formProblems(place.label, json);
  const { job: raw, stoodIn } = wellFormed(json, ofForm);
  const timeZone = raw.timeZone !== undefined && isTimeZone(raw.timeZone) ? raw.timeZone : undefined;
  const { job, problems } = resolveJob(raw, place, { date: dayOfRun(date, timeZone), env });
  const ofFile = [...ofForm, ...problems.filter((problem) => !stoodIn.has(partOf(problem)))];
  const wrong = withRelated([...stoodIn, ...ofFile.map(partOf)]);
  return {
    job,
    problems: ofFile,
    further: (found) => found.filter((problem) => !wrong.has(partOf(problem))),
  };
}

/** The part of a job file that a problem is about. */
function partOf({ code, path: { argument = "" } }: Problem): string {
  return code.startsWith("model.") ? "model" : argument.split(".", 1)[0];
}

/** Parts of a job, with those that can't be judged without them: one of history and input is needed, records lie beside the output. */
function withRelated(parts: readonly string[]): Set<string> {
  const all = new Set(parts);
  if (all.has("history") || all.has("input")) for (const name of ["history", "input"]) all.add(name);
  if (all.has("output")) all.add("state");
  return all;
}

/**
 * The parts of a job that have the right form, so that everything else that is wrong with them is found too. What is
 * missing or wrong is stood in for.
 */
function wellFormed(
  json: unknown,
  problems: readonly Problem[],
): { readonly job: NightlyJob; readonly stoodIn: ReadonlySet<string> } {
  if (problems.length === 0) return { job: json as NightlyJob, stoodIn: new Set() };
  const wrong = withRelated(problems.map(partOf));
  const isObject = typeof json === "object" && json !== null && !Array.isArray(json);
  const right = Object.entries(isObject ? json : {}).filter(([name]) => !wrong.has(name));
  const standIns = { format: "holdfast-job", formatVersion: 1, model: "?", output: "?" } as const;
  const isAny = Object.fromEntries(right) as Partial<NightlyJob>;
  const rows =
    isAny.history === undefined && isAny.input === undefined && wrong.has("input") ? { input: "?" } : {};
  const stoodIn = isObject ? wrong : new Set([...wrong, "model", "output", "history", "input", "state"]);
  return { job: { ...standIns, ...rows, ...isAny }, stoodIn };
}

/** Paths of a job that is no file are relative to the working folder. */
function inMemory(job: NightlyJob): { readonly place: JobPlace; readonly json: unknown } {
  return { place: { label: "job", name: "job", folder: process.cwd() }, json: job };
}

async function readFileOf(path: string): Promise<{ readonly place: JobPlace; readonly json: unknown }> {
  const fail = (expected: string, hint?: string) =>
    new HoldfastError(jobProblem(path, "", expected, undefined, hint));
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw fail("must exist, there is no such file", await missingFileHint(path));
    throw fail(code === "EISDIR" ? "must be a job file, it is a folder" : "must be a file that can be read");
  }
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    const folder = dirname(resolve(path));
    return { place: { label: path, name: nameOfJob(basename(path)), folder }, json };
  } catch (error) {
    throw fail("must be JSON", (error as Error).message.split("\n", 1)[0]);
  }
}
