import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Explanation, FoundChange } from "../../src/explain/explanation.js";
import { loadChurnModel } from "../../src/predict/load.js";
import type { Prediction } from "../../src/predict/prediction.js";
import type { Row } from "../../src/predict/row-reader.js";
import { tableFromRows } from "../../src/table/rows.js";

/*
 * test/golden/vN*.model.json is a model as format version N first wrote it, vN*.predictions.json its predictions of
 * some rows on that day. They are never replaced: a version that can't read them breaks the promise to its users. v1:
 * 300 rows of subscriberRows (test/support/subscribers.ts, seed 3) with an additional date and city; a blend of elastic
 * net and boosted trees with numeric, date and categorical splits, a mixture of Platt's curve and isotonic regression.
 * v1-families: 300 rows (seed 4) with additional calls in and out and a city; one of each later family (logistic with
 * splines, boosting, additive, random forest, extra trees, a network with a convolution) in equal parts, over a total
 * of calls. The others are what holdfast 0.1.0 wrote: 2,784 snapshots of datasets/simulated (cutoffs 2025-03 and
 * 2025-04), every calibrator that training offers, every rule of tiers, value bands, margins that are shifted and
 * spread. v2-explained: 500 rows of subscriberRows (seed 7), an ensemble of logistic regression, an additive model, boosting
 * and a forest, with what explanations need, and those of its day.
 */
function golden(name: string): string {
  return fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
}

describe.each([
  ["v1", ".json", 300, "blend", "mixture"],
  ["v1-families", ".json", 300, "neural", "temperature"],
  ["v1-ensemble", ".json.gz", 2784, "ensemble", "beta"],
  ["v1-venn-abers", ".json.gz", 2784, "logistic", "venn-abers"],
  ["v1-isotonic", ".json.gz", 2784, "extra trees", "isotonic"],
  ["v1-beta", ".json.gz", 2784, "additive", "beta"],
  ["v1-temperature", ".json.gz", 2784, "boosting, 6 leaves", "temperature"],
  ["v2-explained", ".json.gz", 500, "ensemble", "temperature"],
])("the golden model %s", async (name, extension, rows, kept, calibrator) => {
  const model = await loadChurnModel(golden(`${name}.model${extension}`));
  const expected = JSON.parse(readFileSync(golden(`${name}.predictions.json`), "utf8")) as {
    row: Row;
    prediction: Prediction;
  }[];

  test("still gives the predictions of its day", () => {
    expect(expected.length).toBeGreaterThan(40);
    for (const { row, prediction } of expected) {
      const intervals = prediction.interval !== undefined;
      const { probability, interval, expectedLoss, ...rest } = model.predictOne(row, { intervals });
      // Another version of the JavaScript engine may round the exponential differently in the last digit.
      const isNear = (value = 0, other = 0) =>
        Math.abs(value - other) <= 1e-14 * Math.max(1, Math.abs(other));
      expect(isNear(probability, prediction.probability)).toBe(true);
      expect(isNear(interval?.[0], prediction.interval?.[0])).toBe(true);
      expect(isNear(interval?.[1], prediction.interval?.[1])).toBe(true);
      expect(isNear(expectedLoss, prediction.expectedLoss)).toBe(true);
      expect(prediction).toMatchObject(rest);
    }
  });

  test("gives a table of those rows the same bits as each row", () => {
    const table = tableFromRows(
      expected.map(({ row }) => row),
      { columns: model.columnKinds },
    );
    model.predict(table).forEach((prediction, i) => {
      expect(prediction).toEqual(model.predictOne(expected[i].row));
    });
  });

  test("still has its training report", () => {
    expect(model.training.rows).toBe(rows);
    expect(model.training.leaderboard[0].name).toBe(kept);
    expect(model.training.calibration.method).toBe(calibrator);
    expect(model.inputs.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["numeric", "categorical"]));
  });
});

test("the golden model v2-explained still explains as on its day", async () => {
  const model = await loadChurnModel(golden("v2-explained.model.json.gz"));
  const expected = JSON.parse(readFileSync(golden("v2-explained.predictions.json"), "utf8")) as {
    row: Row;
    explanation: Explanation;
  }[];
  expected.forEach(({ row, explanation }, r) => {
    const found = model.explainOne(row, { change: true, locale: r % 3 === 0 ? "zh" : "en" });
    const amounts = (of: Explanation) =>
      [...of.contributions, ...of.families].map(({ contribution }) => contribution).sort((a, b) => a - b);
    amounts(found).forEach((amount, i) => {
      expect(Math.abs(amount - amounts(explanation)[i])).toBeLessThan(1e-12);
    });
    const { probability: _, ...change } = explanation.change as FoundChange;
    expect(found.change).toMatchObject(change);
    expect(found.reasons.map(({ text }) => text)).toEqual(explanation.reasons.map(({ text }) => text));
  });
});
