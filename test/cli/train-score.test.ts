import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";
import { subscriberCsv } from "./subscriber-csv.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const TRAIN = ["train", "subscribers.csv", "--label", "Churn", "--id", "id", "--classifier", "logistic"];

describe("the way from a file to scores", () => {
  beforeAll(async () => {
    await writeFile(at("subscribers.csv"), subscriberCsv());
    const { code, stderr } = await runCli([...TRAIN, "--out", "a.model.json"], folder.path);
    expect(stderr).toContain("logistic, repeat 1 of 3 …");
    expect(code).toBe(0);
  });

  test("train prints rows, churn rate, columns left out and why, leaderboard, metrics and tiers", async () => {
    const { stdout } = await runCli(["inspect", "a.model.json"], folder.path);
    expect(stdout).toContain("400 rows".replace(" rows", ", "));
    expect(stdout).toContain("id (the id)");
    expect(stdout).toContain("country (constant)");
    expect(stdout).toMatch(/→ +logistic/);
    // Fewer than 100 churners: the interval comes first.
    expect(stdout).toMatch(/ROC AUC +0\.\d{3} to 0\.\d{3} +0\.\d{4}/);
    expect(stdout).toMatch(/high +0\.\d{4} +40 +10\.0%/);
  });

  test("the same seed writes the same file", async () => {
    await runCli([...TRAIN, "--out", "b.model.json"], folder.path);
    expect(await readFile(at("b.model.json"))).toEqual(await readFile(at("a.model.json")));
  });

  test("any number of threads writes the same file", async () => {
    const boosting = [
      "train",
      "subscribers.csv",
      "--label",
      "Churn",
      "--id",
      "id",
      "--classifier",
      "boosting",
      "--folds",
      "2",
      "--repeats",
      "1",
    ];
    for (const threads of ["1", "2"]) {
      const out = `threads${threads}.model.json`;
      const { code } = await runCli([...boosting, "--threads", threads, "--out", out], folder.path);
      expect(code).toBe(0);
    }
    expect(await readFile(at("threads2.model.json"))).toEqual(await readFile(at("threads1.model.json")));
  });

  test("score writes one row per subscriber with id (leading zeros kept), probability and tier", async () => {
    const { code, stdout } = await runCli(
      ["score", "a.model.json", "subscribers.csv", "--out", "scores.csv"],
      folder.path,
    );
    expect(code).toBe(0);
    expect(stdout).toContain("400 rows scored");
    const lines = (await readFile(at("scores.csv"), "utf8")).trimEnd().split("\n");
    expect(lines).toHaveLength(401);
    expect(lines[0]).toBe("id,probability,tier");
    expect(lines[1]).toMatch(/^00001,0\.\d+,(high|medium|low)$/);
  });

  test("score reads a file of one row by the kinds the model was trained with", async () => {
    const [head, , row] = subscriberCsv().split("\n");
    await writeFile(at("one.csv"), `${head}\n${row}\n`);
    const { code } = await runCli(
      ["score", "a.model.json", "one.csv", "--out", "one.scores.csv"],
      folder.path,
    );
    expect(code).toBe(0);
    const all = (await readFile(at("scores.csv"), "utf8")).split("\n");
    expect((await readFile(at("one.scores.csv"), "utf8")).split("\n")[1]).toBe(all[2]);
  });

  test("score names categories that were not in the training data", async () => {
    const csv = subscriberCsv().replace("00001,basic", "00001,五折套餐");
    await writeFile(at("unseen.csv"), csv);
    const { code, stdout } = await runCli(
      ["score", "a.model.json", "unseen.csv", "--out", "u.csv"],
      folder.path,
    );
    expect(code).toBe(0);
    expect(stdout).toContain("Note: tariff has 1 row with categories that were not in the training data");
    expect(stdout).toContain("五折套餐");
  });

  test("evaluate --json gives every metric with its interval under the function's name", async () => {
    const { code, stdout } = await runCli(
      ["evaluate", "a.model.json", "subscribers.csv", "--json"],
      folder.path,
    );
    expect(code).toBe(0);
    const { metrics, tierTable, rows } = JSON.parse(stdout);
    expect(rows).toBe(400);
    for (const name of [
      "rocAuc",
      "averagePrecision",
      "logLoss",
      "brierScore",
      "expectedCalibrationError",
      "ks",
    ]) {
      expect(metrics[name].low).toBeLessThanOrEqual(metrics[name].high);
    }
    expect(tierTable.map(({ tier }: { tier: string }) => tier)).toEqual(["high", "medium", "low"]);
  });

  test("evaluate and compare say how many of the rows were trained on", async () => {
    const half = subscriberCsv().split("\n").slice(0, 201);
    await writeFile(at("half.csv"), half.join("\n"));
    const line =
      "200 of 200 rows were trained on (same id, inputs and label): what is measured on them is too good";
    const evaluated = await runCli(["evaluate", "a.model.json", "half.csv"], folder.path);
    expect(evaluated.stdout).toContain(`\n\n**${line}**\n\n`);
    const { stdout } = await runCli(["evaluate", "a.model.json", "half.csv", "--json"], folder.path);
    expect(JSON.parse(stdout).trainedOn).toMatchObject({
      rows: 200,
      subscribers: { count: 200, known: 200 },
    });
    await runCli([...TRAIN, "--no-fingerprints", "--out", "none.model.json"], folder.path);
    const compared = await runCli(["compare", "a.model.json", "none.model.json", "half.csv"], folder.path);
    expect(compared.stdout).toContain(`\n\na.model.json: ${line}\n\n`);
    expect(compared.stdout).not.toContain("none.model.json: ");
  });

  test("inspect --json gives label, id, inputs, tiers and the training report", async () => {
    const { stdout } = await runCli(["inspect", "a.model.json", "--json"], folder.path);
    const { label, id, inputs, training } = JSON.parse(stdout);
    expect(label).toEqual({ column: "Churn", positive: "Yes", negative: "No" });
    expect(id).toBe("id");
    expect(inputs.map(({ name }: { name: string }) => name)).toEqual(["charge", "tariff", "tenure"]);
    expect(training.rows).toBe(400);
  });

  test("train --tiers draws tiers by capacity and by probability", async () => {
    const byTop = await runCli([...TRAIN, "--tiers", "打电话=25,其余", "--json"], folder.path);
    expect(JSON.parse(byTop.stdout).tierTable[0]).toMatchObject({ tier: "打电话", rows: 25 });
    const byLimit = await runCli([...TRAIN, "--tiers", "high>=0.5,low", "--json"], folder.path);
    expect(JSON.parse(byLimit.stdout).tierTable[0]).toMatchObject({ tier: "high", from: 0.5 });
  });

  test("train reads a GB18030 file with Chinese names when told the encoding", async () => {
    // 套餐 (tariff), 流失 (churn), 是 and 否 (yes and no) in GB18030, which Node can decode but not encode.
    const gb: Record<string, number[]> = {
      套餐: [0xcc, 0xd7, 0xb2, 0xcd],
      流失: [0xc1, 0xf7, 0xca, 0xa7],
      是: [0xca, 0xc7],
      否: [0xb7, 0xf1],
    };
    const text = subscriberCsv()
      .replace("tariff", "套餐")
      .replace("Churn", "流失")
      .replaceAll("Yes", "是")
      .replaceAll("No\n", "否\n");
    const bytes = text.split(/(套餐|流失|是|否)/).map((part) => Buffer.from(gb[part] ?? part));
    await writeFile(at("gb.csv"), Buffer.concat(bytes));
    const args = [
      "train",
      "gb.csv",
      "--label",
      "流失",
      "--id",
      "id",
      "--classifier",
      "logistic",
      "--out",
      "gb.model.json",
    ];
    const refused = await runCli(args, folder.path);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("--encoding gb18030");
    expect(await readdir(folder.path)).not.toContain("gb.model.json");
    const { code, stdout } = await runCli([...args, "--encoding", "gb18030"], folder.path);
    expect(code).toBe(0);
    expect(stdout).toContain("流失 = 是");
  });
});
