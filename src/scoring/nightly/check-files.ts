import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, extname, isAbsolute, relative, resolve, sep } from "node:path";
import { attempt, HoldfastError, type Problem, Problems } from "../../errors.js";
import { fileFormat, formatOf } from "../../formats/formats.js";
import { type AnyModel, loadModel } from "../../model-kinds.js";
import { capacityRuleFrom } from "../../tiers/tier-spec.js";
import { JobReasons } from "../reasons/job-reasons.js";
import { findInputs, type JobInputs } from "./job-inputs.js";
import { jobProblem } from "./job-problems.js";
import type { DayJob } from "./resolve-job.js";

/** What a job names, found and checked before anything starts. */
export interface CheckedFiles {
  /** Undefined where it has problems. */
  readonly model: AnyModel | undefined;
  readonly inputs: JobInputs;
  /** Whether the scores go into a folder, part by part. */
  readonly isFolder: boolean;
  readonly problems: readonly Problem[];
}

/** Loads the model, finds what is read, and looks whether what is written can be written. Writes nothing. */
export async function checkFiles(job: DayJob): Promise<CheckedFiles> {
  const problems: Problem[] = [];
  const model = await loadModel(job.model).catch((error: unknown) => {
    if (!(error instanceof HoldfastError)) throw error;
    problems.push(...error.problems.map((problem) => ofModel(job, problem)));
    return undefined;
  });
  if (model !== undefined) problems.push(...(await reasonProblems(job, model)));
  const inputs = await findInputs(job);
  problems.push(...inputs.problems);
  const isFolder = await isFolderOutput(job);
  problems.push(...formatProblems(job, isFolder), ...(await placeProblems(job, inputs, isFolder)));
  return { model, inputs, isFolder, problems };
}

/** That there is no such file is a problem of the job file; what is wrong with a model has its place in the model. */
function ofModel({ label, folder, model }: DayJob, problem: Problem): Problem {
  const { function: _, ...path } = problem.path;
  if (problem.code !== "model.unreadable") return { ...problem, path };
  const received = isAbsolute(relative(folder, model)) ? model : relative(folder, model);
  return { ...problem, path: { file: label, argument: "model" }, received };
}

/** Tiers that the model or the list does not have, and reasons of a model that can't give any. */
async function reasonProblems({ label, options }: DayJob, model: AnyModel): Promise<Problem[]> {
  const { capacity } = options;
  const problems = new Problems();
  // What is wrong with the capacity is reported already.
  const rule = attempt(problems, () => capacity && capacityRuleFrom("runJob", "capacity", capacity));
  if (problems.count > 0) return [];
  const tiers = (rule ? rule.tiers : model.tiers).map(({ name }) => name);
  try {
    await JobReasons.of("runJob", model, options, tiers);
    return [];
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return error.problems.map(({ path: { argument = "reasons" }, ...problem }) => ({
      ...problem,
      path: { file: label, argument },
    }));
  }
}

async function isFolderOutput({ rows, output }: DayJob): Promise<boolean> {
  if (output.kind === "table") return false;
  const { path } = output;
  if (path.endsWith(sep) || (await stat(path).catch(() => undefined))?.isDirectory() === true) return true;
  if (extname(path) !== "" || rows.kind !== "input" || typeof rows.input !== "string") return false;
  return /[*?[{]/.test(rows.input) || (await stat(rows.input).catch(() => undefined))?.isDirectory() === true;
}

/** Extensions that name no format. */
function formatProblems({ label, output, rejects }: DayJob, isFolder: boolean): Problem[] {
  const problems: Problem[] = [];
  const add = (at: string, check: () => unknown) => {
    try {
      check();
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      for (const { expected, received, hint } of error.problems)
        problems.push(jobProblem(label, at, expected, received, hint));
    }
  };
  if (output.kind === "path" && !isFolder) {
    const { format } = output.write;
    add("output", () =>
      format === undefined
        ? formatOf("runJob", "output", output.path, "output.format")
        : fileFormat("runJob", "output.format", format),
    );
  }
  if (rejects !== undefined && /[/\\]$/.test(rejects))
    problems.push(jobProblem(label, "rejects", "must be a file, not a folder", rejects));
  return problems;
}

/** Outputs that are inputs, or each other, and those that can't be written where they are to be. */
async function placeProblems(job: DayJob, inputs: JobInputs, isFolder: boolean): Promise<Problem[]> {
  const { label, output, rejects, summary, rows } = job;
  const written: (readonly [string, string])[] = [];
  if (output.kind === "path") written.push(["output", output.path]);
  if (rejects !== undefined) written.push(["rejects", rejects]);
  if (summary !== undefined) written.push(["summary", summary.path]);
  const read: (readonly [string, string])[] = [
    ["the job file", resolve(label)],
    ["the model", job.model],
    ...inputs.files.map((file) => ["the input", file] as const),
  ];
  const problems: Problem[] = [];
  for (const [place, [at, path]] of written.entries()) {
    for (const [what, other] of [...read, ...written.slice(0, place)]) {
      if (await isSame(path, other))
        problems.push(jobProblem(label, at, `must be another file than ${what}`, path));
    }
    const source = rows.kind === "input" ? rows.input : rows.sources;
    const isInside = typeof source === "string" && resolve(path).startsWith(`${resolve(source)}${sep}`);
    if (isInside && (await stat(source).catch(() => undefined))?.isDirectory() === true) {
      const what = rows.kind === "input" ? "input" : "history";
      problems.push(
        jobProblem(
          label,
          at,
          `must not lie in the folder of the ${what}, which the next run would read`,
          path,
        ),
      );
    }
    problems.push(...(await writableProblems(label, at, path, at === "output" && isFolder)));
  }
  // The records lie beside the output.
  const isBeside = problems.some(({ code }) => code === "data.unwritable");
  return isBeside ? problems : [...problems, ...(await writableProblems(label, "state", job.state, true))];
}

async function isSame(a: string, b: string): Promise<boolean> {
  if (resolve(a) === resolve(b)) return true;
  const [first, second] = await Promise.all([a, b].map((path) => stat(path).catch(() => undefined)));
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

/** The first folder above that exists must be one, and this user's to write to: those below it are made. */
async function writableProblems(
  label: string,
  at: string,
  path: string,
  isFolder: boolean,
): Promise<Problem[]> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && found.isDirectory() !== isFolder) {
    return [
      jobProblem(
        label,
        at,
        isFolder ? "must be a folder, it is a file" : "must be a file, it is a folder",
        path,
      ),
    ];
  }
  let folder = found?.isDirectory() === true ? path : dirname(resolve(path));
  for (;;) {
    const each = await stat(folder).catch(() => undefined);
    if (each !== undefined || dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  const isDirectory = (await stat(folder).catch(() => undefined))?.isDirectory() === true;
  if (!isDirectory) return [unwritable(label, at, folder, "must be a folder, it is a file")];
  const isWritable = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return isWritable ? [] : [unwritable(label, at, folder, "must be a folder that this user may write to")];
}

function unwritable(label: string, at: string, folder: string, expected: string): Problem {
  return { code: "data.unwritable", path: { file: label, argument: at }, expected, received: folder };
}
