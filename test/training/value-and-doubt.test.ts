import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareModels } from "../../src/predict/compare-models.js";
import { loadChurnModel } from "../../src/predict/load.js";
import { tableFromRows } from "../../src/table/rows.js";
import { trainChurnModel } from "../../src/training/train.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const ROWS = subscriberRows(600, 4);
const TABLE = subscriberTable(600, 4);
const OPTIONS = { label: "churned", id: "subscriber", classifier: "logistic", replicates: 30 } as const;
const folder = temporaryFolder();

const plain = await trainChurnModel(TABLE, OPTIONS);
const valued = await trainChurnModel(TABLE, {
  ...OPTIONS,
  value: "charge",
  tiers: {
    by: "expectedLoss",
    tiers: [
      { name: "call", from: 30 },
      { name: "rest", from: 0 },
    ],
  },
});

describe("a model with a value column", () => {
  test("draws tiers by expected loss and gives value, band and expected loss of each subscriber", () => {
    const predictions = valued.predict(TABLE);
    predictions.forEach(({ probability, tier, value, expectedLoss, valueBand }, row) => {
      // A missing charge counts as nothing.
      const worth = Number(ROWS[row].charge ?? 0);
      expect(value).toBe(worth);
      expect(expectedLoss).toBe(probability * worth);
      expect(tier).toBe(probability * worth >= 30 ? "call" : "rest");
      expect(["important", "main", "ordinary", "small"]).toContain(valueBand);
    });
    expect(valued.predictOne(ROWS[5])).toEqual(predictions[5]);
  });

  test("has a risk × value grid of training whose cells add up, and one of any other rows", () => {
    const { valueGrid, tierTable, rows } = valued.training;
    expect(valueGrid).toHaveLength(2 * 4);
    expect(valueGrid?.reduce((sum, cell) => sum + cell.rows, 0)).toBe(rows);
    const lost = tierTable.reduce((sum, tier) => sum + (tier.expectedLoss ?? 0), 0);
    expect(valueGrid?.reduce((sum, cell) => sum + cell.expectedLoss, 0)).toBeCloseTo(lost, 8);
    expect(valued.evaluate(TABLE, { replicates: 5 }).valueGrid?.length).toBe(8);
    expect(plain.training.valueGrid).toBeNull();
    expect(plain.evaluate(TABLE, { replicates: 5 }).valueGrid).toBeNull();
  });

  test("comes back from its file the same", async () => {
    const path = join(folder.path, "valued.json");
    await valued.save(path);
    const loaded = await loadChurnModel(path);
    expect(loaded.predict(TABLE, { intervals: true })).toEqual(valued.predict(TABLE, { intervals: true }));
    expect(loaded.training).toEqual(valued.training);
  });

  test("reads the value column also where it is not a feature", async () => {
    const model = await trainChurnModel(TABLE, { ...OPTIONS, value: "charge", exclude: ["charge"] });
    expect(model.inputs.map(({ name }) => name)).not.toContain("charge");
    expect(model.columnKinds.charge).toBe("numeric");
    expect(model.predictOne(ROWS[0]).value).toBe(ROWS[0].charge);
  });

  test("refuses rows without it, and values that are not numbers", () => {
    const { charge: _, ...withoutCharge } = ROWS[0];
    expect(() => valued.predictOne(withoutCharge)).toThrow(/charge/);
    const texts = tableFromRows(ROWS.map((row) => ({ ...row, charge: "much" })));
    expect(() => valued.predict(texts)).toThrow(/"charge"[\s\S]*must/);
  });

  test.each([
    [
      "tiers by expected loss without value",
      {
        tiers: {
          by: "expectedLoss",
          tiers: [
            { name: "a", from: 1 },
            { name: "b", from: 0 },
          ],
        },
      },
      /value: must name a column/,
    ],
    [
      "value bands without value",
      {
        valueBands: {
          by: "value",
          bands: [
            { name: "a", from: 1 },
            { name: "b", from: 0 },
          ],
        },
      },
      /value: must name a column/,
    ],
    ["a value column that does not exist", { value: "worth" }, /worth/],
    ["a value column of text", { value: "套餐" }, /套餐[\s\S]*must hold numbers/],
  ] as const)("is not trained with %s", async (_, options, words) => {
    await expect(trainChurnModel(TABLE, { ...OPTIONS, ...options })).rejects.toThrow(words);
  });
});

