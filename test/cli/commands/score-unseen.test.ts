import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberRows } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const HEADER = "subscriber,tenure,客服 calls,charge,套餐,group";
const UNSEEN = `${HEADER}\n1,3,2,,Gold,true\n2,99,2,50,Silver,true\n`;

beforeAll(async () => {
  await (await scoringModel()).save(at("model.json"));
  writeFileSync(at("unseen.csv"), UNSEEN);
  writeFileSync(at("bad.csv"), `${HEADER}\n1,x,2,5,Family,true\n2,y,2,5,Family,true\n`);
  const rows = subscriberRows(400).map((row, r) => ({ ...row, 套餐: r % 2 ? "Gold" : row.套餐 }));
  const lines = rows.map((row) => Object.values(row).join(","));
  writeFileSync(at("labelled.csv"), `${[`${HEADER},churned`, ...lines].join("\n")}\n`);
});

const holdfast = (...args: string[]) => runCli(args, folder.path);

describe("holdfast score", () => {
  test("ends with exit code 3 where a column is unseen, and says which option allows it", async () => {
    const { code, stderr } = await holdfast("score", "model.json", "unseen.csv", "--out", "no.csv");
    expect(code).toBe(3);
    expect(stderr).toContain(
      'holdfast score: unseen.csv: column "套餐": must have categories that the model was trained with ("Business", "Family", "随心"): all 2 rows with a value have others, received "Gold", "Silver" (write them as in training; --max-unseen 1 scores all of them as other)',
    );
    expect(existsSync(at("no.csv"))).toBe(false);
  });

  test.each(["1", "100%"])("scores it with --max-unseen %s, and lists what is unusual", async (share) => {
    const args = ["score", "model.json", "unseen.csv", "--out", "yes.csv", "--max-unseen", share];
    const { code, stdout } = await holdfast(...args);
    expect(code).toBe(0);
    expect(stdout).toContain("Note: 套餐 has 2 rows with categories that were not in the training data");
    const table = stdout.split("\n\n").find((part) => part.startsWith("input"));
    expect(table?.split("\n").map((line) => line.split(/ {2,}/u))).toEqual([
      ["input", "missing", "in training", "out of range", "range of training", "unseen"],
      expect.anything(),
      ["套餐", "0.0%", expect.stringMatching(/%$/u), "–", "–", "100.0%"],
      ["tenure", "0.0%", "0.0%", "50.0%", "0 to 71", "–"],
      [
        "charge",
        "50.0%",
        expect.stringMatching(/%$/u),
        expect.anything(),
        expect.stringMatching(/ to /u),
        "–",
      ],
    ]);
    const json = await holdfast(...args, "--json");
    expect(JSON.parse(json.stdout.trimEnd().split("\n").at(-1) ?? "").inputs).toContainEqual({
      column: "tenure",
      missing: 0,
      missingInTraining: 0,
      outOfRange: 1,
      range: [0, 71],
      unseen: null,
    });
  });

  test.each(["1.5", "half", "-1", "101%"])("refuses --max-unseen %s with exit code 2", async (share) => {
    const given = `--max-unseen=${share}`;
    const { code, stderr } = await holdfast("score", "model.json", "unseen.csv", "--out", "no.csv", given);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--max-unseen: must be a share from 0 to 1")]);
  });

  test("into standard output ends with exit code 3 after the rows", async () => {
    const { code, stdout, stderr } = await holdfast(
      "score",
      "model.json",
      "unseen.csv",
      "--out",
      "-",
      "--format",
      "csv",
    );
    expect([code, stdout.trimEnd().split("\n").length]).toEqual([3, 3]);
    expect(stderr).toContain('column "套餐"');
  });

  test("ends with exit code 3 where all rows are rejected, and the rejects are there", async () => {
    const args = ["score", "model.json", "bad.csv", "--out", "no.csv", "--rejects", "rejects.ndjson"];
    const { code, stderr } = await holdfast(...args);
    expect(code).toBe(3);
    expect(stderr).toContain(
      'must have a row that can be scored: all 2 rows were rejected (rejects.ndjson holds the rows with the reasons; the first: bad.csv: line 2, column "tenure", row 1: must be a number, received "x")',
    );
    expect(readFileSync(at("rejects.ndjson"), "utf8").trimEnd().split("\n")).toHaveLength(2);
    expect(existsSync(at("no.csv"))).toBe(false);
  });
});

describe.each([
  ["evaluate", ["model.json", "labelled.csv"], "Warning: 套餐 has 200 rows with categories"],
  ["compare", ["model.json", "model.json", "labelled.csv"], "Warning: model.json: 套餐 has 200 rows with"],
])("holdfast %s", (command, args, warning) => {
  test.each([[], ["--json"]])("warns of unseen categories beside its result: %j", async (...options) => {
    const { code, stdout, stderr } = await holdfast(command, ...args, ...options);
    expect([code, stderr]).toEqual([0, expect.stringContaining(warning)]);
    if (options.length > 0) expect(JSON.parse(stdout)).toHaveProperty("rows", 400);
  });
});
