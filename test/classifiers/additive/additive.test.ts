import fc from "fast-check";
import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { additiveModel } from "../../../src/classifiers/additive/additive.js";
import { averageAdditive } from "../../../src/classifiers/additive/average-additive.js";
import { FittedAdditive } from "../../../src/classifiers/additive/fitted-additive.js";
import { shapeTables } from "../../../src/classifiers/additive/shape-tables.js";
import { logisticRegression } from "../../../src/classifiers/logistic/logistic.js";
import { createRandom } from "../../../src/random.js";
import { stratifiedFolds } from "../../../src/vectors/folds.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { lossOf, smoothAndStepped } from "../../support/smooth-and-stepped.js";
import { thrownBy } from "../../support/thrown.js";
import { categorical, numeric, rowOf, vectorsOf } from "../../support/vectors.js";

const TRAIN = smoothAndStepped(3000, 1);
const TEST = smoothAndStepped(3000, 2);
const FOLDS = stratifiedFolds(TRAIN.labels, 5, 1);
const CROSS_FIT = await additiveModel().crossFit(TRAIN.vectors, TRAIN.labels, FOLDS, { seed: 1 });
const MODELS = CROSS_FIT.models as FittedAdditive[];
const AVERAGE = averageAdditive(MODELS, 5) as FittedAdditive;

