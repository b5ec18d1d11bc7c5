import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readTable } from "../../../src/formats/read-table.js";
import { writeTable } from "../../../src/formats/write-table.js";
import { scoreTable } from "../../../src/scoring/scores-table.js";
import { rowsOf } from "../../../src/table/rows.js";
import { killAndGoOn } from "../../support/killed-jobs.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

const MINUTES = 3 * 60_000;
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();
/** More rows than one thread scores before it starts others. */
const MANY = subscriberTable(70_000, 3);

beforeAll(async () => {
  await model.save(at("model.json"));
  await writeTable(MANY, at("many.parquet"));
  await writeTable(subscriberTable(40, 3), at("rows.csv"));
}, MINUTES);

const score = (...args: string[]) => runCli(["score", "model.json", ...args], folder.path);

describe("holdfast score --reasons", () => {
  test(
    "the bytes are the same on any number of threads, of scores and of a list",
    async () => {
      for (const more of [[], ["--capacity", "high=9000,rest"]]) {
        for (const threads of ["1", "3"]) {
          const options = ["--reasons", "2", "--reasons-for", "high", "--locale", "zh", "--threads", threads];
          const { code, stderr } = await score(
            "many.parquet",
            "--out",
            `${threads}.parquet`,
            ...options,
            ...more,
          );
          expect(code, stderr).toBe(0);
        }
        const [one, other] = ["1", "3"].map((threads) => readFileSync(at(`${threads}.parquet`)));
        expect(other.equals(one)).toBe(true);
      }
    },
    MINUTES,
  );

  test("and those of scoreTable, to the last text", async () => {
    await score("many.parquet", "--out", "all.parquet", "--reasons", "2", "--reasons-for", "high,medium");
    const written = await readTable(at("all.parquet"), { columns: { id: "text" } });
    const expected = scoreTable(model, MANY, { reasons: 2, reasonsFor: ["high", "medium"] });
    expect(rowsOf(written)).toEqual(rowsOf(expected));
  });

  test("sentences come from a file; tiers may have Chinese commas between them", async () => {
    writeFileSync(at("templates.json"), JSON.stringify({ tenure: "在网 {value} 个月" }));
    const { code, stdout } = await score(
      ...["rows.csv", "--out", "-", "--reasons", "3", "--reasons-for", "high，medium", "--locale", "zh"],
      ...["--templates", "templates.json"],
    );
    expect(code).toBe(0);
    expect(stdout.split("\n")[0]).toMatch(/,expected_loss,reason_1,reason_2,reason_3$/u);
    expect(stdout).toMatch(/在网 \d+ 个月/u);
    for (const line of stdout.split("\n").filter((each) => each.includes(",low,")))
      expect(line).toMatch(/,,,$/u);
  });

  test.each([
    [["--reasons", "x"], "--reasons: must be a whole number ≥ 0"],
    [["--reasons", "51"], "--reasons: must be a whole number from 0 to 50"],
    [["--reasons", "1", "--locale", "de"], "Allowed choices are en, zh"],
    [["--reasons-for", "high"], "--reasons-for: must be given together with reasons"],
    [["--reasons-for", "high"], "(add --reasons 3)"],
    [
      ["--reasons", "1", "--reasons-for", "hihg"],
      "--reasons-for: must be one of the tiers high, medium, low",
    ],
    [["--reasons", "1", "--templates", "none.json"], "none.json: must be a file that can be read"],
    [["--reasons", "1", "--templates", "rows.csv"], "must be a JSON object of sentences by column"],
    [["--reasons", "1", "--templates", "list.json"], "--templates: must be an object of sentences by column"],
  ])("says what is wrong: %s", async (options, message) => {
    writeFileSync(at("list.json"), "[1]");
    const { code, stderr } = await score("rows.csv", "--out", "wrong.csv", ...options);
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });

  test("a model of an older version ends with the exit code of models, and what to do", async () => {
    const golden = resolve("test/golden/v1.model.json");
    const args = ["score", golden, "rows.csv", "--out", "old.csv", "--reasons", "1"];
    const { code, stderr } = await runCli(args, folder.path);
    expect(code).toBe(4);
    expect(stderr).toContain("(train it again)");
  });
});

test(
  "a job with reasons that is killed and gone on with ends with the bytes of an undisturbed one",
  async () => {
    mkdirSync(at("parts"));
    for (let part = 0; part < 4; part++)
      await writeTable(subscriberTable(6000, part), at(`parts/${part}.csv`));
    const job = {
      model: at("model.json"),
      input: at("parts"),
      out: at("out"),
      rejects: at("rejects.ndjson"),
      options: ["--reasons", "2", "--reasons-for", "call,watch", "--capacity", "call=300,watch=20%"],
    };
    const undisturbed = await killAndGoOn(job, []);
    expect(undisturbed.end.code, undisturbed.end.stderr).toBe(0);
    for (const share of [0.4, 0.6, 0.8]) {
      const { digests, end } = await killAndGoOn(job, [undisturbed.end.milliseconds * share]);
      expect(end.code, end.stderr).toBe(0);
      expect(digests).toEqual(undisturbed.digests);
    }
  },
  MINUTES,
);
