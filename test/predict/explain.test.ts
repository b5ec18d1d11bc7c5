import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Explanation } from "../../src/explain/explanation.js";
import { type ChurnModel, loadChurnModel, tableFromRows, trainChurnModel } from "../../src/index.js";
import { explanationText } from "../../src/report/explanation-text.js";
import { takeRows } from "../../src/table/table.js";
import type { TrainOptions } from "../../src/training/train-options.js";
import { type SubscriberRow, subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const TABLE = subscriberTable(500, 7);
const ROWS = subscriberRows(500, 7);
const OPTIONS: TrainOptions = {
  label: "churned",
  id: "subscriber",
  replicates: 10,
  repeats: 1,
  actionable: ["客服 calls", "charge", "套餐"],
};

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);

function expectAdditive(explanation: Explanation): void {
  const { margin, baseValue, probability, baseProbability, contributions } = explanation;
  const toMargin = sumOf(contributions.map(({ contribution }) => contribution));
  const toProbability = sumOf(contributions.map(({ probabilityContribution }) => probabilityContribution));
  expect(Math.abs(baseValue + toMargin - margin)).toBeLessThan(1e-9);
  expect(Math.abs(baseProbability + toProbability - probability)).toBeLessThan(1e-9);
}

let model: ChurnModel;
beforeAll(async () => {
  model = await trainChurnModel(TABLE, OPTIONS);
});

describe("an explanation", () => {
  test("adds up to margin and probability of every row, whatever the calibrator", async () => {
    const calibrations = ["platt", "isotonic", "venn-abers"] as const;
    const others = calibrations.map((calibration) =>
      trainChurnModel(TABLE, { ...OPTIONS, calibration, classifier: "logistic" }),
    );
    for (const each of [model, ...(await Promise.all(others))]) {
      const explanations = each.explain(TABLE);
      const predictions = each.predict(TABLE);
      explanations.forEach((explanation, row) => {
        expectAdditive(explanation);
        const { id, probability, tier } = predictions[row];
        expect(explanation).toMatchObject({ id, probability, tier });
      });
    }
  });

  test("is the same of a row, of a table, and of the model that was saved and loaded", async () => {
    const path = `${folder.path}/model.json`;
    await model.save(path);
    const loaded = await loadChurnModel(path);
    const ofTable = model.explain(TABLE, { reasons: 5 });
    for (const row of [0, 3, 77]) {
      expect(model.explainOne(ROWS[row], { reasons: 5 })).toEqual(ofTable[row]);
      expect(loaded.explainOne(ROWS[row], { reasons: 5 })).toEqual(ofTable[row]);
    }
  });

  test("names values as the row has them: categories that training never saw, and missing ones", () => {
    const row = { ...ROWS[0], 套餐: "<script>alert('x')</script>", charge: null };
    const { contributions } = model.explainOne(row);
    const shownOf = (name: string) => contributions.find(({ column }) => column === name)?.value;
    expect(shownOf("套餐")).toBe("<script>alert('x')</script>");
    expect(shownOf("charge")).toBeNull();
    expect(shownOf("tenure")).toBe(ROWS[0].tenure);
  });

  test("over a background has its mean margin as the base value", async () => {
    // Not with a forest, whose base value is the log-odds of a mean probability.
    const additive = await trainChurnModel(TABLE, { ...OPTIONS, classifier: ["additive", "boosting"] });
    const background = tableFromRows(ROWS.slice(0, 20), { columns: { subscriber: "text" } });
    const [explanation] = additive.explain(TABLE, { background });
    expectAdditive(explanation);
    const margins = additive.explain(background).map(({ margin }) => margin);
    expect(explanation.baseValue).toBeCloseTo(sumOf(margins) / 20, 6);
  });

  test("proposes a change only where it is asked for, below the tier of the row", () => {
    expect(model.explainOne(ROWS[0]).change).toBeNull();
    const changes = model.explain(TABLE, { change: true });
    let found = 0;
    changes.forEach(({ change, tier }, row) => {
      if (tier === "low") expect(change).toEqual({ found: false, text: "already in the lowest tier" });
      if (change?.found !== true) return;
      found++;
      const changed: SubscriberRow = { ...ROWS[row] };
      for (const { column, from, to } of change.steps) {
        expect(OPTIONS.actionable).toContain(column);
        expect(changed[column]).toBe(from);
        changed[column] = to;
      }
      expect(model.predictOne(changed)).toMatchObject({ probability: change.probability, tier: change.tier });
      expect(change.tier).not.toBe(tier);
    });
    expect(found).toBeGreaterThan(20);
  });
});

