import { describe, expect, test } from "vitest";
import { trainingMarkdown, trainingSummary } from "../../src/index.js";
import { evaluateScoreTable } from "../../src/scoring/evaluate-score-table.js";
import { tableFromRows } from "../../src/table/rows.js";
import type { Table } from "../../src/table/table.js";
import { crossValidate } from "../../src/training/cross-validate.js";
import { learningCurve } from "../../src/training/learning-curve/learning-curve.js";
import { trainChurnModel } from "../../src/training/train.js";
import { tune } from "../../src/training/tuning/tune.js";
import { subscriberRows } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";
import { QUICK } from "./quick-training.js";

type Value = string | number | boolean;

/** Subscribers whose label is called so, with one value for those who churned and one for the others. */
function labelled(name: string, churned: Value, stayed: Value): Table {
  const rows = subscriberRows(300).map(({ churned: label, ...row }) => ({
    ...row,
    [name]: label === "Yes" ? churned : stayed,
  }));
  return tableFromRows(rows, { columns: { subscriber: "text" } });
}

describe("labels that say who stayed", () => {
  const expected = trainChurnModel(labelled("churn", "Yes", "No"), { ...QUICK, label: "churn" });

  test.each([
    ["retained", "No", "Yes"],
    ["is_active", false, true],
    ["在网", 0, 1],
    ["not_churned", "нет", "да"],
    ["status", "left", "stayed"],
  ])(
    "%s: %j is read as churned, and a model is as if churn had been asked",
    async (label, churned, stayed) => {
      const table = labelled(label, churned, stayed);
      const model = await trainChurnModel(table, { ...QUICK, label });
      expect(model.label).toEqual({ column: label, positive: String(churned), negative: String(stayed) });
      const { probabilities } = await expected.then((each) => ({
        probabilities: each.probabilities(labelled("churn", "Yes", "No")),
      }));
      expect(model.probabilities(table)).toEqual(probabilities);
      expect(model.evaluate(table, { replicates: 5 }).positives).toBe(model.training.positives);
    },
  );

  test("the summary and a note say so, where the name turned the answers", async () => {
    const model = await trainChurnModel(labelled("retained", "No", "Yes"), { ...QUICK, label: "retained" });
    expect(trainingMarkdown(model)).toContain("churned (retained = No)");
    const note = trainingSummary(model).notes.find(({ kind }) => kind === "label-turned");
    expect(note?.column).toBe("retained");
    expect(note?.detail).toBe(
      'named for staying: "No" is read as churned, "Yes" as stayed (positive: "Yes" reads it the other way round)',
    );
    const asked = await trainChurnModel(labelled("retained", "No", "Yes"), {
      ...QUICK,
      label: "retained",
      positive: "Yes",
    });
    expect(asked.label.positive).toBe("Yes");
    expect(asked.training.notes.filter(({ kind }) => kind === "label-turned")).toEqual([]);
    expect((await expected).training.notes.filter(({ kind }) => kind === "label-turned")).toEqual([]);
  });

  test("scores of other models are measured by the same rules, and the evaluation says how", async () => {
    const table = tableFromRows(
      subscriberRows(100).map(({ churned }, i) => ({
        retained: churned === "No" ? 1 : 0,
        p: churned === "Yes" ? 0.6 + i / 1000 : 0.2,
      })),
    );
    const evaluation = await evaluateScoreTable(table, { label: "retained", score: "p", replicates: 5 });
    expect(evaluation.metrics.rocAuc.value).toBe(1);
    expect(evaluation.label).toEqual({ column: "retained", positive: "0", negative: "1" });
  });
});

describe("labels that are not certain are refused by every door, which prefers neither value", () => {
  const table = labelled("churn_code", 2, 1);
  const options = { ...QUICK, label: "churn_code" };
  const { classifier: _, ...withoutClassifier } = options;
  test.each([
    ["trainChurnModel", () => trainChurnModel(table, options)],
    ["crossValidate", () => crossValidate(table, options)],
    ["learningCurve", () => learningCurve(table, options)],
    ["tune", () => tune(table, { ...withoutClassifier, families: ["logistic"], nested: 0 })],
    [
      "evaluateScoreTable",
      () => {
        const scores = tableFromRows([1, 1, 2].map((code) => ({ churn_code: code, share: 0.5 })));
        return evaluateScoreTable(scores, { label: "churn_code", score: "share" });
      },
    ],
  ])("%s", async (name, call) => {
    const error = await thrownBy(call);
    expect(error.path).toMatchObject({ function: name, argument: "label", column: "churn_code" });
    expect(error.expected).toBe("must say which value means churned");
    expect(String(error.received)).toMatch(/^2 \(\d+\),1 \(\d+\)$/);
    expect(error.hint).toBe('name the one that means churned: `positive: "2"` or `positive: "1"`');
  });
});
