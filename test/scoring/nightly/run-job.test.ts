import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { exitCodeOf } from "../../../src/errors.js";
import { writeTable } from "../../../src/formats/write-table.js";
import { runJob } from "../../../src/scoring/nightly/run-job.js";
import { jobFile, jsonOf } from "../../support/nightly-job.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const DAY = "2026-02-01";
/** The record of a day of the job `nightly`. */
const recordOf = (place: string, date = DAY) =>
  at(place, "lists", "_holdfast", "runs", "nightly", `${date}.json`);

beforeAll(async () => {
  await (await scoringModel()).save(at("rows.model.json"));
  await writeTable(subscriberTable(900, 3), at("rows.csv"));
  await writeTable(subscriberTable(900, 4), at("other.csv"));
});

/** A job over rows that are there, in a separate folder. */
function rowsJob(place: string, further: object = {}): string {
  mkdirSync(at(place), { recursive: true });
  writeFileSync(at(place, "rows.csv"), readFileSync(at("rows.csv")));
  return jobFile(at(place), "nightly.json", {
    model: "../rows.model.json",
    input: "rows.csv",
    output: "lists/{date}.csv",
    summary: "lists/{date}.md",
    ...further,
  });
}

test.each([
  ["a list", { capacity: "call=10" }, {}, "'=1+1"],
  ["a list, csvSafe: false", { capacity: "call=10" }, { csvSafe: false }, "=1+1"],
  ["scores", {}, {}, "=1+1"],
  ["scores, csvSafe: true", {}, { csvSafe: true }, "'=1+1"],
])("an id that a spreadsheet would run: %s", async (place, further, output, id) => {
  const job = rowsJob(place, { ...further, output: { path: "out.csv", ...output } });
  const [header, , ...rows] = readFileSync(at("rows.csv"), "utf8").split("\n");
  const first = rows[0].replace(/^[^,]*/, "=1+1");
  writeFileSync(at(place, "rows.csv"), [header, first, ...rows.slice(1)].join("\n"));
  await runJob(job, { date: DAY });
  const ids = readFileSync(at(place, "out.csv"), "utf8")
    .split("\n")
    .map((line) => line.split(",")[0]);
  expect(ids.filter((each) => each.includes("=1+1"))).toEqual([id]);
});

describe("a day is done once", () => {
  test("a second run of it writes nothing and says when it was done; the next day is another one", async () => {
    const job = rowsJob("once");
    await runJob(job, { date: DAY });
    const before = readFileSync(recordOf("once"), "utf8");
    // What was scored may have been taken away.
    rmSync(at("once/rows.csv"));
    const second = await runJob(job, { date: DAY });
    expect([second.outcome, second.rows?.scored, second.notes]).toEqual(["already done", 900, []]);
    expect(String(second)).toMatch(/^nightly, 2026-02-01: already done at \d\d:\d\d: 900 rows scored$/);
    expect(readFileSync(recordOf("once"), "utf8")).toBe(before);
    writeFileSync(at("once/rows.csv"), readFileSync(at("other.csv")));
    expect((await runJob(job, { date: "2026-02-02" })).outcome).toBe("done");
  });

  test("notes say what has changed since then; again: true runs it once more", async () => {
    const job = rowsJob("again");
    await runJob(job, { date: DAY });
    rowsJob("again", { capacity: "call=10" });
    writeFileSync(at("again/lists", `${DAY}.csv`), "");
    expect((await runJob(job, { date: DAY })).notes).toEqual([
      "the job file has changed since then; the day was not run again",
      "what it wrote is no longer as it was written; the day was not run again",
    ]);
    const again = await runJob(job, { date: DAY, again: true });
    expect(again.tiers.map(({ tier, rows }) => [tier, rows])).toEqual([
      ["call", 10],
      ["rest", 890],
    ]);
    expect((await runJob(job, { date: DAY })).notes).toEqual([]);
  });

  test("one run at a time: the second ends with exit code 75; the lock of a killed run is ignored", async () => {
    const job = rowsJob("busy");
    const notes = at("busy/lists/_holdfast/runs/nightly/_holdfast");
    mkdirSync(notes, { recursive: true });
    writeFileSync(join(notes, "lock"), "1 elsewhere");
    const error = await thrownBy(() => runJob(job, { date: DAY }));
    expect(error.code).toBe("resource.busy");
    expect(exitCodeOf(error)).toBe(75);
    expect(error.message).toContain("must be the only run of this job: another one is at work");
    expect(existsSync(at("busy/lists", `${DAY}.csv`))).toBe(false);
    for (const dead of [`4194305 ${hostname()}`, `${process.pid} ${hostname()}`]) {
      writeFileSync(join(notes, "lock"), dead);
      // A process that has the same number now began later.
      utimesSync(join(notes, "lock"), 1, 1);
      expect((await runJob(job, { date: DAY, again: true })).outcome).toBe("done");
    }
    expect(existsSync(join(notes, "lock"))).toBe(false);
  });

  test("two that start at once do it once", async () => {
    const job = rowsJob("both");
    const ends = await Promise.allSettled([runJob(job, { date: DAY }), runJob(job, { date: DAY })]);
    const outcomes = ends
      .map((end) => (end.status === "fulfilled" ? end.value.outcome : String(end.reason.code)))
      .sort();
    expect(["already done,done", "done,resource.busy"]).toContain(String(outcomes));
    expect(jsonOf(recordOf("both")).attempts).toBe(1);
  });
});