describe("reasons", () => {
  test("come with predictions of rows and tables where they are asked for, and no others", () => {
    const options = { reasons: 2, locale: "zh" } as const;
    const ofTable = model.predict(TABLE, options);
    const ofRows = model.predictMany(ROWS.slice(0, 9), options);
    ofRows.forEach((prediction, row) => {
      expect(prediction).toEqual(ofTable[row]);
      expect(prediction.reasons).toEqual(model.explainOne(ROWS[row], options).reasons);
    });
    expect(model.predictOne(ROWS[0])).not.toHaveProperty("reasons");
    expect(
      ofTable.some(({ reasons = [] }) => reasons.some(({ text }) => text.includes("同类用户离网更多"))),
    ).toBe(true);
  });

  test("begin with what can be acted on, raise the risk, and never name a sensitive column", async () => {
    const sensitive = await trainChurnModel(TABLE, { ...OPTIONS, sensitive: ["tenure"] });
    const all = sensitive.predict(TABLE, { reasons: 4 }).map(({ reasons = [] }) => reasons);
    expect(all.flat().length).toBeGreaterThan(200);
    for (const reasons of all) {
      const actionable = reasons.map((reason) => reason.actionable);
      expect(actionable).toEqual(actionable.toSorted((a, b) => Number(b) - Number(a)));
      for (const { column, contribution } of reasons) {
        expect(column).not.toBe("tenure");
        expect(contribution).toBeGreaterThan(0);
      }
    }
    const named = model.predict(TABLE, { reasons: 4 }).flatMap(({ reasons = [] }) => reasons);
    expect(named.some(({ column }) => column === "tenure")).toBe(true);
  });

  test("are told by descriptions, units and families of notes, and by the caller's sentences", async () => {
    const noted = await trainChurnModel(TABLE, {
      ...OPTIONS,
      featureNotes: [
        { name: "tenure", family: "life", description: "time since activation", unit: "months" },
        {
          name: "客服 calls",
          family: "care",
          description: "calls to the hotline",
          unit: "count",
          actionable: true,
        },
        { name: "of another table", family: "none" },
      ],
    });
    const [explanation] = noted.explain(TABLE);
    expect(explanation.families.map(({ family }) => family).sort()).toEqual(["care", "life"]);
    const texts = noted
      .predict(TABLE, { reasons: 5 })
      .flatMap(({ reasons = [] }) => reasons.map(({ text }) => text));
    expect(texts.some((text) => /^time since activation: \d+ months \(typically \d+\)$/.test(text))).toBe(
      true,
    );
    const templates = { tenure: "a subscriber for {value} months, not {typical}" };
    const own = noted.predict(TABLE, { reasons: 5, templates }).flatMap(({ reasons = [] }) => reasons);
    expect(own.some(({ text }) => /^a subscriber for \d+ months, not \d+$/.test(text))).toBe(true);
  });
});

