import { describe, expect, test } from "vitest";
import { CALIBRATION_METHODS } from "../../src/calibration/calibrators.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import { neuralNetwork } from "../../src/classifiers/neural/neural.js";
import { type TrainOptions, trainChurnModel } from "../../src/training/train.js";
import { subscriberRows } from "../support/subscribers.js";
import { QUICK, tableOf } from "../training/quick-training.js";
import { SMALL_FAMILIES } from "../training/small-families.js";

const ROWS = subscriberRows(400, 12).map((row) => ({ ...row, charge: row.charge ?? 50 }));
const TABLE = tableOf(ROWS);
const [ROW] = ROWS;
const LEAST = Math.min(...ROWS.map(({ charge }) => Number(charge)));
const GREATEST = Math.max(...ROWS.map(({ charge }) => Number(charge)));

const WAYS: readonly (readonly [string, Partial<TrainOptions>])[] = [
  ...SMALL_FAMILIES.map(([name, classifier]) => [name, { classifier: [classifier] }] as const),
  ["logistic pieces", { classifier: [logisticRegression({ terms: "piecewise", lambda: 0.01 })] }],
  [
    "neural, periodic",
    {
      classifier: [
        neuralNetwork({ members: 1, width: 8, hidden: 8, epochs: 8, numericEmbedding: "periodic" }),
      ],
    },
  ],
  ...CALIBRATION_METHODS.map((calibration) => [`calibration ${calibration}`, { calibration }] as const),
];

describe.each(WAYS)("a number beyond the training range, %s", (_, options) => {
  test("counts as the nearest that training saw, and no probability is certain", async () => {
    const model = await trainChurnModel(TABLE, { ...QUICK, ...options });
    const at = (charge: number) => model.predictOne({ ...ROW, charge }).probability;
    for (const far of [GREATEST + 1e-6, 999, 99_999, 1e20, 1e300, Number.MAX_VALUE])
      expect(at(far)).toBe(at(GREATEST));
    for (const far of [LEAST - 1e-6, -999, -1e20, -Number.MAX_VALUE]) expect(at(far)).toBe(at(LEAST));
    for (const tenure of [-1e9, 0, 1e9]) {
      for (const calls of [-1e9, 3, 1e9]) {
        const { probability } = model.predictOne({ ...ROW, tenure, "客服 calls": calls });
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThan(1);
      }
    }
  });
});

describe("extrapolate: true", () => {
  test.each([
    ["logistic", logisticRegression({ lambda: 0.001, extrapolate: true })],
    ["logistic splines", logisticRegression({ lambda: 0.001, terms: "spline", extrapolate: true })],
    [
      "neural",
      neuralNetwork({ members: 1, width: 8, hidden: 8, epochs: 25, learningRate: 0.02, extrapolate: true }),
    ],
  ])("lets terms go on, %s", async (_, classifier) => {
    const model = await trainChurnModel(TABLE, { ...QUICK, classifier: [classifier], prefer: "accuracy" });
    const at = (tenure: number) => model.predictOne({ ...ROW, tenure }).probability;
    expect(model.training.leaderboard[0].name).not.toBe("constant");
    expect(at(500)).not.toBe(at(71));
    expect(at(1e9)).toBeGreaterThan(0);
    expect(at(-1e9)).toBeLessThan(1);
  });

  test("reaches the families that are chosen by name, and is kept in the file", async () => {
    const options = { ...QUICK, classifier: "logistic" as const };
    const [held, free] = await Promise.all(
      [false, true].map((extrapolate) => trainChurnModel(TABLE, { ...options, extrapolate })),
    );
    const at = (model: typeof held, tenure: number) => model.predictOne({ ...ROW, tenure }).probability;
    expect(at(held, 500)).toBe(at(held, 71));
    expect(at(free, 500)).toBeLessThan(at(free, 71));
    expect(at(free, 40)).toBe(at(held, 40));
  });
});
