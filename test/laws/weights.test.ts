import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CALIBRATION_METHODS, CALIBRATORS } from "../../src/calibration/calibrators.js";
import { additiveModel } from "../../src/classifiers/additive/additive.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import type { ChurnModel } from "../../src/predict/churn-model.js";
import { createRandom } from "../../src/random.js";
import { type Table, takeRows } from "../../src/table/table.js";
import { crossValidate } from "../../src/training/cross-validate.js";
import { learningCurve } from "../../src/training/learning-curve/learning-curve.js";
import { type TrainOptions, trainChurnModel } from "../../src/training/train.js";
import { tune } from "../../src/training/tuning/tune.js";
import { Vectorizer } from "../../src/vectors/vectorizer.js";
import { takeVectorRows } from "../../src/vectors/vectors.js";
import { subscriberRows } from "../support/subscribers.js";
import { QUICK, tableOf } from "../training/quick-training.js";
import { SMALL_FAMILIES } from "../training/small-families.js";

const random = createRandom(19, "weights");
/** Weights from 0.2 to 5, rather different. */
const WEIGHTS = Array.from({ length: 260 }, () => 0.2 + 4.8 * random.next() ** 2);
const ROWS = subscriberRows(WEIGHTS.length, 4);
const NEW_ROWS = tableOf(subscriberRows(60, 5));

function weighed(weightOf: (weight: number, row: number) => number): Table {
  return tableOf(ROWS.map((row, i) => ({ ...row, w: weightOf(WEIGHTS[i], i) })));
}

/** All that a model predicts and says of itself. */
function contentOf(model: ChurnModel) {
  const { notes, dataFingerprint, ...training } = JSON.parse(JSON.stringify(model.training));
  return { probabilities: [...model.probabilities(NEW_ROWS)], tiers: model.tiers, training };
}

async function trained(table: Table, options: Partial<TrainOptions>) {
  return trainChurnModel(table, { ...QUICK, folds: 3, value: "charge", ...options, weights: "w" });
}

const WAYS: readonly (readonly [string, Partial<TrainOptions>])[] = [
  ...SMALL_FAMILIES.map(([name, classifier]) => [name, { classifier: [classifier] }] as const),
  ...CALIBRATION_METHODS.map((calibration) => [`calibration ${calibration}`, { calibration }] as const),
  ["tiers auto", { tiers: "auto" }],
  ["tiers of rows", { tiers: "call=30,watch=40%,rest" }],
];

describe.each(WAYS)("a training with weights, %s", (_, options) => {
  test("is the same to the last bit whatever the scale of the weights", async () => {
    const base = contentOf(
      await trained(
        weighed((weight) => weight),
        options,
      ),
    );
    for (const scale of [1e-6, 1 / 800, 3, 1e6]) {
      expect(
        contentOf(
          await trained(
            weighed((weight) => weight * scale),
            options,
          ),
        ),
      ).toEqual(base);
    }
  });

  test("is the same to the last bit without the rows of weight 0", async () => {
    const isCounted = (row: number) => row % 4 !== 1;
    const table = weighed((weight, row) => (isCounted(row) ? weight : 0));
    const counted = takeRows(
      table,
      [...ROWS.keys()].filter((row) => isCounted(row)),
    );
    const model = await trained(table, options);
    expect(contentOf(model)).toEqual(contentOf(await trained(counted, options)));
    expect(model.training.notes).toContainEqual({
      kind: "rows-without-weight",
      column: "w",
      detail: "65 rows have a weight of 0: left out, as if absent",
    });
  });
});

test("equal weights of any size are no weights", async () => {
  const { weights: _, ...unweighted } = { weights: "w", ...QUICK };
  const base = contentOf(
    await trainChurnModel(
      weighed(() => 1),
      { ...unweighted, exclude: ["w"] },
    ),
  );
  for (const scale of [1e-6, 0.1, 1 / 800, 1e6]) {
    const { training, ...model } = contentOf(
      await trainChurnModel(
        weighed(() => scale),
        { ...QUICK, weights: "w" },
      ),
    );
    expect(model).toEqual({ probabilities: base.probabilities, tiers: base.tiers });
    expect(training.evaluation).toEqual(base.training.evaluation);
  }
});

describe.each(SMALL_FAMILIES)("%s.fit and crossFit", (_, classifier) => {
  const labels = Uint8Array.from(ROWS, ({ churned }) => Number(churned === "Yes"));
  const table = tableOf(ROWS);
  const exclude = new Map(["subscriber", "churned"].map((name) => [name, "no feature"]));
  const vectors = Vectorizer.fit(table, { exclude }).vectorizer.transform(table);
  const counted = Int32Array.from(ROWS.keys()).filter((row) => row % 3 !== 0);
  const weights = Float64Array.from(WEIGHTS, (weight, row) => (row % 3 === 0 ? 0 : weight));
  const ofCounted = <List extends Uint8Array | Float64Array>(list: List) =>
    list.filter((_, row) => row % 3 !== 0) as List;
  const alone = {
    vectors: takeVectorRows(vectors, counted),
    labels: ofCounted(labels),
    weights: ofCounted(weights),
  };

  test("take rows of weight 0 as absent, to the last bit", async () => {
    const all = await classifier.fit(vectors, labels, { weights });
    const fewer = await classifier.fit(alone.vectors, alone.labels, { weights: alone.weights });
    expect([...all.margin(vectors)]).toEqual([...fewer.margin(vectors)]);
    const folds = { count: 3, of: Uint8Array.from(ROWS, (_, row) => Math.floor(row / 3) % 3) };
    const crossed = await classifier.crossFit(vectors, labels, folds, { weights });
    const ofFewer = await classifier.crossFit(
      alone.vectors,
      alone.labels,
      { count: 3, of: ofCounted(folds.of) },
      { weights: alone.weights },
    );
    expect(crossed.outOfFoldMargins.every(Number.isFinite)).toBe(true);
    expect(crossed.outOfFoldMargins).toHaveLength(ROWS.length);
    expect([...ofCounted(crossed.outOfFoldMargins)]).toEqual([...ofFewer.outOfFoldMargins]);
  });
});

