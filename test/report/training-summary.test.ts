import { describe, expect, test } from "vitest";
import { trainingText } from "../../src/cli/print/training.js";
import { leaderboard, leaderboardMarkdown } from "../../src/report/leaderboard.js";
import { trainingMarkdown } from "../../src/report/training-markdown.js";
import { trainingSummary } from "../../src/report/training-summary.js";
import { modelWithoutId, scoringModel } from "../support/scoring-model.js";
import { errorOf } from "../support/thrown.js";

const model = await scoringModel();
const withoutValue = await modelWithoutId();

describe("trainingSummary(model)", () => {
  const summary = trainingSummary(model);

  test("is what the training report says, as plain data", () => {
    const { training } = model;
    expect(summary).toMatchObject({
      label: { column: "churned", positive: "Yes" },
      rows: 400,
      positives: training.positives,
      churnRate: training.positives / 400,
      features: { count: 5, numeric: 3, categorical: 2, date: 0 },
      leftOut: training.leftOut,
      crossFit: { folds: training.folds, repeats: 1, seed: 0, keepsIdsTogether: false },
      notes: training.notes,
      calibration: training.calibration,
      evaluation: training.evaluation,
      tiers: training.tierTable,
      valueGrid: training.valueGrid,
    });
    expect(summary.leaderboard).toEqual(leaderboard(model));
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  test("counts the columns of each kind that the model reads", () => {
    const { count, numeric, categorical, date } = summary.features;
    expect(numeric + categorical + date).toBe(count);
    expect(count).toBe(model.inputs.length);
  });
});

describe("trainingMarkdown(model)", () => {
  const page = trainingMarkdown(model, { title: "March" });
  const headings = (text: string) => text.split("\n").filter((line) => line.startsWith("#"));

  test("has the heading asked for, and a section for each part that there is", () => {
    const notes = model.training.notes.length === 0 ? [] : ["## Notes"];
    const sections = ["## Leaderboard", "## Calibration", "## Metrics", "## Risk tiers"];
    expect(headings(page)).toEqual([
      "# March",
      ...notes,
      ...sections,
      "## Risk tiers by value: subscribers and expected loss",
    ]);
    expect(headings(trainingMarkdown(withoutValue))).toEqual(["# Training", ...notes, ...sections]);
  });

  test("says rows, columns, what was left out, and the calibration in words", () => {
    const { positives, churnRate, calibration } = model.training;
    expect(page).toContain(
      `- Rows: 400, ${positives} churned (churned = Yes), churn rate ${(100 * churnRate).toFixed(1)}%\n` +
        "- Features: 5 columns: 3 numeric, 2 categorical\n" +
        "- Left out: churned (the label); subscriber (the id)\n" +
        "- Cross-fit: 5 folds stratified by label, seed 0\n",
    );
    expect(page).toContain(
      `${calibration.method}: log loss ${calibration.logLossBefore.toFixed(4)} → ${calibration.logLossAfter.toFixed(4)}`,
    );
  });

  test("holds the leaderboard as leaderboardMarkdown draws it", () => {
    expect(page).toContain(leaderboardMarkdown(model));
  });

  test("says the same as the command line, in the same words", () => {
    const printed = trainingText(model);
    expect(printed.startsWith(`Rows        ${page.match(/- Rows: (.*)/)?.[1]}\n`)).toBe(true);
    for (const { tier } of model.training.tierTable) {
      expect(printed).toContain(`\n${tier} `);
      expect(page).toContain(`\n| ${tier} `);
    }
  });
});

test("refuse what is no model", () => {
  for (const call of [trainingSummary, trainingMarkdown]) {
    expect(errorOf(() => call("model.json" as never)).message).toBe(
      `${call.name}: model: must be a ChurnModel, received "model.json" (load a file with await loadChurnModel(path))`,
    );
  }
});
