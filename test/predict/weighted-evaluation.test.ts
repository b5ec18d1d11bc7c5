import { describe, expect, test } from "vitest";
import { compareModels } from "../../src/predict/compare-models.js";
import { loadChurnModel } from "../../src/predict/load.js";
import { evaluationMarkdown } from "../../src/report/evaluation-markdown.js";
import { trainingSummary } from "../../src/report/training-summary.js";
import { dropColumns, takeRows } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";
import { subscriberRows } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { QUICK, tableOf } from "../training/quick-training.js";

/** A case-control sample: every churner, and one in four of the others, who stands for four. */
const POPULATION = subscriberRows(1600, 31);
const SAMPLE = tableOf(
  POPULATION.filter(({ churned }, i) => churned === "Yes" || i % 4 === 0).map((row) => ({
    ...row,
    w: row.churned === "Yes" ? 1 : 4,
  })),
);
const LATER = tableOf(subscriberRows(500, 32).map((row, i) => ({ ...row, w: 0.5 + (i % 3) })));
const folder = temporaryFolder();
const MODEL = await trainChurnModel(SAMPLE, { ...QUICK, weights: "w", value: "charge" });

describe("a model that was trained with weights", () => {
  test("has tiers, shares and rates of the population", () => {
    const { tierTable, churnRate, evaluation } = MODEL.training;
    const rate = POPULATION.filter(({ churned }) => churned === "Yes").length / POPULATION.length;
    expect(churnRate).toBeCloseTo(rate, 1);
    expect(evaluation.baseRate).toBe(churnRate);
    expect(tierTable[0].share).toBeLessThanOrEqual(0.1);
    expect(tierTable[0].share).toBeGreaterThan(0.09);
    expect(tierTable.map(({ isCalibrated }) => isCalibrated)).toEqual([true, true, true]);
    // A tenth of the sample would be more of its churners than a tenth of the population holds.
    expect(tierTable[0].rows).toBeGreaterThan(0.12 * SAMPLE.rowCount);
  });

  test("remembers the column, also in its file, and says so", async () => {
    const path = `${folder.path}/m.json`;
    await MODEL.save(path);
    expect((await loadChurnModel(path)).weights).toBe("w");
    expect(trainingSummary(MODEL).weights).toBe("w");
  });

  test("measures later rows by it: all metrics, tiers, segments, intervals", () => {
    const evaluation = MODEL.evaluate(LATER, { replicates: 20 });
    expect(evaluation.weights).toEqual({ column: "w", areApplied: true });
    const ofOnes = MODEL.evaluate(LATER, { replicates: 20, weights: null });
    expect(ofOnes.weights).toEqual({ column: "w", areApplied: false });
    for (const key of ["metrics", "tierTable", "valueGrid", "segments", "deciles", "calibration"] as const)
      expect(evaluation[key]).not.toEqual(ofOnes[key]);
    expect(evaluationMarkdown(evaluation)).toContain("weighted by w");
    expect(String(ofOnes)).toContain("not weighted, though the model was trained with the weights of w");
  });

  test("measures rows of a table without the column, and says that they are not weighted", () => {
    const evaluation = MODEL.evaluate(dropColumns(LATER, ["w"]), { replicates: 20 });
    expect(evaluation.weights).toEqual({ column: "w", areApplied: false });
    expect(evaluation.metrics).toEqual(MODEL.evaluate(LATER, { replicates: 20, weights: null }).metrics);
  });

  test("on the training sample is as good as training says: no weights are lost on the way", () => {
    const again = MODEL.evaluate(SAMPLE, { replicates: 20 });
    expect(again.metrics.logLoss.value).toBeCloseTo(MODEL.training.evaluation.metrics.logLoss.value, 1);
    expect(Math.abs(again.calibration?.inTheLarge ?? 1)).toBeLessThan(0.1);
  });
});

describe("evaluate and compareModels", () => {
  const scaled = (factor: number) =>
    tableOf(
      subscriberRows(500, 32).map((row, i) => ({ ...row, w: factor * (i % 4 === 3 ? 0 : 0.7 + (i % 3)) })),
    );
  const base = scaled(1);
  const counted = takeRows(
    base,
    [...Array(500).keys()].filter((row) => row % 4 !== 3),
  );

  test.each([1e-6, 1 / 3, 1e6])("are the same when all weights are times %s", (factor) => {
    expect(MODEL.evaluate(scaled(factor), { replicates: 20 })).toEqual(
      MODEL.evaluate(base, { replicates: 20 }),
    );
    expect(compareModels(MODEL, MODEL, scaled(factor), { replicates: 20 })).toEqual(
      compareModels(MODEL, MODEL, base, { replicates: 20 }),
    );
  });

  test("are the same without the rows of weight 0", () => {
    expect(MODEL.evaluate(base, { replicates: 20 })).toEqual(MODEL.evaluate(counted, { replicates: 20 }));
    expect(compareModels(MODEL, MODEL, base, { replicates: 20 })).toEqual(
      compareModels(MODEL, MODEL, counted, { replicates: 20 }),
    );
  });

  test("take the weight column that the caller names", async () => {
    const plain = await trainChurnModel(SAMPLE, { ...QUICK, exclude: ["w"] });
    expect(plain.weights).toBeNull();
    expect(plain.evaluate(base, { replicates: 20 }).weights).toBeNull();
    const named = plain.evaluate(base, { replicates: 20, weights: "w" });
    expect([named.rows, named.weights]).toEqual([375, { column: "w", areApplied: true }]);
    expect(compareModels(plain, MODEL, base, { replicates: 20 }).weights).toEqual(named.weights);
    const error = await thrownBy(() => plain.evaluate(base, { weights: "v" }));
    expect([error.path.argument, error.path.column]).toEqual(["weights", "v"]);
  });
});
