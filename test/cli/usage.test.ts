import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";
import { subscriberCsv } from "./subscriber-csv.js";

const folder = temporaryFolder();
const csv = subscriberCsv();
const at = (name: string) => join(folder.path, name);

beforeAll(async () => {
  await writeFile(at("good.csv"), csv);
  const trained = await runCli(
    [
      "train",
      "good.csv",
      "--label",
      "Churn",
      "--id",
      "id",
      "--classifier",
      "logistic",
      "--out",
      "good.model.json",
    ],
    folder.path,
  );
  expect(trained.code).toBe(0);
});

describe("wrong usage ends with exit code 2 and points to the help", () => {
  test.each([
    [["train", "good.csv"], "--label"],
    [["train", "--label", "Churn"], "file"],
    [["frobnicate"], "frobnicate"],
    [["train", "good.csv", "--label", "Churn", "--folds", "many"], '"many"'],
    [["train", "good.csv", "--label", "Churn", "--folds", "1"], "from 2 to 20"],
    [["train", "good.csv", "--label", "Churn", "--threads", "0"], "must be a whole number ≥ 1"],
    [["train", "good.csv", "--label", "Churn", "--threads", "two"], '"two"'],
    [["train", "good.csv", "--label", "Churn", "--tiers", "high"], "high=10%,medium=20%,low"],
    [["train", "good.csv", "--label", "Churn", "--columns", "tenure=integer"], "tenure=integer"],
    [["train", "good.csv", "--label", "Churn", "--classifier", "magic"], "magic"],
    [["score", "good.model.json", "good.csv"], "--out"],
    [["score", "good.model.json", "good.csv", "--out", "good.csv"], "another file"],
    [["evaluate", "good.model.json", "good.csv", "--tiers-out", "t.doc"], "--tiers-out: must end in one of"],
  ])("%j", async (args, word) => {
    const { code, stderr } = await runCli(args, folder.path);
    expect(stderr).toContain(word);
    expect(stderr).toMatch(/^holdfast( \w+)?: /m);
    expect(code).toBe(2);
  });

  const suggested: [command: string, wrong: string, right: string][] = [
    ["", "trian", "train"],
    ["", "scores", "score"],
    ["train", "--lable", "--label"],
    ["train", "--allow-leak", "--allow-leaks"],
    ["tune", "--family", "--families"],
    ["metrics", "--weight", "--weights"],
    ["snapshots", "--problems", "--on-problems"],
    ["snapshots", "--memory", "--memory-limit"],
    ["snapshots", "--features", "--describe-features"],
  ];
  test.each(suggested)("holdfast %s %s asks whether %s was meant", async (command, wrong, right) => {
    const args = command === "" ? [wrong] : [command, "x", wrong, "1"];
    const { code, stdout, stderr } = await runCli(args, folder.path);
    expect(stderr).toContain(`(Did you mean ${right}?)`);
    expect(stderr).toMatch(command === "" ? /^holdfast: unknown command/ : /^holdfast \w+: unknown option/);
    expect(stderr).toMatch(/--help shows all options\)\n$/);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("a file that cannot be used is named, without a stack or a code of the system", () => {
  test.each([
    [["train", "nowhere.csv", "--label", "Churn"], 3, "holdfast train: nowhere.csv: must exist"],
    [
      ["train", "good.csv", "--label", "Churn", "--out", "no/m.json"],
      3,
      "holdfast train: no/m.json: must lie in",
    ],
    [["tune", "good.csv", "--label", "Churn", "--journal", "no/j"], 3, "holdfast tune: no/j: must lie in"],
    [["inspect", "nowhere.json"], 4, "holdfast inspect: nowhere.json: must exist"],
    [
      ["evaluate", "good.model.json", "good.csv", "--out", "no/e.md"],
      3,
      "holdfast evaluate: no/e.md: must lie in",
    ],
    [
      ["compare", "good.model.json", "nowhere.json", "good.csv"],
      4,
      "holdfast compare: nowhere.json: must exist",
    ],
    [["serve", "good.model.json", "--tokens", "nowhere.txt"], 3, "holdfast serve: nowhere.txt: must exist"],
    [
      ["serve", "good.model.json", "--history", "nowhere.json"],
      3,
      "holdfast serve: nowhere.json: must be a file",
    ],
    [
      ["snapshots", "nowhere", "--at", "2025-01", "--out", "x.csv"],
      3,
      "holdfast snapshots: nowhere: must exist",
    ],
    [
      ["snapshots", "good.csv", "--at", "2025-01", "--out", "x.csv"],
      3,
      "holdfast snapshots: good.csv: must be a folder",
    ],
    [["simulate", "--out", "good.csv"], 3, "holdfast simulate: good.csv: must be a folder"],
    [["demo", "--out", "good.csv"], 3, "holdfast demo: good.csv: must be a folder"],
  ])("%j", async (args, exitCode, start) => {
    const { code, stdout, stderr } = await runCli(args, folder.path);
    const message = stderr.slice(stderr.indexOf("holdfast "));
    expect(message.startsWith(start), message).toBe(true);
    expect(stderr).not.toMatch(/\bE[A-Z]{4,}\b|\n +at |HoldfastError/);
    expect([code, stdout]).toEqual([exitCode, ""]);
  });
});

describe("errors of the library are in the words of the command line", () => {
  test("a label whose values do not say which means churned", async () => {
    await writeFile(at("odd.csv"), csv.replaceAll("Yes", "left us").replaceAll("No", "here"));
    const { code, stderr } = await runCli(["train", "odd.csv", "--label", "Churn"], folder.path);
    expect(stderr).toContain(
      'holdfast train: odd.csv: --label, column "Churn": must say which value means churned',
    );
    expect(stderr).toMatch(/\(name the one that means churned: --positive 'left us' or --positive here\)\n$/);
    expect(code).toBe(3);
  });

  test("several problems, each by its option", async () => {
    const args = ["train", "good.csv", "--label", "Churn", "--folds", "99", "--exclude", "nothing"];
    const { code, stderr } = await runCli(args, folder.path);
    expect(stderr).toContain("holdfast train: 2 problems:\n  - --folds: must be");
    expect(stderr).toMatch(/\n {2}- good\.csv: --exclude, column "nothing": must be a column/);
    expect(code).toBe(2);
  });
});

const EARLIER: [args: string[], says: string, code: number][] = [
  [["train", "x.csv", "--kind", "a=number"], "train: --columns: must read like COLUMN=categorical", 2],
  [["tune", "x.csv", "--kind=a=number"], "tune: --columns: must read like COLUMN=categorical", 2],
  [
    ["score", "x.json", "-", "--columns", "id", "--out", "-", "--input-format", "csv"],
    "score: x.json: must exist",
    4,
  ],
];
test.each(EARLIER)("holdfast %j takes the option by its earlier name", async (args, says, exitCode) => {
  const { code, stderr } = await runCli(args, folder.path);
  expect(stderr).toContain(`holdfast ${says}`);
  expect(code).toBe(exitCode);
});
