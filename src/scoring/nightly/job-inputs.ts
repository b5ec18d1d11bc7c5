import { stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { HoldfastError, type Problem } from "../../errors.js";
import { fileIdentity } from "../../files/file-identity.js";
import { missingFileHint } from "../../files/missing-file.js";
import type { OpenSourcesOptions } from "../../history/open-sources.js";
import type { FactSource, HistorySources, MappedSource } from "../../history/sources/fact-source.js";
import { type FileNames, sourcesInFolder } from "../../history/sources/folder.js";
import { sha256 } from "../../model-file/content-hash.js";
import { findParts } from "../batch/inputs.js";
import { type DayJob, type JobRows, openingOf } from "./resolve-job.js";

/** The files that a job reads rows from, and what else decides its rows. */
export interface JobInputs {
  readonly files: readonly string[];
  /** Queries and other words that name rows which are in no file. */
  readonly queries: readonly string[];
  readonly problems: readonly Problem[];
}

/** Finds the files of a history or an input; reads nothing. */
export async function findInputs(job: DayJob): Promise<JobInputs> {
  const { rows } = job;
  try {
    const found = rows.kind === "input" ? await ofInput(rows, job) : await ofHistory(rows);
    return { ...found, problems: found.problems.map(inJobFile(job)) };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return { files: [], queries: [], problems: error.problems.map(inJobFile(job)) };
  }
}

/** A text that changes with any of the files, and with the words of the queries. */
export async function identityOfInputs({
  files,
  queries,
}: Pick<JobInputs, "files" | "queries">): Promise<string> {
  const identities = await Promise.all(
    files.map(async (file) => [file, (await fileIdentity(file)) ?? "none"]),
  );
  return sha256(JSON.stringify([identities, queries]));
}

/** The sources of a history, a folder's with the encoding and delimiter of all its text files. */
export async function sourcesOf(
  rows: Extract<JobRows, { kind: "history" }>,
): Promise<HistorySources | string> {
  const { sources, read } = rows;
  const { encoding, delimiter } = read;
  if (typeof sources !== "string" || (encoding === undefined && delimiter === undefined)) return sources;
  const found = await sourcesInFolder(sources, {} satisfies FileNames);
  const mapped = Object.entries(found.sources).map(([table, source]) => [
    table,
    typeof source === "string" && !source.endsWith(".parquet") ? { source, encoding, delimiter } : source,
  ]);
  return Object.fromEntries(mapped) as HistorySources;
}

/** How a history is opened. */
export function openingOptions(rows: Extract<JobRows, { kind: "history" }>, job: DayJob): OpenSourcesOptions {
  return openingOf(rows, job.options.threads);
}

async function ofInput(
  { input, read }: Extract<JobRows, { kind: "input" }>,
  { output, rejects }: DayJob,
): Promise<JobInputs> {
  if (typeof input !== "string") return { ...(await ofSource(input as FactSource, "input")) };
  const written = { output: output.kind === "path" ? output.path : undefined, rejects };
  const { parts } = await findParts(input, read, written);
  const files = parts.flatMap(({ path }) => path ?? []);
  const problems = (await Promise.all(files.map((file) => missing(file, "input")))).flat();
  return { files, queries: [], problems };
}

async function ofHistory({ sources }: Extract<JobRows, { kind: "history" }>): Promise<JobInputs> {
  const found = typeof sources === "string" ? (await sourcesInFolder(sources)).sources : sources;
  const at = (table: string) => (typeof sources === "string" ? "history" : `history.${table}`);
  const each = await Promise.all(
    Object.entries(found).map(([table, source]) => ofSource(source as FactSource | MappedSource, at(table))),
  );
  return {
    files: each.flatMap(({ files }) => files),
    queries: each.flatMap(({ queries }) => queries),
    problems: each.flatMap(({ problems }) => problems),
  };
}

async function ofSource(source: FactSource | MappedSource, at: string): Promise<JobInputs> {
  if (typeof source === "string") return ofPath(source, at);
  if ("source" in source) return ofSource(source.source, `${at}.source`);
  if ("duckdb" in source) {
    const { duckdb, database } = source;
    const file =
      database === undefined ? { files: [], problems: [] } : await ofPath(database, `${at}.database`);
    return { ...file, queries: [duckdb] };
  }
  return { files: [], queries: "postgres" in source ? [source.postgres] : [], problems: [] };
}

async function ofPath(path: string, at: string): Promise<JobInputs> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined || !/[*?[]/.test(path)) {
    return { files: [path], queries: [], problems: await missing(path, at) };
  }
  const { glob } = await import("tinyglobby");
  const base = path.slice(0, path.slice(0, path.search(/[*?[]/)).lastIndexOf("/"));
  const names = await glob([path.slice(base.length + 1)], { cwd: base === "" ? "/" : base });
  const files = names.sort().map((name) => join(base === "" ? "/" : base, name));
  if (files.length > 0) return { files, queries: [], problems: [] };
  const expected = "must match a file, there is none";
  const place = { file: path, argument: at };
  return {
    files,
    queries: [],
    problems: [{ code: "data.unreadable", path: place, expected, received: undefined }],
  };
}

async function missing(file: string, at: string): Promise<Problem[]> {
  if ((await stat(file).catch(() => undefined)) !== undefined) return [];
  const hint = await missingFileHint(file);
  const expected = "must exist, there is no such file";
  const problem: Problem = {
    code: "data.unreadable",
    path: { file, argument: at },
    expected,
    received: undefined,
  };
  return [hint === undefined ? problem : { ...problem, hint }];
}

/** A problem of a function that the user did not call, as one of the job file. */
function inJobFile({ label, folder, rows }: DayJob): (problem: Problem) => Problem {
  const part = rows.kind === "input" ? "input" : "history";
  return ({ path, received, ...problem }) => {
    const { file, argument = part } = path;
    const shown = file === undefined ? undefined : relative(folder, file);
    return {
      ...problem,
      path: { file: label, argument: argument.startsWith(part) ? argument : `${part}.${argument}` },
      received: received ?? (shown?.startsWith("..") ? file : shown),
    };
  };
}
