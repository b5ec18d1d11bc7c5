import { expect, test } from "vitest";
import { ChurnModel } from "../../../src/predict/churn-model.js";
import { modelDrift } from "../../../src/predict/drift/model-drift.js";
import { tableFromRows } from "../../../src/table/rows.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { modelWithoutId } from "../../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../../support/subscribers.js";

const model = await modelWithoutId();
const OLDER = { weights: null } as const;

test("training rows have not moved at all", () => {
  const drift = modelDrift(model, subscriberTable(400));
  expect(drift).toMatchObject({
    rows: 400,
    trainingRows: 400,
    scores: { psi: 0, isDrift: false },
    weights: null,
  });
  expect(drift?.inputs.map(({ psi }) => psi)).toEqual(model.inputs.map(() => 0));
  expect(drift?.tiers?.every(({ isDrift, share, drawn }) => !isDrift && Math.abs(share - drawn) < 1e-9)).toBe(
    true,
  );
});

test("training rows with the weights of training have not moved either", async () => {
  const rows = subscriberRows(400).map((row, i) => ({ ...row, weight: i % 4 }));
  const table = tableFromRows(rows, { columns: { subscriber: "text" } });
  const weighted = await trainChurnModel(table, {
    label: "churned",
    id: "subscriber",
    weights: "weight",
    classifier: "logistic",
    repeats: 1,
  });
  const drift = modelDrift(weighted, table);
  expect(drift).toMatchObject({ rows: 300, weights: { column: "weight", areApplied: true } });
  expect(drift?.scores.psi).toBe(0);
  expect(drift?.inputs.every(({ psi, unseen }) => psi === 0 && unseen === 0)).toBe(true);
  expect(modelDrift(weighted, table, OLDER)?.weights).toEqual({ column: "weight", areApplied: false });
});

test("later rows of other tenures and tariffs are named, with unseen categories and moved scores and tiers", () => {
  const rows = subscriberRows(1000, 2).map((row, i) => ({
    ...row,
    tenure: 3,
    套餐: i % 4 === 0 ? "new tariff" : row.套餐,
  }));
  const drift = modelDrift(model, tableFromRows(rows, { columns: { subscriber: "text" } }));
  const drifted = drift?.inputs.filter(({ isDrift }) => isDrift).map(({ input }) => input);
  expect(drifted).toEqual(["tenure", "套餐"]);
  expect(drift?.inputs.find(({ input }) => input === "套餐")?.unseen).toBe(0.25);
  expect(drift?.scores.isLarge).toBe(true);
  expect(drift?.tiers?.[0]).toMatchObject({ tier: "high", isDrift: true });
  expect(JSON.parse(JSON.stringify(drift))).toEqual(drift);
});

test("a model without the distribution of its training rows has no drift", () => {
  const { content } = model.scorer;
  expect(modelDrift(new ChurnModel({ ...content, reference: null }), subscriberTable(40))).toBeNull();
});

test("names what is wrong", () => {
  const table = subscriberTable(40);
  const call = (given: readonly unknown[]) => () =>
    (modelDrift as (...all: readonly unknown[]) => unknown)(...given);
  expect(call([table, model])).toThrow("modelDrift: model: must be a ChurnModel");
  expect(call([model, table, { weight: "w" }])).toThrow(/modelDrift: weight: must be an option.*"weights"/);
  expect(call([model, table, { weights: "w" }])).toThrow(/modelDrift: weights/);
});
