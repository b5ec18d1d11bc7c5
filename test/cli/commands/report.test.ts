import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ChurnReport } from "../../../src/report/churn/report.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";
import { subscriberCsv } from "../subscriber-csv.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const run = (...args: string[]) => runCli(args, folder.path);

beforeAll(async () => {
  await writeFile(at("all.csv"), subscriberCsv());
  const given = ["--label", "Churn", "--id", "id", "--classifier", "logistic", "--repeats", "1"];
  const trained = await run("train", "all.csv", ...given, "--learning-curve", "--json", "--out", "m.json");
  expect(trained.code).toBe(0);
  await writeFile(at("training.json"), trained.stdout);
});

describe("holdfast report", () => {
  test("writes one page, its numbers beside it, and the model card", async () => {
    const asked = ["--out", "march.html", "--json", "--card", "MODEL_CARD.md"];
    const more = [
      "--segments",
      "tariff",
      "--learning-curve",
      "training.json",
      "--definition",
      "left the network",
    ];
    const { code, stdout, stderr } = await run("report", "m.json", "all.csv", ...asked, ...more);
    expect(code).toBe(0);
    expect(stdout).toBe("");
    for (const name of ["march.html", "march.json", "MODEL_CARD.md"])
      expect(stderr).toContain(`Wrote ${name}`);
    const report: ChurnReport = JSON.parse(await readFile(at("march.json"), "utf8"));
    expect(report.evaluation?.segments.every(({ by }) => by === "tariff")).toBe(true);
    expect(report.learningCurve?.points.length).toBeGreaterThan(2);
    const html = await readFile(at("march.html"), "utf8");
    expect(html).toContain("left the network");
    expect(html).toContain("What more rows would buy");
    expect(html).toContain("holdfast report m.json all.csv --out march.html");
    expect(await readFile(at("MODEL_CARD.md"), "utf8")).toMatch(/^# Model card\n/u);
  });

  test("has the evaluation of holdfast evaluate --json", async () => {
    const evaluated = await run("evaluate", "m.json", "all.csv", "--json", "--curves");
    const reported = await run("report", "m.json", "all.csv", "--json");
    expect(JSON.parse(reported.stdout).evaluation).toEqual(JSON.parse(evaluated.stdout));
  });

  test("writes Markdown with pictures beside it, and prints it without --out", async () => {
    const { code } = await run("report", "m.json", "all.csv", "--out", "march.md", "--examples", "0");
    expect(code).toBe(0);
    const markdown = await readFile(at("march.md"), "utf8");
    const linked = [...markdown.matchAll(/\]\((march-[^)]*)\)/gu)].map(([, name]) => name);
    expect(linked).toContain("march-roc.svg");
    expect(linked.filter((name) => !readdirSync(folder.path).includes(name))).toEqual([]);
    const printed = await run("report", "m.json", "all.csv", "--examples", "0");
    expect(printed.stdout).toContain("## How well it ranks");
  });

  test("is Chinese where it is asked", async () => {
    await run("report", "m.json", "all.csv", "--out", "三月.html", "--locale", "zh", "--title", "三月报告");
    const html = await readFile(at("三月.html"), "utf8");
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain("<h1>三月报告</h1>");
  });

  test("of rows without labels has predictions, drift and examples", async () => {
    const lines = subscriberCsv().split("\n");
    const place = lines[0].split(",").indexOf("Churn");
    const without = lines.map((line) => line.split(",").toSpliced(place, 1).join(","));
    await writeFile(at("today.csv"), without.join("\n"));
    const { code, stdout } = await run("report", "m.json", "today.csv");
    expect(code).toBe(0);
    expect(stdout).toContain("> **Not available:** the table has no column Churn");
    expect(stdout).toContain("What has changed since training");
  });

  test.each([
    [["--out", "march.pdf"], 2, "must end in .html or .md"],
    [["--out", "nowhere/march.html"], 3, "nowhere"],
    [["--card", "card.html"], 2, "must end in .md"],
    [["--backtest", "m.json"], 2, "must be JSON of holdfast backtest"],
    [["--learning-curve", "m.json"], 2, "must be JSON of holdfast train --learning-curve"],
    [["--acceptance", "3"], 2, "must be a share"],
    [["--offer-cost", "much"], 2, "must be a number ≥ 0"],
    [["--months", "0"], 2, "--months: must be finite and above 0"],
    [["--locale", "de"], 2, "Allowed choices are en, zh"],
  ])("refuses %j", async (options, expected, message) => {
    const { code, stderr } = await run("report", "m.json", "all.csv", ...options);
    expect(stderr).toContain(message);
    expect(code).toBe(expected);
  });

  test("stops at Ctrl-C and leaves no file", async () => {
    const { code } = await runCli(
      ["report", "m.json", "all.csv", "--out", "never.html"],
      folder.path,
      "report",
    );
    expect(code).toBe(130);
    expect(readdirSync(folder.path).filter((name) => name.startsWith("never"))).toEqual([]);
  });
});
