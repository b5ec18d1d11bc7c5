import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";
import { subscriberCsv } from "./subscriber-csv.js";

const folder = temporaryFolder();
const TUNE = [
  "tune",
  "subscribers.csv",
  "--label",
  "Churn",
  "--id",
  "id",
  "--configurations",
  "3",
  "--folds",
  "2",
];

beforeAll(() => {
  writeFileSync(join(folder.path, "subscribers.csv"), subscriberCsv());
});

describe("holdfast tune", () => {
  test("prints what it found and how good that is, trains with it, and continues from its journal", async () => {
    const args = [...TUNE, "--families", "logistic,forest", "--nested", "2", "--repeats", "1"];
    const files = ["--journal", "j.ndjson", "--out", "tuned.model.json"];
    const { code, stdout } = await runCli([...args, ...files], folder.path);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^logistic +0\.\d{4} +0\.\d{4} +3 /m);
    expect(stdout).toMatch(/^forest +0\.\d{4} +0\.\d{4} +3 /m);
    expect(stdout).toContain("tuned, trained and calibrated on each of 2 parts of the rows");
    expect(stdout).toContain("Saved tuned.model.json");
    const journal = readFileSync(join(folder.path, "j.ndjson"), "utf8");
    const again = await runCli([...args, "--journal", "j.ndjson", "--json"], folder.path);
    const { families, nested } = JSON.parse(again.stdout);
    expect(families).toHaveLength(2);
    expect(nested.splits).toHaveLength(2);
    expect(readFileSync(join(folder.path, "j.ndjson"), "utf8")).toBe(journal);
  });

  test("Ctrl-C ends it with exit code 130 and says how to continue", async () => {
    const args = [...TUNE, "--nested", "0", "--journal", "stopped.ndjson", "--out", "no.model.json"];
    const { code, stdout, stderr } = await runCli(args, folder.path, "reading …");
    expect(code).toBe(130);
    expect(stdout).toBe("");
    expect(stderr).toContain("the search so far is in stopped.ndjson; the same command continues from it");
    expect(existsSync(join(folder.path, "no.model.json"))).toBe(false);
  });

  test.each([
    [["--families", "oracle"], 2, "must be one or more of logistic, additive"],
    [["--configurations", "1"], 2, "must be a whole number from 2 to 1000"],
    [["--out", "nowhere/m.json"], 3, "must lie in a folder that exists"],
  ])("refuses %j", async (more, expected, words) => {
    const { code, stderr } = await runCli([...TUNE, ...more], folder.path);
    expect(code).toBe(expected);
    expect(stderr).toContain(words);
  });
});
