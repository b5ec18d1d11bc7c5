import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import type { ProgressEvent } from "../../src/progress.js";
import { createRandom } from "../../src/random.js";
import { tableFromRows } from "../../src/table/rows.js";
import { trainChurnModel } from "../../src/training/train.js";
import { expectSteadyProgress } from "../support/steady-progress.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";

const SMALL_TREES = gradientBoosting({ maxLeaves: 4, learningRate: 0.2, patience: 10 });
const QUICK = {
  label: "churned",
  id: "subscriber",
  classifier: [SMALL_TREES],
  repeats: 1,
  replicates: 20,
} as const;

describe("trainChurnModel", () => {
  test("with all defaults trains every family except the neural one and their ensemble, the best first", async () => {
    const model = await trainChurnModel(subscriberTable(400), { label: "churned", id: "subscriber" });
    const { leaderboard, evaluation, folds, rows } = model.training;
    expect(leaderboard.map(({ name }) => name).sort()).toEqual([
      "additive",
      "boosting, 16 leaves",
      "boosting, 4 leaves",
      "constant",
      "ensemble",
      "extra trees",
      "logistic",
      "random forest",
    ]);
    expect(leaderboard.map(({ chosen }) => chosen)).toEqual([true, ...new Array(7).fill(false)]);
    const losses = leaderboard.map((entry) => entry.logLoss);
    // The kept one first, the others by rising loss.
    expect(losses.slice(1)).toEqual(losses.slice(1).sort((a, b) => a - b));
    // The choice as a whole is measured, by the choices of other folds: no better than what it chose.
    expect(evaluation.metrics.logLoss.value).toBeGreaterThan(losses[0] - 1e-12);
    expect(evaluation.metrics.logLoss.value).toBeLessThan(losses[0] + 0.03);
    expect(evaluation.replicates).toBe(500);
    expect([folds, rows]).toEqual([5, 400]);
  });

  test("leaves out columns that are not features, with the reason", async () => {
    const rows = subscriberRows(120).map((row, i) => ({
      ...row,
      客户编号: ((i * 37) % 121) * 1000 + i,
      country: "CN",
      note: `called at ${i}`,
      spare: row.tenure,
    }));
    const model = await trainChurnModel(tableFromRows(rows, { columns: { subscriber: "text" } }), {
      ...QUICK,
      exclude: ["spare"],
    });
    expect(Object.fromEntries(model.training.leftOut.map(({ name, reason }) => [name, reason]))).toEqual({
      subscriber: "the id",
      churned: "the label",
      客户编号: "id-like: a different whole number in every row",
      country: "constant",
      note: "text: an id or free text, almost every row its own",
      spare: "excluded by option",
    });
    expect(model.inputs.map(({ name }) => name)).toEqual(["charge", "group", "tenure", "套餐", "客服 calls"]);
  });

  test("has unbiased metrics: on labels of pure noise the out-of-fold AUC is near one half", async () => {
    const table = subscriberTable(2000, 3, 0);
    const model = await trainChurnModel(table, { ...QUICK, classifier: [logisticRegression(), SMALL_TREES] });
    const { rocAuc } = model.training.evaluation.metrics;
    // The standard error of an AUC of one half on 2,000 rows is 0.013.
    expect(rocAuc.value).toBeGreaterThan(0.45);
    expect(rocAuc.value).toBeLessThan(0.55);
  });

  test("finds the signal where there is one", async () => {
    const model = await trainChurnModel(subscriberTable(800), QUICK);
    expect(model.training.evaluation.metrics.rocAuc.value).toBeGreaterThan(0.75);
  });

  test("places tiers within their capacity and reports them so that they add up", async () => {
    const model = await trainChurnModel(subscriberTable(400), {
      ...QUICK,
      tiers: {
        by: "capacity",
        tiers: [{ name: "call", top: 25 }, { name: "mail", share: 0.25 }, { name: "rest" }],
      },
    });
    const counts = model.training.tierTable.map(({ rows }) => rows);
    expect(counts[0]).toBeLessThanOrEqual(25);
    expect(counts[1]).toBeLessThanOrEqual(100);
    expect(counts[0] + counts[1] + counts[2]).toBe(400);
    expect(model.tiers.map(({ name }) => name)).toEqual(["call", "mail", "rest"]);
  });

  test("keeps rows of one id in one fold when ids repeat", async () => {
    const rows = subscriberRows(300).map((row, i) => ({ ...row, subscriber: `S${i % 120}` }));
    const repeated = tableFromRows(rows, { columns: { subscriber: "text" } });
    expect((await trainChurnModel(repeated, QUICK)).training.foldsKeepIdsTogether).toBe(true);
    expect((await trainChurnModel(subscriberTable(300), QUICK)).training.foldsKeepIdsTogether).toBe(false);
  });

  test("keeping ids together removes what a model memorises", async () => {
    // Four equal rows per subscriber and labels of noise: only folds that divide subscribers can find anything.
    const random = createRandom(5, "by heart");
    const people = Array.from({ length: 250 }, (_, who) => ({
      who: `S${who}`,
      x: random.normal(),
      churned: random.next() < 0.4 ? "Yes" : "No",
    }));
    const table = tableFromRows([...people, ...people, ...people, ...people], { columns: { who: "text" } });
    const options = {
      label: "churned",
      classifier: [gradientBoosting({ minChildRows: 2, patience: 20, rounds: 300 })],
      repeats: 1,
      replicates: 20,
    };
    const together = await trainChurnModel(table, { ...options, id: "who" });
    const apart = await trainChurnModel(table, { ...options, exclude: ["who"] });
    expect(apart.training.evaluation.metrics.rocAuc.value).toBeGreaterThan(0.7);
    expect(together.training.evaluation.metrics.rocAuc.value).toBeLessThan(0.6);
  });

  test("works with 20 rows of a class", async () => {
    const rows = subscriberRows(200);
    const table = tableFromRows(
      [
        ...rows.filter(({ churned }) => churned === "Yes").slice(0, 20),
        ...rows.filter(({ churned }) => churned === "No"),
      ],
      { columns: { subscriber: "text" } },
    );
    const model = await trainChurnModel(table, QUICK);
    expect(model.training.positives).toBe(20);
    for (const { probability } of model.predict(table)) expect(probability > 0 && probability < 1).toBe(true);
  });

  test("does not change its options or the table", async () => {
    const table = subscriberTable(150);
    const options = {
      ...QUICK,
      exclude: ["charge"],
      tiers: {
        by: "probability" as const,
        tiers: [
          { name: "a", from: 0.5 },
          { name: "b", from: 0 },
        ],
      },
    };
    const before = structuredClone({
      columns: table.columns,
      exclude: options.exclude,
      tiers: options.tiers,
    });
    const model = await trainChurnModel(table, options);
    expect({ columns: table.columns, exclude: options.exclude, tiers: options.tiers }).toEqual(before);
    options.tiers.tiers[0].name = "changed";
    expect(model.training.tierRule).toMatchObject({ tiers: [{ name: "a" }, {}] });
  });

  test("takes tiers as text: the model is that of the rule, bit for bit", async () => {
    const table = subscriberTable(150);
    const rule = { by: "capacity", tiers: [{ name: "call", top: 20 }, { name: "rest" }] } as const;
    const [ofText, ofRule] = [
      await trainChurnModel(table, { ...QUICK, tiers: "call=20,rest" }),
      await trainChurnModel(table, { ...QUICK, tiers: rule }),
    ];
    expect(ofText.training.tierRule).toEqual(rule);
    expect(ofText.scorer.content).toEqual(ofRule.scorer.content);
  });

  test("reports progress that never falls within a phase, also with two classifiers of one name", async () => {
    const events: ProgressEvent[] = [];
    const twins = [SMALL_TREES, gradientBoosting({ maxLeaves: 4, learningRate: 0.5, patience: 3 })];
    const model = await trainChurnModel(subscriberTable(150), {
      ...QUICK,
      classifier: [logisticRegression(), ...twins],
      onProgress: (event) => events.push(event),
    });
    expectSteadyProgress(events);
    expect(model.training.leaderboard.map(({ name }) => name).sort()).toEqual([
      "boosting, 4 leaves",
      "boosting, 4 leaves (2)",
      "constant",
      "ensemble",
      "logistic",
    ]);
  });

  test.each(["before it starts", "while it runs"])("stops when aborted %s", async (when) => {
    const controller = new AbortController();
    if (when === "before it starts") controller.abort();
    const onProgress = ({ done }: ProgressEvent) => {
      if (done === 5) controller.abort();
    };
    const error = await thrownBy(() =>
      trainChurnModel(subscriberTable(150), { ...QUICK, signal: controller.signal, onProgress }),
    );
    expect(error.code).toBe("aborted");
  });
});
