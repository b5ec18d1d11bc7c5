import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Prediction } from "../../src/model/churn-model.js";
import { loadChurnModel } from "../../src/model/load.js";
import type { Row } from "../../src/model/row-reader.js";
import { tableFromRows } from "../../src/table/rows.js";

/*
 * test/golden/vN.model.json is a model as format version N first wrote it, vN.predictions.json what it said of some
 * rows on that day. Both are never made anew: a version that can't read them breaks the promise to its users.
 * v1: 300 rows of subscriberRows (test/support/subscribers.ts, seed 3) with a date and a city more; a blend of elastic
 * net and boosted trees with numeric, date and categorical splits, a mixture of Platt's curve and isotonic regression.
 * v1-families: 300 rows (seed 4) with calls in and out and a city more; one of each later family (logistic with splines,
 * boosting, additive, random forest, extra trees, a network with a convolution) in equal parts, over a total of calls.
 */
function golden(name: string): string {
  return fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
}

describe.each([
  ["v1", "blend", ["numeric", "categorical", "date"]],
  ["v1-families", "neural", ["numeric", "categorical"]],
])("the golden model %s", async (version, kept, kinds) => {
  const model = await loadChurnModel(golden(`${version}.model.json`));
  const expected = JSON.parse(readFileSync(golden(`${version}.predictions.json`), "utf8")) as {
    row: Row;
    prediction: Prediction;
  }[];

  test("still gives the predictions of its day", () => {
    expect(expected.length).toBeGreaterThan(40);
    for (const { row, prediction } of expected) {
      const { id, tier, probability } = model.predictOne(row);
      expect({ id, tier }).toEqual({ id: prediction.id, tier: prediction.tier });
      // Another version of the JavaScript engine may round the exponential differently in the last digit.
      expect(Math.abs(probability - prediction.probability)).toBeLessThan(1e-14);
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

  test("still tells what training found", () => {
    expect(model.training.rows).toBe(300);
    expect(model.training.leaderboard[0].name).toBe(kept);
    expect(model.inputs.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
  });
});
