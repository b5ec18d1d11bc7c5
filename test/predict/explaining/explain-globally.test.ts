import { beforeAll, describe, expect, test } from "vitest";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import { explainGlobally, type GlobalExplanation } from "../../../src/predict/explaining/explain-globally.js";
import { createRandom } from "../../../src/random.js";
import { globalExplanationText } from "../../../src/report/global-explanation.js";
import { tableFromRows } from "../../../src/table/rows.js";
import { dropColumns, type Table, takeRows } from "../../../src/table/table.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../../support/subscribers.js";
import { thrownBy } from "../../support/thrown.js";

const QUICK = { rows: 300, contributionRows: 60, curveRows: 40, interactionRows: 20, repeats: 3 } as const;
const OPTIONS = { label: "churned", classifier: "logistic", replicates: 5, repeats: 1 } as const;
const fresh = subscriberTable(1200, 2);
const first = (table: Table, rows: number) =>
  takeRows(
    table,
    Array.from({ length: rows }, (_, i) => i),
  );

let model: ChurnModel;
let explanation: GlobalExplanation;
beforeAll(async () => {
  model = await scoringModel();
  explanation = await explainGlobally(model, fresh, QUICK);
});

describe("explainGlobally", () => {
  test("finds the inputs that labels were made of, and says how many rows each part used", () => {
    const { importance, contributions, curves, interactions, rows, missing } = explanation;
    expect(importance?.inputs.slice(0, 3).map(({ name }) => name)).toEqual(["tenure", "客服 calls", "套餐"]);
    expect(contributions?.features[0].feature).toBe("tenure");
    expect(rows).toEqual({ given: 1200, used: 300 });
    expect([importance?.rows, contributions?.rows, explanation.curveRows, interactions?.rows]).toEqual([
      300, 60, 40, 20,
    ]);
    expect(curves[0].input).toBe("tenure");
    expect(missing).toEqual([]);
    expect(explanation.trainedOn).toMatchObject({ rows: 0 });
  });

  test("is the same to the last bit again, and plain data that goes to JSON", async () => {
    const again = await explainGlobally(model, fresh, QUICK);
    expect(again).toEqual(explanation);
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
    const other = await explainGlobally(model, fresh, { ...QUICK, seed: 1 });
    expect(other.importance?.logLoss).not.toBe(explanation.importance?.logLoss);
  });

  test("curves have points of all rows, missing values last, categories without local effects and why", () => {
    for (const { points } of explanation.curves) {
      expect(points.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    }
    const charge = explanation.curves.find(({ input }) => input === "charge");
    expect(charge?.points.at(-1)).toMatchObject({ value: null, level: "missing", localMargin: null });
    const tariff = explanation.curves.find(({ input }) => input === "套餐");
    expect(tariff?.noLocalEffects).toMatch(/no order/u);
    expect(tariff?.points.map(({ level }) => level).sort()).toEqual([
      "Business",
      "Family",
      "missing",
      "随心",
    ]);
  });

  test("contributions and the base value are on the margin of predictions", async () => {
    const all = await explainGlobally(model, fresh, {
      ...QUICK,
      rows: 50,
      contributionRows: 50,
      groups: { all: model.inputs.map(({ name }) => name) },
    });
    const { baseValue, features } = all.contributions ?? { baseValue: 0, features: [] };
    const mean = features.reduce(
      (sum, { bands }) => sum + bands.reduce((of, band) => of + band.share * band.mean, 0),
      baseValue,
    );
    expect(mean).toBeCloseTo(all.meanMargin, 10);
    const probabilities = model.probabilities(fresh);
    expect(all.meanProbability).toBeGreaterThan(Math.min(...probabilities));
  });

  test("families are those of the caller, without columns that the model was trained without", async () => {
    const groups = { service: ["客服 calls", "charge"], names: ["subscriber"] };
    const found = await explainGlobally(model, fresh, { ...QUICK, groups });
    expect(found.importance?.families).toHaveLength(1);
    expect(found.importance?.families[0]).toMatchObject({
      name: "service",
      inputs: ["客服 calls", "charge"],
    });
    expect(found.contributions?.families[0].meanAbsolute).toBeGreaterThan(0);
    expect(found.missing).toEqual([
      { part: "families", reason: "names: the model reads none of its columns" },
    ]);
  });

  test("a logistic regression shows its coefficients", () => {
    expect(explanation.logistic).toHaveLength(1);
    expect(explanation.logistic[0]).toMatchObject({ weight: 1 });
    expect(explanation.logistic[0].coefficients[0].feature).toBe("tenure");
    expect(explanation.additive).toEqual([]);
    const tenure = explanation.oddsRatios?.find(({ feature }) => feature === "tenure");
    expect(tenure?.oddsRatio).toBeLessThan(1);
  });

  test("an additive model shows its shapes, with open ends as null", async () => {
    const additive = await trainChurnModel(subscriberTable(400), {
      ...OPTIONS,
      id: "subscriber",
      classifier: "additive",
    });
    const found = await explainGlobally(additive, fresh, QUICK);
    const tenure = found.additive[0].shapes[0];
    expect(tenure.feature).toBe("tenure");
    expect([tenure.rows[0].from, tenure.rows.at(-1)?.to]).toEqual([null, null]);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test("says which rows the model was trained on", async () => {
    const seen = await explainGlobally(model, subscriberTable(400), QUICK);
    expect(seen.trainedOn).toMatchObject({ rows: 400, isBeyondChance: true });
    expect(globalExplanationText(seen)).toContain("400 of 400 rows were trained on");
  });

  test("respects the weights that the model was trained with", async () => {
    const weighted = (count: number, seed: number) =>
      tableFromRows(
        subscriberRows(count, seed).map((row, i) => ({ ...row, weight: i % 3 })),
        { columns: { subscriber: "text" } },
      );
    const trained = await trainChurnModel(weighted(400, 1), {
      ...OPTIONS,
      id: "subscriber",
      weights: "weight",
    });
    const found = await explainGlobally(trained, weighted(600, 2), QUICK);
    expect(found.weights).toEqual({ column: "weight", areApplied: true });
    expect(found.rows.given).toBe(400);
    const without = await explainGlobally(trained, weighted(600, 2), { ...QUICK, weights: null });
    expect(without.weights).toEqual({ column: "weight", areApplied: false });
    expect(without.rows.given).toBe(600);
  });

  test("reports progress phase by phase, and stops when aborted", async () => {
    const phases = new Set<string>();
    const controller = new AbortController();
    const failed = await thrownBy(() =>
      explainGlobally(model, fresh, {
        ...QUICK,
        signal: controller.signal,
        onProgress: ({ phase, done, total }) => {
          phases.add(phase);
          expect(done).toBeLessThanOrEqual(total);
          if (phase === "curves") controller.abort();
        },
      }),
    );
    expect(failed.code).toBe("aborted");
    expect([...phases]).toEqual(["permutation importance", "contributions", "curves"]);
  });
});

describe("unusual tables and models", () => {
  test("without labels there is no importance, and all the rest", async () => {
    const found = await explainGlobally(model, dropColumns(fresh, ["churned"]), QUICK);
    expect(found.importance).toBeNull();
    expect(found.oddsRatios).toBeNull();
    expect(found.missing.map(({ part }) => part)).toEqual(["importance", "oddsRatios"]);
    expect(found.missing[0].reason).toBe("the table has no column churned");
    expect(found.curves[0].input).toBe("tenure");
    expect(found.interactions?.inputs).toHaveLength(5);
  });

  test("one row", async () => {
    const found = await explainGlobally(model, first(fresh, 1), QUICK);
    expect(found.importance).toBeNull();
    expect(found.missing[0].reason).toMatch(/must have exactly two values/u);
    expect(found.contributions?.features[0].meanAbsolute).toBeGreaterThan(0);
    expect(found.isConstant).toBe(false);
    expect(found.curves).toEqual([]);
    expect(globalExplanationText(found)).toContain("fewer than two inputs vary");
  });

  test("constant and missing columns have no curve and no effect", async () => {
    const rows = subscriberRows(200, 3).map((row) => ({ ...row, charge: null, 套餐: "Family" }));
    const table = tableFromRows(rows, { columns: { subscriber: "text", charge: "numeric" } });
    const found = await explainGlobally(model, table, QUICK);
    const nothing = { value: 0, low: 0, high: 0 };
    for (const name of ["charge", "套餐"]) {
      expect(found.importance?.inputs.find((each) => each.name === name)?.logLoss).toEqual(nothing);
      expect(found.curves.map(({ input }) => input)).not.toContain(name);
    }
    expect(found.contributions?.features.find(({ feature }) => feature === "charge")?.bands).toMatchObject([
      { level: "missing", share: 1 },
    ]);
  });

  test("of a model that is one constant no input matters, and the text says so", async () => {
    const constant = await trainChurnModel(subscriberTable(400, 5, 0), { ...OPTIONS, id: "subscriber" });
    expect(constant.training.leaderboard.find(({ chosen }) => chosen)?.name).toBe("constant");
    const found = await explainGlobally(constant, subscriberTable(300, 6, 0), QUICK);
    expect(found.isConstant).toBe(true);
    const text = globalExplanationText(found);
    expect(text).toMatch(/No input matters: the model predicts \d+\.\d% for every row\./u);
    expect(text).not.toMatch(/NaN|Infinity|Importance|Curves/u);
  });

  test("10,000 categories are those that training kept, and the others together", async () => {
    const random = createRandom(8, "cities");
    const tableOf = (count: number) => {
      const rows = Array.from({ length: count }, () => {
        const city = random.next() < 0.7 ? random.integer(300) : random.integer(10_000);
        return {
          city: `city ${city}`,
          months: random.integer(60),
          churned: random.next() < (city % 2 ? 0.5 : 0.2) ? "Yes" : "No",
        };
      });
      return tableFromRows(rows, { columns: { city: "categorical" } });
    };
    const trained = await trainChurnModel(tableOf(6000), { ...OPTIONS, include: ["city"] });
    const found = await explainGlobally(trained, tableOf(2000), { ...QUICK, rows: 2000 });
    const city = found.curves.find(({ input }) => input === "city");
    expect(city?.points.length).toBeLessThanOrEqual(255);
    expect(city?.points.map(({ level }) => level)).toContain("other");
    expect(found.contributions?.features.find(({ feature }) => feature === "city")?.bands).toHaveLength(11);
    expect(found.missing).toEqual([
      { part: "oddsRatios", reason: expect.stringMatching(/more than the 100/u) },
    ]);
    expect(globalExplanationText(found).split("\n").length).toBeLessThan(300);
  });
});

describe("wrong calls are answered with what to do", () => {
  test.each<[string, Parameters<typeof explainGlobally>[2], RegExp]>([
    ["rows", { rows: 0 }, /explainGlobally: rows: must be a whole number ≥ 1, received 0/u],
    ["repeats", { repeats: 1 }, /repeats: must be a whole number ≥ 2/u],
    ["level", { level: 95 }, /level: must be between 0 and 1, received 95/u],
    ["by", { by: "auc" as "rocAuc" }, /by: must be "logLoss" or "rocAuc"/u],
    [
      "a column of groups",
      { groups: { usage: ["tenures"] } },
      /groups\.usage: must name inputs .*did you mean "tenure"/u,
    ],
    ["a text in groups", { groups: { usage: "tenure" as never } }, /put it into a list: \["tenure"\]/u],
    ["groups", { groups: ["tenure"] as never }, /groups: must be an object of lists/u],
    ["weights", { weights: "weight" }, /column "weight"/u],
    ["an unknown option", { sample: 100 } as never, /must be an option of explainGlobally/u],
  ])("%s", async (_, options, message) => {
    const error = await thrownBy(() => explainGlobally(model, fresh, options));
    expect(error.message).toMatch(message);
    expect(error.path.function).toBe("explainGlobally");
  });

  test("a table without an input, one without rows, and no model", async () => {
    const missing = await thrownBy(() => explainGlobally(model, dropColumns(fresh, ["tenure"])));
    expect([missing.code, missing.path.column]).toEqual(["data.missing-column", "tenure"]);
    const empty = await thrownBy(() => explainGlobally(model, first(fresh, 0)));
    expect(empty.code).toBe("data.empty");
    const none = await thrownBy(() => explainGlobally("a.model.json" as never, fresh));
    expect(none.message).toMatch(/must be a ChurnModel/u);
  });
});