describe("additiveModel", () => {
  test("recovers an additive truth and a pair: nearly as good as the explainable boosting machine", () => {
    // interpret-core 0.7.8, ExplainableBoostingClassifier(random_state=0) with all defaults on the same 3,000 rows, plan and
    // area as nominal: 0.5549 on the same 3,000 others (0.5729 without pairs); the true log-odds themselves 0.5453.
    const loss = lossOf(AVERAGE.margin(TEST.vectors), TEST.labels);
    expect(lossOf(TEST.logOdds, TEST.labels)).toBeCloseTo(0.5453, 4);
    expect(loss).toBeLessThan(0.5549 + 0.003);
  });

  test("without pairs is better than the explainable boosting machine without pairs, and than straight lines", async () => {
    const { models } = await additiveModel({ pairs: 0 }).crossFit(TRAIN.vectors, TRAIN.labels, FOLDS);
    const average = averageAdditive(models as FittedAdditive[]) as FittedAdditive;
    const lines = await logisticRegression().fit(TRAIN.vectors, TRAIN.labels);
    const loss = lossOf(average.margin(TEST.vectors), TEST.labels);
    expect(loss).toBeLessThan(0.5729);
    expect(loss).toBeLessThan(lossOf(lines.margin(TEST.vectors), TEST.labels) - 0.01);
    expect(average.toJSON().pairs).toEqual([]);
  });

  test("finds the one pair there is", () => {
    const pairs = MODELS.flatMap((model) =>
      model.toJSON().pairs.map(({ axes }) => axes.map(({ feature }) => feature)),
    );
    expect(pairs.filter(([a, b]) => a === 3 && b === 4)).toHaveLength(5);
    expect(pairs.length).toBeLessThan(8);
  });

  test("two hundred uninformative regions cost almost nothing", async () => {
    const features = TRAIN.vectors.features.slice(0, 6);
    const without = await additiveModel().crossFit({ ...TRAIN.vectors, features }, TRAIN.labels, FOLDS, {
      seed: 1,
    });
    const cost =
      lossOf(CROSS_FIT.outOfFoldMargins, TRAIN.labels) - lossOf(without.outOfFoldMargins, TRAIN.labels);
    expect(Math.abs(cost)).toBeLessThan(0.002);
  });

  test("recovers the true shapes, centred over the training rows", () => {
    const tables = new Map(shapeTables(AVERAGE, TRAIN.vectors).map((table) => [table.feature, table]));
    for (const { rows } of tables.values()) {
      expect(rows.reduce((sum, { effect, share }) => sum + effect * share, 0)).toBeCloseTo(0, 1);
      expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    const at = (name: string, value: number) =>
      tables
        .get(name)
        ?.rows.find(({ from, to }) => from !== null && to !== null && from < value && value <= to);
    const difference = (name: string, low: number, high: number) =>
      (at(name, high)?.effect ?? 0) - (at(name, low)?.effect ?? 0);
    // sin(3 · 0.5) − sin(−3 · 0.5) = 2.0; a step of 1; 1.4 of a line. Boosting stops before it is there, and rows are few.
    expect(difference("x", -0.5, 0.5)).toBeGreaterThan(1.5);
    expect(difference("y", 0, 0.6)).toBeGreaterThan(0.7);
    expect(difference("y", -0.6, 0)).toBeLessThan(0.3);
    expect(Math.abs(difference("z", -0.7, 0.7) - 1.4)).toBeLessThan(0.4);
    const [first, second, third] = [...tables.keys()];
    expect([first, second, third].sort()).toEqual(["x", "y", "z"].sort());
    expect(tables.get("area")?.importance).toBeLessThan(0.05);
  });

  test("intervals of effects cover the truth about as often as their level", () => {
    const [line] = shapeTables(AVERAGE, TRAIN.vectors).filter(({ feature }) => feature === "z");
    const inside = line.rows.filter(({ from, to, low, high }) => {
      if (from === null || to === null || low === null || high === null) return false;
      const middle = (Math.max(from, -1) + Math.min(to, 1)) / 2;
      return low <= middle && middle <= high;
    });
    // Neighbouring bins are correlated, so the share is coarse; shrinkage lowers it somewhat below the nominal 95%.
    expect(inside.length / line.rows.length).toBeGreaterThan(0.6);
  });

  test("a single yes or no ends at its log-odds", async () => {
    const codes = Array.from({ length: 1000 }, (_, i) => i % 2);
    const labels = Uint8Array.from(codes, (code, i) => (i % 10 < (code === 1 ? 6 : 2) ? 1 : 0));
    const vectors = vectorsOf(categorical("plan", codes, ["no", "yes"]));
    const margins = (await additiveModel({ rounds: 200, pairs: 0 }).fit(vectors, labels)).margin(vectors);
    // Of odd i, yes, 1, 3 and 5 of five are below 6; of even i, no, only 0 of five is below 2.
    expect(margins[1]).toBeCloseTo(Math.log(0.6 / 0.4), 1);
    expect(margins[0]).toBeCloseTo(Math.log(0.2 / 0.8), 1);
  });

  test("the average of fold models is one model whose margin is the mean of theirs", () => {
    const margins = MODELS.map((model) => model.margin(TEST.vectors));
    AVERAGE.margin(TEST.vectors).forEach((margin, row) => {
      expect(margin).toBeCloseTo(mean(margins.map((of) => of[row])), 9);
    });
  });

  test("models with different bins have no average", async () => {
    const other = await additiveModel({ rounds: 2, maxBins: 9 }).fit(TRAIN.vectors, TRAIN.labels);
    expect(averageAdditive([MODELS[0], other as FittedAdditive])).toBeUndefined();
  });

  test("gives a table of rows and a single row the same bits, also after JSON", () => {
    const copy = new FittedAdditive(JSON.parse(JSON.stringify(AVERAGE.toJSON())));
    const margins = AVERAGE.margin(TEST.vectors);
    for (let row = 0; row < 300; row++) {
      expect(AVERAGE.marginOf(rowOf(TEST.vectors, row))).toBe(margins[row]);
      expect(copy.marginOf(rowOf(TEST.vectors, row))).toBe(margins[row]);
    }
  });

  test("is the same model again from the same rows and seed", async () => {
    const again = await additiveModel().crossFit(TRAIN.vectors, TRAIN.labels, FOLDS, { seed: 1 });
    expect(JSON.stringify(again.models)).toBe(JSON.stringify(CROSS_FIT.models));
  });

  test("never violates a monotone feature, whatever the rest of the row", async () => {
    const { vectors, labels } = noisyVectors(600, 7);
    for (const sign of [1, -1] as const) {
      const model = await additiveModel({ monotone: { x: sign, y: -1 }, rounds: 60 }).fit(vectors, labels);
      fc.assert(
        fc.property(
          fc.double({ min: -4, max: 4, noNaN: true }),
          fc.double({ min: 0, max: 4, noNaN: true }),
          fc.double({ min: -1, max: 4, noNaN: true }),
          fc.integer({ min: -1, max: 6 }),
          (x, step, y, code) => {
            const marginAt = (at: number) =>
              model.marginOf(Float64Array.of(at, y, code < 0 ? Number.NaN : code));
            expect(sign * (marginAt(x + step) - marginAt(x))).toBeGreaterThanOrEqual(-1e-12);
          },
        ),
        { numRuns: 300, seed: 3 },
      );
    }
  });

  test("keeps pairs within the groups that may interact", async () => {
    const { models } = await additiveModel({
      interactions: [
        ["u", "x"],
        ["v", "y"],
      ],
    }).crossFit(TRAIN.vectors, TRAIN.labels, FOLDS);
    const pairs = (models as FittedAdditive[]).flatMap((model) => model.toJSON().pairs);
    expect(pairs.filter(({ axes }) => axes[0].feature === 3 && axes[1].feature === 4)).toEqual([]);
  });

  test("a weight of 2 is two rows", async () => {
    const { vectors, labels } = noisyVectors(200, 3);
    const twice = {
      rowCount: 400,
      features: vectors.features.map((feature) =>
        feature.kind === "numeric"
          ? { ...feature, values: Float64Array.from([...feature.values, ...feature.values]) }
          : { ...feature, codes: Int32Array.from([...feature.codes, ...feature.codes]) },
      ),
    };
    const options = { rounds: 30, pairs: 0, maxBins: 8 };
    const weighted = await additiveModel(options).fit(vectors, labels, {
      weights: new Float64Array(200).fill(2),
    });
    const doubled = await additiveModel(options).fit(twice, Uint8Array.from([...labels, ...labels]));
    const margins = doubled.margin(vectors);
    weighted.margin(vectors).forEach((margin, row) => {
      expect(margin).toBeCloseTo(margins[row], 6);
    });
  });

  test("takes whatever a column holds: constant, all missing, extreme, unseen", async () => {
    const random = createRandom(4, "extremes");
    const rows = 120;
    const labels = Uint8Array.from({ length: rows }, () => random.integer(2));
    const vectors = vectorsOf(
      numeric("constant", new Array(rows).fill(3)),
      numeric("missing", new Array(rows).fill(null)),
      numeric(
        "huge",
        Array.from({ length: rows }, () => 1e300 * (random.next() - 0.5)),
      ),
      numeric(
        "tiny",
        Array.from({ length: rows }, () => 1e-300 * random.next()),
      ),
      categorical(
        "plan",
        Array.from({ length: rows }, () => random.integer(3) - 1),
        ["a", "b"],
      ),
    );
    const model = await additiveModel().fit(vectors, labels);
    expect(model.margin(vectors).every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(model.marginOf(Float64Array.of(-1e308, 5, Number.NaN, 1e308, 2)))).toBe(true);
  });

  test("perfectly separable labels keep margins finite", async () => {
    const x = Array.from({ length: 200 }, (_, i) => i);
    const vectors = vectorsOf(numeric("x", x));
    const labels = Uint8Array.from(x, (value) => (value >= 100 ? 1 : 0));
    const margins = (await additiveModel().fit(vectors, labels)).margin(vectors);
    expect(margins.every(Number.isFinite)).toBe(true);
    expect(margins[150]).toBeGreaterThan(2);
  });

  test.each([
    ["rounds", { rounds: 0 }],
    ["learningRate", { learningRate: 2 }],
    ["maxBins", { maxBins: 1 }],
    ["pairs", { pairs: -1 }],
    ['monotone["x"]', { monotone: { x: 2 as 1 } }],
  ])("refuses %s out of range", async (argument, options) => {
    const error = await thrownBy(() => additiveModel(options));
    expect(error.path).toEqual({ function: "additiveModel", argument });
  });

  test("refuses rules that name no feature, or a category to be monotone", async () => {
    const { vectors, labels } = noisyVectors(100, 1);
    for (const monotone of [{ unknown: 1 }, { plan: 1 }] as Record<string, 1>[]) {
      const error = await thrownBy(() => additiveModel({ monotone, rounds: 1 }).fit(vectors, labels));
      expect(error.path.argument).toBe("monotone");
    }
  });

  test("stops when aborted", async () => {
    const signal = AbortSignal.abort();
    const error = await thrownBy(() => additiveModel().fit(TRAIN.vectors, TRAIN.labels, { signal }));
    expect(error.code).toBe("aborted");
  });
});
