import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { exitCodeOf } from "../../../src/errors.js";
import { writeTable } from "../../../src/formats/write-table.js";
import { planJob, runJob } from "../../../src/scoring/nightly/run-job.js";
import { jobFile, OPERATOR } from "../../support/nightly-job.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const RIGHT = { model: "a.model.json", input: "rows.csv", output: "lists/{date}.csv" };
const GOLDEN = resolve("test/golden/v1.model.json");
const SECRET = "hunter2";

beforeAll(async () => {
  await (await scoringModel()).save(at("a.model.json"));
  await writeTable(subscriberTable(50, 1), at("rows.csv"));
  mkdirSync(at("in"));
  await writeTable(subscriberTable(50, 2), at("in", "a.csv"));
});

/** What is wrong with a job: the place in its file, and the sentence. */
async function problemsOf(job: object, env = {}): Promise<string[]> {
  const path = jobFile(folder.path, "job.json", job);
  const error = await thrownBy(() => planJob(path, { date: "2026-02-01", env }));
  return error.problems.map(({ path: place, expected }) => `${place.argument ?? ""}: ${expected}`);
}

const variable = (name: string) => `\${${name}}`;

describe("what is wrong with a job file is named with its place", () => {
  test.each([
    ["an unknown part", { ...RIGHT, ouput: "x.csv" }, "ouput: must be a part of a job file: "],
    ["a part of the command line", { ...RIGHT, out: "x.csv" }, "out: must be a part of a job file: "],
    ["a wrong type", { ...RIGHT, model: 5 }, "model: must be a path, as text"],
    ["an empty path", { ...RIGHT, model: "" }, "model: must be a path, not an empty text"],
    ["a missing part", { input: "rows.csv", output: "x.csv" }, "model: must be given"],
    [
      "neither history nor input",
      { model: RIGHT.model, output: "x.csv" },
      "history: must be given, or input, and not both",
    ],
    ["both", { ...RIGHT, history: OPERATOR }, "history: must be given, or input, and not both"],
    [
      "a later version",
      { ...RIGHT, formatVersion: 2 },
      "formatVersion: must be 1, the version that this holdfast reads",
    ],
    [
      "an unknown member of the output",
      { ...RIGHT, output: { path: "x.csv", formt: "csv" } },
      "output.formt: must be a part of output: path, format, header, nullText, quotes, csvSafe",
    ],
    [
      "a table that is no text",
      { ...RIGHT, output: { postgres: 5 } },
      'output.postgres: must be text, such as "churn.scores"',
    ],
    ["an output of unknown format", { ...RIGHT, output: "x.doc" }, "output: must end in one of "],
    [
      "a folder that is a file",
      { ...RIGHT, output: "rows.csv/" },
      "output: must be another file than the input",
    ],
    [
      "an output that is the input",
      { ...RIGHT, output: "./rows.csv" },
      "output: must be another file than the input",
    ],
    [
      "an output that is the model",
      { ...RIGHT, output: { path: "a.model.json", format: "json" } },
      "output: must be another file than the model",
    ],
    [
      "a summary that is the job file",
      { ...RIGHT, summary: "job.json" },
      "summary: must be another file than the job file",
    ],
    [
      "two outputs that are one file",
      { ...RIGHT, rejects: "lists/2026-02-01.csv" },
      "rejects: must be another file than output",
    ],
    [
      "an output within the input",
      { ...RIGHT, input: "in", output: "in/x.csv" },
      "output: must not lie in the folder of the input, which the next run would read",
    ],
    [
      "an output below a file",
      { ...RIGHT, output: "rows.csv/x.csv" },
      "output: must be a folder, it is a file",
    ],
    ["a capacity that is none", { ...RIGHT, capacity: "call=1,000" }, "capacity: must read like "],
    [
      "an unknown placeholder",
      { ...RIGHT, output: "{day}.csv" },
      "output: must hold known placeholders only: {date} and {month}, ",
    ],
    [
      "a variable that is not set",
      { ...RIGHT, model: variable("MODELS") },
      "model: needs the environment variable MODELS, which is not set",
    ],
    [
      "a rejects limit without rejects",
      { ...RIGHT, maxRejects: 5 },
      "maxRejects: must be given together with rejects",
    ],
    ["a share that is none", { ...RIGHT, maxUnseen: 50 }, "maxUnseen: must be a share from 0 to 1"],
    ["reasons that are no number", { ...RIGHT, reasons: "3" }, "reasons: must be a whole number ≥ 0"],
    ["too many reasons", { ...RIGHT, reasons: 51 }, "reasons: must be a whole number from 0 to 50"],
    ["a language without reasons", { ...RIGHT, reasons: 1, locale: "de" }, 'locale: must be "en" or "zh"'],
    [
      "a sentence that is no text",
      { ...RIGHT, reasons: 1, templates: { tenure: 5 } },
      "templates.tenure: must be a sentence, as text",
    ],
    [
      "reasons for a tier that the model does not have",
      { ...RIGHT, reasons: 1, reasonsFor: ["high", "call"] },
      "reasonsFor[1]: must be one of the tiers high, medium, low",
    ],
    [
      "reasons for a tier that the list does not have",
      { ...RIGHT, capacity: "call=3", reasons: 1, reasonsFor: ["high"] },
      "reasonsFor[0]: must be one of the tiers call, rest",
    ],
    [
      "tiers without reasons",
      { ...RIGHT, reasonsFor: ["high"] },
      "reasonsFor: must be given together with reasons",
    ],
    [
      "reasons of a model of an older version",
      { ...RIGHT, model: GOLDEN, reasons: 1 },
      "reasons: must hold the means of its columns to be explained",
    ],
    ["a summary of another kind", { ...RIGHT, summary: "x.txt" }, "summary: must end in .md or .json"],
    ["a zone that is none", { ...RIGHT, timeZone: "Asia/Shangai" }, "timeZone: must be an IANA time zone"],
    ["a record of each day", { ...RIGHT, state: "runs/{date}" }, "state: must be the same folder every day"],
    ["snapshots of rows", { ...RIGHT, snapshots: {} }, "snapshots: must come with history"],
    [
      "reading a history of rows",
      { ...RIGHT, read: { onProblems: "drop" } },
      "read.onProblems: must come with history",
    ],
    [
      "a window of labels",
      { ...RIGHT, input: undefined, history: OPERATOR, snapshots: { gap: 1 } },
      "snapshots.gap: must be left out: it is about the label",
    ],
    [
      "a cutoff that is none",
      { ...RIGHT, input: undefined, history: OPERATOR, snapshots: { at: "2026-13" } },
      "snapshots.at: must be a day",
    ],
    [
      "a span that is none",
      { ...RIGHT, input: undefined, history: OPERATOR, snapshots: { observe: "6m" } },
      "snapshots.observe: must be 1 to 120 whole months",
    ],
    [
      "a table of no history",
      { ...RIGHT, input: undefined, history: { subscribers: "rows.csv", usages: "u.csv" } },
      "history.usages: must be a part of history: ",
    ],
    [
      "a missing table",
      { ...RIGHT, input: undefined, history: { subscribers: "gone.csv" } },
      "history.subscribers: must exist, there is no such file",
    ],
    [
      "a missing history",
      { ...RIGHT, input: undefined, history: "gone" },
      "history: must exist, there is no such folder",
    ],
    ["a missing input", { ...RIGHT, input: "gone.csv" }, "input: must exist, there is no such file"],
    ["a pattern without files", { ...RIGHT, input: "gone/*.csv" }, "input: must match a file, there is none"],
    ["a missing model", { ...RIGHT, model: "gone.json" }, "model: must exist, there is no such file"],
  ])("%s", async (_, job, expected) => {
    const problems = await problemsOf(job);
    expect(problems.filter((problem) => problem.startsWith(expected))).toHaveLength(1);
    expect(problems).toHaveLength(1);
  });

  test("all at once, those of the file before those of what it names, with exit code 2; nothing is written", async () => {
    const job = {
      modell: "x",
      model: "gone.json",
      input: "gone.csv",
      output: { postgres: "scores", conection: 1 },
      capacity: "much",
      summary: "lists/{dat}.md",
    };
    const path = jobFile(folder.path, "all.json", job);
    const error = await thrownBy(() => runJob(path, { date: "2026-02-01" }));
    expect(error.problems.map(({ path: place }) => place.argument)).toEqual([
      "output.conection",
      "modell",
      "capacity",
      "summary",
      "model",
      "input",
    ]);
    expect(exitCodeOf(error)).toBe(2);
    expect(error.problems[0].hint).toBe('did you mean "connection"?');
    expect(error.problems[1].hint).toBe('did you mean "model"?');
    expect(existsSync(at("lists"))).toBe(false);
  });

  test.each([
    ["a folder", "in", "must be a job file, it is a folder"],
    ["no file", "job.jsn", "must exist, there is no such file"],
    ["what is not JSON", "rows.csv", "must be JSON"],
  ])("%s in its place", async (_, name, expected) => {
    jobFile(folder.path, "job.json", RIGHT);
    const error = await thrownBy(() => runJob(at(name)));
    expect([error.expected, exitCodeOf(error)]).toEqual([expected, 2]);
  });

  test.each([[[]], [null], [5]])("%j in its place", async (json) => {
    writeFileSync(at("odd.json"), JSON.stringify(json));
    const { problems } = await thrownBy(() => runJob(at("odd.json")));
    expect(problems.map(({ expected }) => expected)).toEqual(["must be a job, an object"]);
  });
});

test("a password in the file is refused, and not shown", async () => {
  const path = jobFile(folder.path, "job.json", {
    ...RIGHT,
    output: { postgres: "scores", connection: `postgresql://me:${SECRET}@db/crm` },
  });
  const error = await thrownBy(() => planJob(path));
  expect(error.message).toContain("output.connection: must not hold a password");
  expect(error.message).not.toContain(SECRET);
});

test("a plan says what would be done, and writes nothing", async () => {
  const path = jobFile(folder.path, "plan.json", {
    ...RIGHT,
    capacity: "call=5",
    summary: "lists/{date}.md",
  });
  const plan = await planJob(path, { date: "2026-02-01" });
  expect(plan).toMatchObject({ job: "plan", date: "2026-02-01", isDone: false });
  expect(plan.steps).toEqual([
    "read the rows of rows.csv (1 file)",
    "score them with a.model.json, into call=5",
    "write the scores to the file lists/2026-02-01.csv",
    "write the summary to lists/2026-02-01.md",
    "record the run in lists/_holdfast/runs/plan/2026-02-01.json",
  ]);
  expect(existsSync(at("lists"))).toBe(false);
});
