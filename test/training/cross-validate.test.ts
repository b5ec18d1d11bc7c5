import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import type { ProgressEvent } from "../../src/progress.js";
import { createRandom } from "../../src/random.js";
import { tableFromRows } from "../../src/table/rows.js";
import { crossValidate } from "../../src/training/cross-validate.js";
import { expectSteadyProgress } from "../support/steady-progress.js";
import { subscriberTable } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";

const QUICK = {
  label: "churned",
  id: "subscriber",
  classifier: [logisticRegression({ lambda: 0.01 })],
  repeats: 1,
  replicates: 20,
};

describe("crossValidate", () => {
  test("scores every row once per round, by a model that did not see it, and again the same", async () => {
    const table = subscriberTable(300);
    const result = await crossValidate(table, { ...QUICK, splits: 4, rounds: 2 });
    expect(result.splits.map(({ trainRows, testRows }) => trainRows + testRows)).toEqual(
      new Array(8).fill(300),
    );
    expect(result.splits.slice(0, 4).reduce((sum, { testRows }) => sum + testRows, 0)).toBe(300);
    expect(result.probabilities.every((probability) => probability > 0 && probability < 1)).toBe(true);
    expect(result.pooled.rows).toBe(300);
    const { low, value, high } = result.mean.rocAuc;
    expect(low < value && value < high).toBe(true);
    expect((await crossValidate(table, { ...QUICK, splits: 4, rounds: 2 })).probabilities).toEqual(
      result.probabilities,
    );
  });

  test("finds nothing in labels of noise", async () => {
    const { pooled } = await crossValidate(subscriberTable(2000, 3, 0), { ...QUICK, splits: 3 });
    // The standard error of an AUC of one half on 2,000 rows is 0.013.
    expect(Math.abs(pooled.metrics.rocAuc.value - 0.5)).toBeLessThan(0.05);
  });

  test("does not reward what members of a household share", async () => {
    const random = createRandom(5, "households");
    const rows = Array.from({ length: 200 }, (_, household) => {
      const shared = {
        x: random.normal(),
        churned: random.next() < 0.4 ? "Yes" : "No",
        household: `H${household}`,
      };
      return Array.from({ length: 3 }, () => shared);
    }).flat();
    const options = {
      label: "churned",
      classifier: [gradientBoosting({ minChildRows: 2, patience: 10 })],
      repeats: 1,
      replicates: 5,
      splits: 3,
    };
    const table = tableFromRows(rows);
    const apart = await crossValidate(table, { ...options, exclude: ["household"] });
    const together = await crossValidate(table, { ...options, group: "household" });
    expect(apart.mean.rocAuc.value).toBeGreaterThan(0.7);
    expect(together.mean.rocAuc.value).toBeLessThan(0.6);
  });

  test("takes the caller's splits; rows of no test have no probability", async () => {
    const all = Array.from({ length: 200 }, (_, row) => row);
    const split = { train: all.slice(0, 150), test: all.slice(150, 190) };
    const { probabilities, splits } = await crossValidate(subscriberTable(200), {
      ...QUICK,
      splits: [split],
    });
    expect(splits).toMatchObject([{ trainRows: 150, testRows: 40, classifier: "logistic" }]);
    expect(all.filter((row) => !Number.isNaN(probabilities[row]))).toEqual(split.test);
  });

  test("reports progress that never falls within a phase, and stops when aborted", async () => {
    const events: ProgressEvent[] = [];
    const options = { ...QUICK, splits: 2, onProgress: (event: ProgressEvent) => events.push(event) };
    await crossValidate(subscriberTable(150), options);
    expectSteadyProgress(events);
    const error = await thrownBy(() =>
      crossValidate(subscriberTable(150), { ...QUICK, signal: AbortSignal.abort() }),
    );
    expect(error.code).toBe("aborted");
  });

  test.each([
    ["splits", 1],
    ["rounds", 0],
    ["splits", []],
    ["splits[0].test", [{ train: [0, 1], test: [] }]],
    ["splits[0].test", [{ train: [0, 1], test: [1] }]],
    ["splits[0].train", [{ train: [999], test: [1] }]],
  ])("refuses %s = %j", async (argument, value) => {
    const name = argument.split("[")[0];
    const error = await thrownBy(() => crossValidate(subscriberTable(150), { ...QUICK, [name]: value }));
    expect(error.path).toEqual({ function: "crossValidate", argument });
  });
});
