import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { logisticRegression } from "../../../src/classifiers/logistic/logistic.js";
import type { ProgressEvent } from "../../../src/progress.js";
import { createRandom } from "../../../src/random.js";
import { tableFromRows } from "../../../src/table/rows.js";
import type { Table } from "../../../src/table/table.js";
import { learningCurve } from "../../../src/training/index.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { subscriberTable } from "../../support/subscribers.js";
import { thrownBy } from "../../support/thrown.js";

const FAST = { label: "churned", classifier: "logistic", repeats: 1, replicates: 20 } as const;
/** For `subscriberTable`. */
const QUICK = { ...FAST, id: "subscriber" } as const;

/** Labels by features of which each says as much. */
function simulated(rows: number, features: number, slope: number): Table {
  const random = createRandom(4, "learning curve test");
  return tableFromRows(
    Array.from({ length: rows }, () => {
      const x = Array.from({ length: features }, () => random.normal());
      const logOdds = -0.5 + slope * x.reduce((sum, each) => sum + each, 0);
      const churned = random.next() < 1 / (1 + Math.exp(-logOdds)) ? "Yes" : "No";
      return { ...Object.fromEntries(x.map((each, i) => [`x${i}`, each])), churned };
    }),
  );
}

describe("learningCurve(table, options)", () => {
  test("ends in the training on all rows, and its shares are trained with the same options", async () => {
    const table = subscriberTable(800);
    const options = { ...QUICK, repeats: undefined };
    const { points } = await learningCurve(table, { ...options, shares: [0.5, 1] });
    const model = await trainChurnModel(table, options);
    const { evaluation, positives } = model.training;
    expect(points).toHaveLength(2);
    expect(points[0]).toMatchObject({ share: 0.5, rows: 400, classifier: "logistic", gain: null });
    expect(points[1]).toMatchObject({ share: 1, rows: 800, churners: positives, classifier: "logistic" });
    expect(points[1].logLoss).toEqual(evaluation.metrics.logLoss);
    expect(points[1].rocAuc).toEqual(evaluation.metrics.rocAuc);
    const { low, value, high } = points[1].gain as NonNullable<(typeof points)[1]["gain"]>;
    expect(low < value && value < high).toBe(true);
  });

  test("is the same again, goes to JSON, and depends on the seed", async () => {
    const table = subscriberTable(400);
    const curve = await learningCurve(table, QUICK);
    expect(await learningCurve(table, QUICK)).toEqual(curve);
    expect(JSON.parse(JSON.stringify(curve))).toEqual({ ...curve });
    const other = await learningCurve(table, { ...QUICK, seed: 1 });
    expect(other.points[0].logLoss).not.toEqual(curve.points[0].logLoss);
  });

  test("adds all rows where the shares end below 1", async () => {
    const { points, expected } = await learningCurve(subscriberTable(300), { ...QUICK, shares: [0.4, 0.7] });
    expect(points.map(({ share, rows }) => [share, rows])).toEqual([
      [0.4, 120],
      [0.7, 209],
      [1, 300],
    ]);
    expect(expected).toBeNull();
  });

  test("names shares that are too small to train on", async () => {
    const { points, skipped, sentence } = await learningCurve(subscriberTable(100), QUICK);
    expect(points.map(({ share }) => share)).toEqual([0.7, 1]);
    expect(skipped.map(({ share, rows }) => [share, rows])).toEqual([
      [0.1, 10],
      [0.2, 20],
      [0.4, 40],
    ]);
    expect(skipped[0].reason).toMatch(/column "churned": must have at least 20 rows of "Yes", received \d+/u);
    expect(sentence).toMatch(/^Too few rows to say .* the curve has 2 points, and needs 4\.$/u);
  });

  test("leaves out a share that has the rows of the next", async () => {
    const { points, skipped } = await learningCurve(subscriberTable(200), {
      ...QUICK,
      shares: [0.5, 0.9999],
    });
    expect(points.map(({ share }) => share)).toEqual([0.5, 1]);
    expect(skipped).toEqual([{ share: 0.9999, rows: 200, reason: "has the same rows as 100%" }]);
  });

  test("is an error where only all rows are enough", async () => {
    const error = await thrownBy(() => learningCurve(subscriberTable(80), { ...QUICK, shares: [0.1, 0.2] }));
    expect([error.code, error.path]).toEqual([
      "data.label",
      { function: "learningCurve", argument: "shares" },
    ]);
    expect(error.message).toMatch(/a share below 1 with enough rows.*20%, 16 rows: .*at least 20 rows/u);
  });

  test("keeps the rows of a household together, and takes weights", async () => {
    const table = tableFromRows(
      Array.from({ length: 600 }, (_, row) => {
        const random = createRandom(7, "household", row % 200);
        const [x, isChurned] = [random.normal(), random.next() < 0.4];
        return {
          household: `H${row % 200}`,
          x: x + (isChurned ? 1 : 0),
          w: 1 + (row % 3),
          churned: isChurned,
        };
      }),
    );
    const options = { ...FAST, weights: "w", shares: [0.25, 0.5, 0.75] };
    const { points } = await learningCurve(table, { ...options, id: "household" });
    expect(points.map(({ rows }) => rows % 3)).toEqual([0, 0, 0, 0]);
    // Three rows of a household are one observation.
    const alone = await learningCurve(table, { ...options, exclude: ["household"] });
    const widthOf = (gain: (typeof points)[1]["gain"]) => (gain === null ? 0 : gain.high - gain.low);
    expect(widthOf(points[1].gain)).toBeGreaterThan(widthOf(alone.points[1].gain));
  });

  test("tiers, values and rules of the training do not hinder small shares", async () => {
    const table = subscriberTable(900);
    const { points } = await learningCurve(table, {
      ...QUICK,
      classifier: "additive",
      shares: [0.4, 1],
      tiers: "call=250,rest",
      value: "charge",
      monotone: { tenure: -1 },
      metrics: [{ name: "rows", label: "rows", better: "higher", value: (labels) => labels.length }],
    });
    expect(points.map(({ classifier }) => classifier)).toEqual(["additive", "additive"]);
  });

  test("trains on a share what was trained on all rows, as often", async () => {
    const second = { ...logisticRegression({ lambda: 0.01 }), name: "second" };
    const phases = new Set<string>();
    const timeBudget = 1e-6; // Over before the second is reached.
    await learningCurve(subscriberTable(300), {
      ...{ ...QUICK, classifier: ["logistic", second], repeats: 2, shares: [0.5], timeBudget },
      onProgress: ({ phase }) => phases.add(phase),
    });
    const ofShare = [...phases].filter((phase) => phase.startsWith("50%"));
    expect(ofShare).toEqual([
      "50% of the rows: logistic, repeat 1 of 2",
      "50% of the rows: logistic, repeat 2 of 2",
      "50% of the rows: bootstrap",
    ]);
  });

  test("prints a line for each share, and inside another object a short form", async () => {
    const curve = await learningCurve(subscriberTable(200), { ...QUICK, shares: [0.1, 0.5] });
    expect(String(curve).split("\n")).toEqual([
      "Learning curve on 200 rows, out of fold",
      expect.stringMatching(
        /^ {2}50% +100 rows +log loss 0\.\d{4} \(0\.\d{4}–0\.\d{4}\) +ROC AUC 0\.\d{4}$/u,
      ),
      expect.stringMatching(
        /^ {2}100% +200 rows +log loss .* gain -?0\.\d{4} \(-?0\.\d{4} to .*\) +ROC AUC /u,
      ),
      expect.stringMatching(/^ {2}without 10%, 20 rows: column "churned": must have/u),
      curve.sentence,
    ]);
    expect(inspect({ curve })).toBe("{ curve: [LearningCurve 2 points, 200 rows] }");
  });

  test("says which share it trains on, and stops when aborted", async () => {
    const events: ProgressEvent[] = [];
    const controller = new AbortController();
    const options = { ...QUICK, shares: [0.5, 0.7], signal: controller.signal };
    const error = await thrownBy(() =>
      learningCurve(subscriberTable(200), {
        ...options,
        onProgress: (event) => {
          events.push(event);
          if (event.phase.startsWith("70% of the rows: ")) controller.abort();
        },
      }),
    );
    expect(error.code).toBe("aborted");
    expectSteadyProgress(events.filter(({ phase }) => !phase.startsWith("70%")));
    expect(new Set(events.map(({ phase }) => phase.split(":")[0]))).toEqual(
      new Set(["logistic", "bootstrap", "50% of the rows", "70% of the rows"]),
    );
  });
});

describe("on data whose answer is known", () => {
  test("a hundred features of equal weight need more than 3,000 rows", async () => {
    const { sentence, expected } = await learningCurve(simulated(3000, 100, 0.15), FAST);
    expect(sentence).toMatch(/^Twice the rows would lower the log loss by about 0\.\d{4} \(0\./u);
    expect(expected?.rows).toBe(6000);
  });

  test("one feature needs no more than 4,000", async () => {
    const { sentence } = await learningCurve(simulated(4000, 1, 1), FAST);
    expect(sentence).toMatch(/^More rows would hardly help: from 2,800 to 4,000 rows/u);
  });
});