/** Each row as often as its weight says. */
function repeated(times: ArrayLike<number>): Int32Array {
  return Int32Array.from(Array.from(times).flatMap((count, row) => new Array<number>(count).fill(row)));
}

describe("whole weights are that many rows", () => {
  const labels = Uint8Array.from(ROWS, ({ churned }) => Number(churned === "Yes"));
  const table = tableOf(ROWS);
  const exclude = new Map(["subscriber", "churned"].map((name) => [name, "no feature"]));
  const vectors = Vectorizer.fit(table, { exclude }).vectorizer.transform(table);
  const times = Float64Array.from(ROWS, (_, row) => (row * 7) % 4);
  const rows = repeated(times);

  test.each([
    ["ridge", logisticRegression({ lambda: 0.01 })],
    ["lasso", logisticRegression({ lambda: 0.01, l1Ratio: 1 })],
    ["splines", logisticRegression({ lambda: 0.01, terms: "spline" })],
    ["pieces", logisticRegression({ lambda: 0.01, terms: "piecewise" })],
    ["an additive model", additiveModel({ rounds: 30, pairs: 3 })],
  ])("in %s", async (_, classifier) => {
    const weighted = await classifier.fit(vectors, labels, { weights: times });
    const expanded = await classifier.fit(
      takeVectorRows(vectors, rows),
      Uint8Array.from(rows, (row) => labels[row]),
    );
    const [a, b] = [weighted, expanded].map((model) => model.margin(vectors));
    // Sums in another order: the last digits differ.
    a.forEach((margin, row) => {
      expect(margin).toBeCloseTo(b[row], 8);
    });
  });

  test.each(CALIBRATORS.map((calibrator) => [calibrator.name, calibrator] as const))(
    "in the calibrator %s",
    (_, calibrator) => {
      fc.assert(
        fc.property(
          fc.array(
            fc.record({
              margin: fc.integer({ min: -6, max: 6 }).map((step) => step / 2),
              label: fc.integer({ min: 0, max: 1 }),
              weight: fc.integer({ min: 0, max: 4 }),
            }),
            { minLength: 8, maxLength: 40 },
          ),
          (sample) => {
            fc.pre(sample.some(({ weight }) => weight > 0));
            const all = sample.flatMap((row) => new Array<typeof row>(row.weight).fill(row));
            const fitted = (of: typeof sample, weights?: number[]) =>
              calibrator.fit(
                of.map(({ margin }) => margin),
                of.map(({ label }) => label),
                weights,
              );
            const weighted = fitted(
              sample,
              sample.map(({ weight }) => weight),
            );
            const expanded = fitted(all);
            for (const margin of [-4, -1.2, 0, 0.3, 2, 5])
              expect(weighted.probabilityOf(margin)).toBeCloseTo(expanded.probabilityOf(margin), 7);
          },
        ),
      );
    },
  );
});

test("cross-validation leaves rows of weight 0 out and is the same at any scale", async () => {
  const options = { ...QUICK, splits: 3, weights: "w" };
  const table = weighed((weight, row) => (row % 5 === 0 ? 0 : weight));
  const base = await crossValidate(table, options);
  const scaled = await crossValidate(
    weighed((weight, row) => (row % 5 === 0 ? 0 : weight * 1e-6)),
    options,
  );
  expect(scaled).toEqual(base);
  expect([...base.probabilities.keys()].filter((row) => Number.isNaN(base.probabilities[row]))).toEqual(
    [...ROWS.keys()].filter((row) => row % 5 === 0),
  );
  expect(base.pooled.rows).toBe(208);
  const unweighted = await crossValidate(table, { ...QUICK, splits: 3, exclude: ["w"] });
  expect(unweighted.pooled.metrics.logLoss.value).not.toBeCloseTo(base.pooled.metrics.logLoss.value, 3);
});

test("learning curves and tuning are the same at any scale, and without the rows of weight 0", async () => {
  const isCounted = (row: number) => row % 5 !== 0;
  const table = weighed((weight, row) => (isCounted(row) ? weight : 0));
  const counted = takeRows(
    table,
    [...ROWS.keys()].filter((row) => isCounted(row)),
  );
  const scaled = weighed((weight, row) => (isCounted(row) ? weight * 1e6 : 0));
  const curve = (of: Table) => learningCurve(of, { ...QUICK, folds: 3, weights: "w", shares: [0.6, 1] });
  const base = await curve(table);
  for (const other of [counted, scaled]) expect(await curve(other)).toEqual(base);
  const { classifier: _, ...tuning } = QUICK;
  const tuned = async (of: Table) => {
    const options = {
      ...tuning,
      weights: "w",
      families: ["logistic"],
      configurations: 3,
      nested: 0,
    } as const;
    return (await tune(of, options)).families;
  };
  const families = await tuned(table);
  for (const other of [counted, scaled]) expect(await tuned(other)).toEqual(families);
});
