import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { LearningCurve } from "../../src/training/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";
import { subscriberCsv } from "./subscriber-csv.js";

const folder = temporaryFolder();
const TRAIN = ["train", "subscribers.csv", "--label", "Churn", "--id", "id", "--classifier", "logistic"];
const CURVE = [...TRAIN, "--repeats", "1", "--learning-curve"];

describe("train --learning-curve", () => {
  beforeAll(() => writeFile(join(folder.path, "subscribers.csv"), subscriberCsv()));

  test("prints the training, then the curve and its sentence; all rows are trained on once", async () => {
    const { code, stdout, stderr } = await runCli([...CURVE, "--out", "a.model.json"], folder.path);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Risk tiers[\s\S]*\n\nSaved a\.model\.json\n\nLearning curve \(out-of-fold; gain/u,
    );
    expect(stdout).toMatch(/\n 100% +400 [^\n]* logistic\n\n(?:- [^\n]*\n)*\n?[A-Z][^\n]*\.\n$/u);
    const phases = stderr.split("\n").filter((line) => line.endsWith("logistic …"));
    expect(phases).toContain("logistic …");
    expect(phases).toContain("70% of the rows: logistic …");
    expect(phases).not.toContain("100% of the rows: logistic …");
  });

  test("--json holds the curve, and without the option does not", async () => {
    const { stdout } = await runCli([...CURVE, "--json"], folder.path);
    const report = JSON.parse(stdout) as { rows: number; learningCurve: LearningCurve };
    expect(report.rows).toBe(400);
    expect(report.learningCurve.points.at(-1)).toMatchObject({ share: 1, rows: 400, classifier: "logistic" });
    expect(report.learningCurve.sentence).toMatch(/\.$/u);
    const plain = await runCli([...TRAIN, "--repeats", "1", "--json"], folder.path);
    expect(JSON.parse(plain.stdout)).not.toHaveProperty("learningCurve");
  });

  test("shows and saves the model where no share is large enough for a curve", async () => {
    // 24 churners: 70% of them are fewer than the 20 that training needs.
    const lines = subscriberCsv().split("\n");
    const churned = lines.flatMap((line, i) => (line.endsWith(",Yes") ? [i] : []));
    await writeFile(join(folder.path, "few.csv"), lines.slice(0, churned[23] + 1).join("\n"));
    const args = CURVE.map((arg) => (arg === "subscribers.csv" ? "few.csv" : arg));
    const { code, stdout, stderr } = await runCli([...args, "--out", "few.model.json"], folder.path);
    expect(code).toBe(3);
    expect(stdout).toContain("Saved few.model.json");
    expect(stderr).toMatch(/holdfast train: --learning-curve: must have a share below 1 with enough rows/u);
  });
});
