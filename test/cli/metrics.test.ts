import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import * as golden from "../metrics/golden.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";
import { subscriberCsv } from "./subscriber-csv.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const run = (...args: string[]) => runCli(args, folder.path);

beforeAll(async () => {
  const rows = golden.labels.map(
    (label, i) =>
      `S${i >> 1},${label === 1 ? "是" : "否"},${golden.scores[i]},${1 + (i % 2)},${i % 4 < 2 ? "北" : "南"}`,
  );
  await writeFile(at("scores.csv"), `编号,流失,概率,权重,地区\n${rows.join("\n")}\n`);
});

describe("holdfast metrics", () => {
  test("prints all metrics under the names of their functions as JSON, each with its interval", async () => {
    const { code, stdout } = await run(
      "metrics",
      "scores.csv",
      "--label",
      "流失",
      "--score",
      "概率",
      "--json",
    );
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    for (const name of [
      "rocAuc",
      "averagePrecision",
      "logLoss",
      "brierScore",
      "expectedCalibrationError",
      "calibrationSlope",
      "calibrationIntercept",
      "ks",
      "gini",
      "hMeasure",
      "empc",
      "empcFraction",
      "topDecileLift",
    ]) {
      expect(Object.keys(found[name]), name).toEqual(["value", "low", "high"]);
    }
    // The golden values of these 20 rows.
    expect(found.rocAuc.value).toBe(0.828125);
    expect(found.brierScore.value).toBeCloseTo(0.174395, 12);
    expect(found.hMeasure.value).toBeCloseTo(0.4492465, 7);
    expect(found.empc.value).toBeCloseTo(7.494367288, 9);
    expect(found.empcFraction.value).toBeCloseTo(0.475870644, 9);
    expect(found.calibrationSlope.value).toBeCloseTo(0.918026, 6);
    expect(found.calibrationIntercept.value).toBeCloseTo(-1.443031, 6);
    expect([found.rows, found.positives, found.baseRate]).toEqual([20, 4, 0.2]);
  });

  test("heeds weights, ids and the seed", async () => {
    const json = async (...more: string[]) =>
      JSON.parse(
        (await run("metrics", "scores.csv", "--label", "流失", "--score", "概率", "--json", ...more)).stdout,
      );
    const plain = await json();
    const weighted = await json("--weights", "权重");
    expect(weighted.rocAuc.value).not.toBe(plain.rocAuc.value);
    const grouped = await json("--id", "编号");
    expect(grouped.rocAuc.value).toBe(plain.rocAuc.value);
    expect(grouped.rocAuc.low).not.toBe(plain.rocAuc.low);
    expect((await json("--seed", "1")).rocAuc.low).not.toBe(plain.rocAuc.low);
    expect(await json()).toEqual(plain);
  });

  test("prints Markdown with segments, and writes it or JSON to a file", async () => {
    const args = ["metrics", "scores.csv", "--label", "流失", "--score", "概率", "--segments", "地区"];
    const { code, stdout } = await run(...args, "--out", "march.md");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Metrics of 概率\n/);
    expect(stdout).toMatch(/\| ROC AUC +\| +0\.\d{3} to 1\.000 \| +0\.8281 \|/);
    expect(stdout).toContain("## Segments\n\nNone of 2 segments is off beyond chance.");
    expect(await readFile(at("march.md"), "utf8")).toContain("## Metrics");
    await run(...args, "--out", "march.json");
    expect(JSON.parse(await readFile(at("march.json"), "utf8")).rocAuc.value).toBe(0.828125);
  });

  test("help shows examples", async () => {
    const { code, stdout } = await run("metrics", "--help");
    expect(code).toBe(0);
    expect(stdout).toContain("holdfast metrics scores.csv --label churn --score probability");
  });

  test.each([
    [
      "a score that is no probability",
      "1,2.5\n0,0.4",
      [],
      3,
      /column "p", row 1: must be a probability in \[0, 1\], received 2.5/,
    ],
    [
      "a missing score",
      "1,\n0,0.4",
      [],
      3,
      /column "p", row 1: must be a probability in \[0, 1\], received "nothing"/,
    ],
    ["scores of text", "1,high\n0,low", [], 3, /column "p": must hold numbers/],
    ["one class only", "1,0.5\n1,0.4", [], 3, /churn/],
    ["three labels", "1,0.5\n0,0.4\nmaybe,0.3", [], 3, /churn/],
    [
      "a column that is not there",
      "1,0.5\n0,0.4",
      ["--weights", "w"],
      3,
      /--weights, column "w": must be a column of the table, which has churn, p/,
    ],
    ["segments that are not there", "1,0.5\n0,0.4", ["--segments", "region"], 3, /region/],
    ["an id that is not there", "1,0.5\n0,0.4", ["--id", "subscriber"], 3, /subscriber/],
    [
      "a file of another kind to write",
      "1,0.5\n0,0.4",
      ["--out", "x.pdf"],
      2,
      /--out: must end in .md or .json, received "x.pdf"/,
    ],
    [
      "no replicates",
      "1,0.5\n0,0.4",
      ["--replicates", "0"],
      2,
      /replicates: must be a whole number of at least 1, received 0/,
    ],
  ] as const)("refuses %s", async (_, rows, more, exitCode, words) => {
    await writeFile(at("wrong.csv"), `churn,p\n${rows}\n`);
    const { code, stdout, stderr } = await run(
      "metrics",
      "wrong.csv",
      "--label",
      "churn",
      "--score",
      "p",
      ...more,
    );
    expect(stderr).toMatch(words);
    expect(stdout).toBe("");
    expect(code).toBe(exitCode);
  });

  test("measures scores that are all equal: no calibration line, an AUC of one half", async () => {
    await writeFile(at("equal.csv"), "churn,p\n1,0.3\n0,0.3\n0,0.3\n1,0.3\n");
    const { code, stdout } = await run("metrics", "equal.csv", "--label", "churn", "--score", "p", "--json");
    expect(code).toBe(0);
    const { rocAuc, calibrationSlope } = JSON.parse(stdout);
    expect(rocAuc).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
    expect(calibrationSlope).toBeNull();
  });
});

