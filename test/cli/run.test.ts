import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { jobFile, jsonOf, OPERATOR, saveHistoryModel } from "../support/nightly-job.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const run = (...args: string[]) => runCli(["run", ...args, "--date", "2026-02-01"], folder.path);

beforeAll(async () => {
  await (await scoringModel()).save(at("rows.model.json"));
  await writeTable(subscriberTable(300, 3), at("rows.csv"));
});

const JOB = {
  model: "rows.model.json",
  input: "rows.csv",
  output: "lists/{date}.csv",
  summary: "lists/{date}.md",
};

describe("holdfast run", () => {
  test("prints the summary, then that the day is done already; --again, --quiet and --json", async () => {
    jobFile(folder.path, "nightly.json", JOB);
    const first = await run("nightly.json");
    expect([first.code, first.stdout.split("\n")[0]]).toEqual([
      0,
      "nightly, 2026-02-01: done: 300 rows scored",
    ]);
    expect(first.stderr).toContain("scoring …");
    expect(first.stdout).toContain(
      "Scores: lists/2026-02-01.csv\nSummary: lists/2026-02-01.md\nRecord: lists/_holdfast/runs/nightly/2026-02-01.json\n",
    );
    const second = await run("nightly.json");
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/^nightly, 2026-02-01: already done at \d\d:\d\d: 300 rows scored\n$/);
    const quiet = await run("nightly.json", "--again", "--quiet");
    expect([quiet.code, quiet.stdout, quiet.stderr]).toEqual([0, "", ""]);
    const json = await run("nightly.json", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      outcome: "already done",
      attempts: 1,
      rows: { scored: 300 },
    });
  });

  test("--check says what would be done; a wrong job ends with exit code 2, a bad model with 4, bad data with 3", async () => {
    jobFile(folder.path, "checked.json", JOB);
    const { code, stdout } = await run("checked.json", "--check");
    expect([code, stdout.split("\n")[0]]).toEqual([0, "checked, 2026-02-01: nothing is wrong; a run would"]);
    const codes: [object, number, string][] = [
      [{ ...JOB, capacity: "x" }, 2, "holdfast run: wrong.json: capacity: must read like "],
      [{ ...JOB, model: "rows.csv" }, 4, "rows.csv"],
      [
        { ...JOB, input: "gone.csv" },
        3,
        'holdfast run: wrong.json: input: must exist, there is no such file, received "gone.csv"',
      ],
    ];
    for (const [job, expected, message] of codes) {
      jobFile(folder.path, "wrong.json", job);
      for (const args of [["--check"], []]) {
        const wrong = await run("wrong.json", ...args);
        expect([wrong.code, wrong.stdout]).toEqual([expected, ""]);
        expect(wrong.stderr).toContain(message);
      }
    }
    expect((await runCli(["run"], folder.path)).code).toBe(2);
    expect((await runCli(["run", "nightly.json", "--date", "yesterday"], folder.path)).stderr).toContain(
      "--date: must be a day",
    );
  });

  test("hints about options say where they stand in the job file", async () => {
    const text = readFileSync(at("rows.csv"), "utf8")
      .replaceAll("Family", "家庭")
      .replaceAll("Business", "商务");
    writeFileSync(at("unseen.csv"), text);
    jobFile(folder.path, "unseen.json", { ...JOB, input: "unseen.csv" });
    const { code, stderr } = await run("unseen.json");
    expect(code).toBe(3);
    expect(stderr).toContain('"maxUnseen": 1 in the job file scores all of them as other');
  });

  test("--schema prints the published schema", async () => {
    const published = fileURLToPath(new URL("../../schemas/job.schema.json", import.meta.url));
    const { code, stdout } = await run("--schema");
    expect([code, JSON.parse(stdout)]).toEqual([0, jsonOf(published)]);
  });

  test("a signal ends it with exit code 130, and it is continued by running it again", async () => {
    await saveHistoryModel(at("history.model.json"));
    jobFile(folder.path, "history.json", {
      ...JOB,
      input: undefined,
      model: "history.model.json",
      history: OPERATOR,
    });
    const stopped = await runCli(
      ["run", "history.json", "--date", "2026-02-01"],
      folder.path,
      "checking history",
    );
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain("run it again to continue");
    expect(readFileSync(at("lists/2026-02-01.md"), "utf8")).toContain("stopped, exit code 130");
    const { code, stdout } = await run("history.json");
    expect([code, stdout.split("\n")[0]]).toEqual([
      0,
      "history, 2026-02-01: done: 1,390 rows scored (run 2 of this day)",
    ]);
  });
});
