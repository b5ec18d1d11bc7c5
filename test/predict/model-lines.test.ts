import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { loadChurnModel } from "../../src/predict/load.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = temporaryFolder();
const model = await scoringModel();
const { training } = model;

const share = (value: number) => `${(100 * value).toFixed(1)}%`;

describe("console.log of a model", () => {
  const lines = inspect(model).split("\n");

  test("says rows, churn rate and label, then what was kept and how good it is, in at most 13 lines", () => {
    expect(lines.length).toBeLessThanOrEqual(13);
    expect(lines[0]).toBe(
      `ChurnModel trained on 400 rows, churn rate ${share(training.churnRate)} (churned = Yes)`,
    );
    const cells = new Map(lines.slice(1).map((line) => line.trim().split(/ {2,}/) as [string, string]));
    expect(cells.get("features")).toBe("5 columns: 3 numeric, 2 categorical");
    expect(cells.get("classifier")).toBe(
      `${training.leaderboard[0].name}: ${training.leaderboard[0].summary}`,
    );
    expect(cells.get("calibration")).toBe(training.calibration.method);
    expect(cells.get("ROC AUC")?.slice(0, 6)).toBe(training.evaluation.metrics.rocAuc.value.toFixed(4));
    expect(cells.get("log loss")?.slice(0, 6)).toBe(training.evaluation.metrics.logLoss.value.toFixed(4));
    const [{ tier, share: ofRows, observedRate }] = training.tierTable;
    expect(cells.get("tiers")).toContain(
      `${tier} ${share(ofRows)} of rows, ${share(observedRate?.value ?? Number.NaN)} churned; `,
    );
  });

  test("is the same as a text, and of the model loaded from its file", async () => {
    const path = join(folder.path, "model.json");
    await model.save(path);
    const loaded = await loadChurnModel(path);
    expect(String(model)).toBe(lines.join("\n"));
    expect(inspect(loaded)).toBe(lines.join("\n"));
    expect(inspect(loaded.training)).toBe(inspect(training));
    expect(inspect(loaded.training.evaluation)).toBe(inspect(training.evaluation));
  });

  test("is one line inside something else", () => {
    expect(inspect({ model })).toBe(`{ model: [ChurnModel ${training.leaderboard[0].name}, 400 rows] }`);
  });
});

describe("console.log of what training found", () => {
  test("says rows and churn rate, and no columns of the model", () => {
    const lines = inspect(training).split("\n");
    expect(lines[0]).toBe(
      `Training on 400 rows: ${training.positives} churned, churn rate ${share(training.churnRate)}`,
    );
    expect(lines.slice(1)).toEqual(inspect(model).split("\n").slice(2));
  });

  test("leaves its data as they were", () => {
    expect(JSON.parse(JSON.stringify(training))).toEqual(training);
    expect(structuredClone(training)).toStrictEqual(training);
  });
});

test("console.log of a model's evaluation adds tiers and how many segments are off", () => {
  const evaluation = model.evaluate(subscriberTable(300, 2), { replicates: 5 });
  const lines = inspect(evaluation).split("\n");
  const [{ tier, share: ofRows }] = evaluation.tierTable;
  expect(lines.at(-2)).toContain(`  tiers     ${tier} ${share(ofRows)} of rows`);
  const off = evaluation.segments.filter((segment) => segment.isMiscalibrated || segment.isRankedWorse);
  expect(lines.at(-1)).toBe(
    `  segments  ${off.length} of ${evaluation.segments.length} segments off beyond chance`,
  );
  expect(structuredClone(evaluation)).toStrictEqual(evaluation);
});
