import type { z } from "zod";
import type { Problem } from "../../errors.js";
import { didYouMean, listOfNames } from "../../nearest-name.js";
import { jobSchema } from "./job-schema.js";

type Issue = z.core.$ZodIssue;

/** Names that other programs, or commands of this one, have for what a job file calls otherwise. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  out: "output",
  into: "output",
  tiers: "capacity",
  date: "snapshots.at",
  at: "snapshots.at",
  cutoff: "snapshots.at",
  observe: "snapshots.observe",
  encoding: "read.encoding",
  delimiter: "read.delimiter",
  onProblems: "read.onProblems",
  absentMonths: "read.absentMonths",
  memoryLimit: "read.memoryLimit",
  connection: "output.connection",
};

/** Options of snapshots that place the label, which rows to score do not have. */
const OF_LABELS = ["gap", "horizon", "churn", "followedUntil", "censored"];

/** All that is wrong with the form of a job file. @param file what messages call it. */
export function formProblems(file: string, json: unknown): Problem[] {
  const parsed = jobSchema.safeParse(json);
  if (parsed.success) return [];
  const found = { file, json, within: [], schema: jobSchema };
  return parsed.error.issues.flatMap((issue) => problemsOf(issue, found));
}

/** A problem of a job file. @param at where in the file, such as `output.postgres`. */
export function jobProblem(
  file: string,
  at: string,
  expected: string,
  received?: unknown,
  hint?: string,
): Problem {
  return {
    code: received === undefined && expected === "must be given" ? "argument.missing" : "argument.invalid",
    path: { file, ...(at === "" ? {} : { argument: at }) },
    expected,
    received,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Where an issue was found: the place of the part in the file, and the schema of the part. */
interface Found {
  readonly file: string;
  readonly json: unknown;
  readonly within: readonly PropertyKey[];
  readonly schema: unknown;
}

function problemsOf(issue: Issue, found: Found): Problem[] {
  const { file, json } = found;
  const place = [...found.within, ...issue.path];
  const schema = schemaAt(found.schema, issue.path);
  const at = place.map(String).join(".");
  const value = valueAt(json, place);
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, value);
    return issue.keys.map((key) => unknownProblem(at, key, known, valueAt(json, [...place, key]), file));
  }
  if (issue.code === "invalid_union") {
    const branch = nearestBranch(issue.errors);
    const inside = { file, json, within: place, schema: schema?.def?.options?.[branch] };
    if (branch >= 0) return issue.errors[branch].flatMap((each) => problemsOf(each, inside));
  }
  if (value === undefined) return [jobProblem(file, at, "must be given", undefined, `it ${issue.message}`)];
  return [jobProblem(file, at, issue.message, shownOf(at, value))];
}

/** The form that was meant: one that the value has the type of, with the fewest faults; −1 where there is none. */
function nearestBranch(branches: readonly (readonly Issue[])[]): number {
  const faults = branches.map((issues) => {
    const [first] = issues;
    const isOther = first === undefined || (first.path.length === 0 && first.code !== "unrecognized_keys");
    if (isOther) return Number.POSITIVE_INFINITY;
    return issues.reduce((sum, each) => sum + (each.code === "unrecognized_keys" ? each.keys.length : 1), 0);
  });
  const fewest = Math.min(...faults);
  return Number.isFinite(fewest) ? faults.indexOf(fewest) : -1;
}

function unknownProblem(
  at: string,
  key: string,
  known: readonly string[],
  value: unknown,
  file: string,
): Problem {
  const inside = at === "" ? key : `${at}.${key}`;
  if (at === "snapshots" && OF_LABELS.includes(key)) {
    const expected = "must be left out: it is about the label, and rows to score have none";
    return jobProblem(file, inside, expected, shownOf(inside, value));
  }
  const elsewhere = at === "" && Object.hasOwn(ELSEWHERE, key) ? ELSEWHERE[key] : undefined;
  const hint =
    elsewhere === undefined ? didYouMean(key, known) : `did you mean ${JSON.stringify(elsewhere)}?`;
  const expected = `must be a part of ${at === "" ? "a job file" : at}: ${listOfNames(known)}`;
  return jobProblem(file, inside, expected, shownOf(inside, value), hint);
}

/** The names that an object may have; of several forms, those of the one that it has the most names of. */
function knownKeys(schema: AnySchema | undefined, value: unknown): string[] {
  const forms = [schema, ...(schema?.def?.options ?? [])].map((each) =>
    Object.keys((each as AnySchema | undefined)?.shape ?? {}),
  );
  const shared = forms.map((names) => names.filter((name) => Object.hasOwn(Object(value), name)).length);
  return forms[shared.indexOf(Math.max(...shared))];
}

/** What is used here of a schema of zod. */
interface AnySchema {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly def?: {
    readonly innerType?: unknown;
    readonly valueType?: unknown;
    readonly options?: readonly unknown[];
  };
}

/** The schema of a part; of one that may be left out, that of what it is. */
function schemaAt(schema: unknown, path: readonly PropertyKey[]): AnySchema | undefined {
  const here = schema as AnySchema | undefined;
  if (here?.def?.innerType !== undefined) return schemaAt(here.def.innerType, path);
  const [name, ...rest] = path;
  if (name === undefined || here === undefined) return here;
  return schemaAt(here.shape?.[String(name)] ?? here.def?.valueType, rest);
}

function valueAt(json: unknown, place: readonly PropertyKey[]): unknown {
  return place.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null)?.[key], json);
}

/** A connection may hold a password. */
function shownOf(at: string, value: unknown): unknown {
  return /(?:connection|password|token|url)/i.test(at) ? undefined : value;
}