describe("what fails is in the summary and the record, in one line, and leaves no list", () => {
  test.each([
    ["a model that is none", { model: "rows.csv" }, 4, "rows.csv"],
    [
      "a model that is missing",
      { model: "gone.json" },
      4,
      'nightly.json: model: must exist, there is no such file, received "gone.json"',
    ],
    [
      "an input that is missing",
      { input: "gone.csv" },
      3,
      'nightly.json: input: must exist, there is no such file, received "gone.csv"',
    ],
    ["rows that can't be scored", { input: "bad.csv" }, 3, "bad.csv: "],
  ])("%s", async (name, part, exitCode, message) => {
    const place = `fails ${name}`;
    const job = rowsJob(place, part);
    writeFileSync(at(place, "bad.csv"), "subscriber\n1\n2\n");
    const error = await thrownBy(() => runJob(job, { date: DAY }));
    expect(exitCodeOf(error)).toBe(exitCode);
    const text = readFileSync(at(place, "lists", `${DAY}.md`), "utf8");
    const [, , line] = text.split("\n");
    expect(line).toMatch(new RegExp(`^FAILED, exit code ${exitCode}: `));
    expect(line).toContain(message);
    expect(jsonOf(recordOf(place))).toMatchObject({
      status: "failed",
      summary: { outcome: "failed", error: { exitCode } },
    });
    expect(existsSync(at(place, "lists", `${DAY}.csv`))).toBe(false);
  });

  test("a day that failed is done by the next run, which says how often it was begun", async () => {
    const job = rowsJob("repaired", { input: "later.csv", summary: "summary.json" });
    await thrownBy(() => runJob(job, { date: DAY }));
    expect(jsonOf(at("repaired/summary.json"))).toMatchObject({ outcome: "failed", error: { exitCode: 3 } });
    writeFileSync(at("repaired/later.csv"), readFileSync(at("rows.csv")));
    expect(await runJob(job, { date: DAY })).toMatchObject({ outcome: "done", attempts: 2 });
    expect(jsonOf(at("repaired/summary.json"))).toMatchObject({ outcome: "done", rows: { scored: 900 } });
  });

  test("a run that is asked to end is stopped, with exit code 130", async () => {
    const job = rowsJob("stopped");
    const error = await thrownBy(() => runJob(job, { date: DAY, signal: AbortSignal.abort() }));
    expect([error.code, error.hint, exitCodeOf(error)]).toEqual(["aborted", "run it again to continue", 130]);
    expect(readFileSync(at("stopped/lists", `${DAY}.md`), "utf8")).toContain(
      "stopped, exit code 130: it was asked to end",
    );
    expect((await runJob(job, { date: DAY })).outcome).toBe("done");
  });
});