describe("holdfast evaluate and compare", () => {
  beforeAll(async () => {
    await writeFile(at("subscribers.csv"), subscriberCsv());
    const train = ["train", "subscribers.csv", "--label", "Churn", "--id", "id", "--classifier", "logistic"];
    await run(...train, "--value", "charge", "--tiers", "loss:call>=15,rest", "--out", "a.model.json");
    await run(...train, "--exclude", "tenure", "--out", "b.model.json");
  });

  test("evaluate prints tiers, the risk × value grid and segments, and writes them", async () => {
    const { code, stdout } = await run(
      "evaluate",
      "a.model.json",
      "subscribers.csv",
      "--segments",
      "tariff,tenure",
      "--out",
      "e.md",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/\| tier +\| expected loss from \|/);
    expect(stdout).toContain("## Risk tiers by value: subscribers and expected loss");
    expect(stdout).toMatch(/8 segments/);
    expect(`${await readFile(at("e.md"), "utf8")}\n`).toBe(stdout);
  });

  test("evaluate without --segments cuts by the categories that the model reads", async () => {
    const { stdout } = await run("evaluate", "a.model.json", "subscribers.csv", "--json");
    const { segments, valueGrid } = JSON.parse(stdout);
    expect(new Set(segments.map(({ by }: { by: string }) => by))).toEqual(new Set(["tariff"]));
    expect(valueGrid).toHaveLength(8);
  });

  test("compare says in one sentence which model is better, then by how much", async () => {
    const { code, stdout } = await run("compare", "a.model.json", "b.model.json", "subscribers.csv");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^a\.model\.json is better: it ranks better .*\n/);
    expect(stdout).toMatch(/\| log loss +\| +0\.\d{4} \| +0\.\d{4} \| +-0\.\d{4} \|.*a\.model\.json/);
    const { stdout: json } = await run(
      "compare",
      "a.model.json",
      "b.model.json",
      "subscribers.csv",
      "--json",
    );
    expect(JSON.parse(json).rocAuc.better).toBe("a");
  });

  test("train refuses tiers by loss without a value column, and calibration that there is none of", async () => {
    const train = ["train", "subscribers.csv", "--label", "Churn", "--id", "id"];
    const withoutValue = await run(...train, "--tiers", "loss:call>=15,rest");
    expect(withoutValue.stderr).toMatch(/value: must name a column where tiers go by expected loss/);
    expect(withoutValue.code).toBe(2);
    const unknown = await run(...train, "--calibration", "magic");
    expect(unknown.stderr).toContain("venn-abers");
    expect(unknown.code).toBe(2);
  });
});