describe("intervals of predictions", () => {
  test("contain the probability and are present only on request", () => {
    for (const { probability, interval = [1, 0], uncertain } of plain.predict(TABLE, { intervals: true })) {
      expect(interval[0]).toBeLessThanOrEqual(probability);
      expect(interval[1]).toBeGreaterThanOrEqual(probability);
      expect(uncertain).toBe(interval[1] - interval[0] > 0.1);
    }
    expect(Object.keys(plain.predict(TABLE)[0])).toEqual(["id", "probability", "tier"]);
    expect(plain.predictOne(ROWS[3], { intervals: true })).toEqual(
      plain.predict(TABLE, { intervals: true })[3],
    );
  });
});

describe("evaluate by segment", () => {
  test("uses the categories of the model by default, or any given column", () => {
    const byDefault = plain.evaluate(TABLE, { replicates: 5 });
    expect(new Set(byDefault.segments.map(({ by }) => by))).toEqual(new Set(["套餐", "group"]));
    const { segments } = plain.evaluate(TABLE, { replicates: 5, segments: ["tenure", "客服 calls"] });
    const ofTenure = segments.filter(({ by }) => by === "tenure");
    expect(ofTenure).toHaveLength(5);
    expect(ofTenure.reduce((sum, { rows }) => sum + rows, 0)).toBe(600);
    for (const { rows } of ofTenure) expect(Math.abs(rows - 120)).toBeLessThan(25);
    expect(
      segments
        .filter(({ by }) => by === "客服 calls")
        .map(({ segment }) => segment)
        .sort(),
    ).toEqual(["0", "1", "2", "3", "4", "5"]);
  });

  test("keeps missing values separate and joins the smallest of many categories", () => {
    const rows = ROWS.map((row, i) => ({ ...row, dealer: i % 10 === 0 ? null : `D${i % 37}` }));
    const table = tableFromRows(rows, { columns: { subscriber: "text", dealer: "text" } });
    const { segments } = plain.evaluate(table, { replicates: 5, segments: ["dealer"] });
    expect(segments).toHaveLength(21);
    expect(segments.find(({ segment }) => segment === null)?.rows).toBe(60);
    expect(segments.filter(({ segment }) => segment === "(others)")).toHaveLength(1);
    expect(segments.reduce((sum, each) => sum + each.rows, 0)).toBe(600);
  });

  test("refuses columns that do not exist", () => {
    expect(() => plain.evaluate(TABLE, { segments: ["region", "tenure", "城市"] })).toThrow(
      /"region"[\s\S]*"城市"/,
    );
  });
});

test("evaluateInWorkers returns what evaluate returns, reports progress and stops when aborted", async () => {
  const phases = new Set<string>();
  const options = { replicates: 20, segments: ["tenure"] };
  const evaluation = await valued.evaluateInWorkers(TABLE, {
    ...options,
    onProgress: ({ phase }) => phases.add(phase),
  });
  expect(evaluation).toEqual(valued.evaluate(TABLE, options));
  expect(phases).toEqual(new Set(["bootstrap"]));
  const work = valued.evaluateInWorkers(TABLE, { signal: AbortSignal.abort() });
  await expect(work).rejects.toMatchObject({ code: "aborted" });
});

describe("compareModels", () => {
  test("finds that a model without signal is worse, on rows neither has seen", async () => {
    const weak = await trainChurnModel(TABLE, { ...OPTIONS, exclude: ["tenure", "客服 calls"] });
    const unseen = subscriberTable(1500, 5);
    const { verdict, rocAuc, rows } = compareModels(plain, weak, unseen, {
      names: ["full", "poor"],
      replicates: 50,
    });
    expect(rows).toBe(1500);
    expect(rocAuc.better).toBe("a");
    expect(verdict).toMatch(/^full is better/);
  });

  test("refuses two models of different labels", async () => {
    const turned = await trainChurnModel(TABLE, { ...OPTIONS, positive: "No" });
    expect(() => compareModels(plain, turned, TABLE)).toThrow(
      /compareModels: b: must predict churned = Yes, as a does, received "churned = No"/,
    );
  });
});