describe("the summary", () => {
  test("of a model with values has the expected loss of each tier", async () => {
    const summary = await runJob(rowsJob("loss"), { date: DAY });
    const lines = readFileSync(at("loss/lists", `${DAY}.csv`), "utf8")
      .trimEnd()
      .split("\n")
      .slice(1);
    for (const { tier, rows, expectedLoss, expectedChurners } of summary.tiers) {
      const ofTier = lines.map((line) => line.split(",")).filter((cells) => cells[2] === tier);
      expect(ofTier.length).toBe(rows);
      const sum = (column: number) => ofTier.reduce((total, cells) => total + Number(cells[column]), 0);
      expect(expectedLoss).toBeCloseTo(sum(5), 6);
      expect(expectedChurners).toBeCloseTo(sum(1), 9);
    }
  });

  test("of rejected rows warns of them", async () => {
    const job = rowsJob("rejects", { rejects: "lists/{date}.ndjson" });
    const text = readFileSync(at("rejects/rows.csv"), "utf8");
    writeFileSync(at("rejects/rows.csv"), `${text}bad,odd,0,0,A,true,No\n`);
    const { rows, warnings, files } = await runJob(job, { date: DAY });
    expect(rows).toEqual({ read: 901, scored: 900, rejected: 1 });
    expect(warnings).toContain("1 row of 901 rows could not be scored");
    expect(readFileSync(at("rejects", files.rejects ?? ""), "utf8")).toContain("odd");
  });
});

test("paths and columns may be Chinese, a path may name a variable, and `{month}` is the month", async () => {
  const place = at("夜间 任务");
  mkdirSync(join(place, "输入"), { recursive: true });
  writeFileSync(join(place, "输入", "2026-02.csv"), readFileSync(at("rows.csv")));
  const job = jobFile(place, "每晚.json", {
    model: "../rows.model.json",
    input: `\${输入}/{month}.csv`.replace("输入", "INPUT"),
    output: "名单/{date}/名单.csv",
    summary: "名单/{date}/摘要.md",
    capacity: "致电=10，观察=20%",
  });
  const { files, tiers } = await runJob(job, { date: DAY, env: { INPUT: "输入" } });
  expect(tiers.map(({ tier, rows }) => [tier, rows])).toEqual([
    ["致电", 10],
    ["观察", 180],
    ["rest", 710],
  ]);
  expect(files.record).toBe(join("名单", "_holdfast", "runs", "每晚", `${DAY}.json`));
  expect(readFileSync(join(place, files.summary ?? ""), "utf8")).toContain("# 每晚, 2026-02-01");
});

test("a folder output is written part by part, and replaced on the next day", async () => {
  const place = at("parts");
  mkdirSync(join(place, "in"), { recursive: true });
  for (const name of ["a", "b"])
    writeFileSync(join(place, "in", `${name}.csv`), readFileSync(at("rows.csv")));
  const job = jobFile(place, "nightly.json", {
    model: "../rows.model.json",
    input: "in",
    output: { path: "lists/now", format: "parquet" },
  });
  const { rows, files } = await runJob(job, { date: DAY });
  expect([rows?.scored, files.output]).toEqual([1800, join("lists", "now")]);
  rmSync(join(place, "in", "b.csv"));
  const next = await runJob(job, { date: "2026-02-02" });
  expect(next.rows?.scored).toBe(900);
  expect(readdirSync(join(place, "lists", "now")).sort()).toEqual(["_holdfast", "a.parquet"]);
  // Another model or another capacity starts the folder again.
  jobFile(place, "nightly.json", {
    model: "../rows.model.json",
    input: "in",
    output: "lists/now",
    capacity: "call=5",
  });
  expect((await runJob(job, { date: "2026-02-03" })).tiers[0].rows).toBe(5);
});