test("of a model of one constant no column matters", async () => {
  const chance = subscriberTable(300, 3, 0);
  const constant = await trainChurnModel(chance, { ...OPTIONS, classifier: "logistic", seed: 2 });
  expect(constant.training.leaderboard.find(({ chosen }) => chosen)?.name).toBe("constant");
  const [explanation] = constant.explain(chance, { change: true });
  expectAdditive(explanation);
  expect(explanation.reasons).toEqual([]);
  expect(explanation.contributions.every(({ contribution }) => contribution === 0)).toBe(true);
  expect(explanationText(explanation)).toContain("No column matters to this model");
});

test("what explanations need makes a model at most a quarter larger", async () => {
  const logistic = await trainChurnModel(TABLE, { ...OPTIONS, classifier: "logistic" });
  for (const each of [model, logistic]) {
    const isAdded = (name: string) => ["leafRows", "explanation", "means"].includes(name);
    const { content } = each.scorer;
    const before = JSON.stringify(content, (name, value) => (isAdded(name) ? undefined : value)).length;
    expect(JSON.stringify(content).length).toBeGreaterThan(before);
    expect(JSON.stringify(content).length / before).toBeLessThan(1.25);
  }
});

describe("a model of format version 1", () => {
  const path = new URL("../golden/v1-families.model.json", import.meta.url).pathname;
  const rows = (
    JSON.parse(readFileSync(new URL("../golden/v1-families.predictions.json", import.meta.url), "utf8")) as {
      row: SubscriberRow;
    }[]
  ).map(({ row }) => row);

  test("predicts, and says what to do to be explained", async () => {
    const old = await loadChurnModel(path);
    for (const explain of [
      () => old.explainOne(rows[0]),
      () => old.predictOne(rows[0], { reasons: 1 }),
      () => old.explain(tableFromRows(rows, { columns: old.columnKinds })),
    ]) {
      const { code, hint } = await thrownBy(explain);
      expect(code).toBe("model.unexplained");
      expect(hint).toContain("train it again");
    }
    expect(old.predictOne(rows[0]).probability).toBeGreaterThan(0);
  });

  test("is explained over background rows, all its families", async () => {
    const old = await loadChurnModel(path);
    const background = tableFromRows(rows.slice(0, 4), { columns: old.columnKinds });
    const explanation = old.explainOne(rows[7], { background });
    expectAdditive(explanation);
    expect(explanation.contributions.some(({ standardError = 0 }) => standardError > 0)).toBe(true);
  });
});

describe("wrong options of explanations", () => {
  test.each([
    [{ reasons: -1 }, "reasons"],
    [{ reasons: 51 }, "reasons"],
    [{ reasons: "3" }, "reasons"],
    [{ locale: "fr" }, "locale"],
    [{ templates: ["a"] }, "templates"],
    [{ templates: { tenure: 3 } }, "templates.tenure"],
    [{ change: 1 }, "change"],
    [{ why: true }, "why"],
    [{ background: 3 }, "background"],
    [{ background: takeRows(TABLE, []) }, "background"],
  ])("%o", async (options, argument) => {
    const { problems } = await thrownBy(() => model.explain(TABLE, options as never));
    expect(problems[0].path.argument).toContain(argument);
    expect(problems[0].path.function).toBe("explain");
  });

  test("name the function that was called", async () => {
    const background = takeRows(TABLE, []);
    const { path } = await thrownBy(() => model.explainOne(ROWS[0], { background }));
    expect(path).toMatchObject({ function: "explainOne", argument: "background" });
  });

  test("of training: notes that are none", async () => {
    const notes = [
      { name: 3 },
      { name: "tenure", unit: 1 },
      { name: "tenure", colour: "red" },
      { name: "a", direction: "left" },
    ];
    const { problems } = await thrownBy(() =>
      trainChurnModel(TABLE, { ...OPTIONS, featureNotes: notes as never, actionable: ["nothing"] }),
    );
    expect(problems.map(({ path }) => path.argument).sort()).toEqual([
      "actionable",
      "featureNotes[0]",
      "featureNotes[1].unit",
      "featureNotes[2].colour",
      "featureNotes[3].direction",
    ]);
  });
});
