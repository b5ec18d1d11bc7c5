import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../../src/classifiers/boosting/boosting.js";
import type { BoostingOptions } from "../../../src/classifiers/boosting/options.js";
import { stratifiedFolds } from "../../../src/vectors/folds.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { thrownBy } from "../../support/thrown.js";

const { vectors: VECTORS, labels: LABELS } = noisyVectors(700, 21);
const FOLDS = stratifiedFolds(LABELS, 4, 0);
const FEW: BoostingOptions = { rounds: 30, learningRate: 0.2, maxLeaves: 6, columnFraction: 0.7 };

describe("gradientBoosting", () => {
  test.each([
    ["not a number", Number.NaN, "weights[5]"],
    ["negative", -1, "weights[5]"],
    ["infinite", Number.POSITIVE_INFINITY, "weights[5]"],
  ])("refuses a weight that is %s", async (_, weight, argument) => {
    const weights = new Float64Array(700).fill(1);
    weights[5] = weight;
    const error = await thrownBy(() => gradientBoosting({ rounds: 3 }).fit(VECTORS, LABELS, { weights }));
    expect(error.path).toEqual({ function: "gradientBoosting", argument });
  });

  test("refuses weights that are all 0, and labels or weights of another length", async () => {
    const errorOf = (labels: Uint8Array, weights?: Float64Array) =>
      thrownBy(() =>
        gradientBoosting({ rounds: 3 }).fit(VECTORS, labels, weights === undefined ? {} : { weights }),
      );
    expect((await errorOf(LABELS, new Float64Array(700))).message).toContain("weights: must not all be 0");
    expect((await errorOf(LABELS, new Float64Array(3))).message).toContain("must have one per row, 700 rows");
    expect((await errorOf(LABELS.subarray(1))).path.argument).toBe("labels");
    expect((await errorOf(LABELS.map((label) => 2 * label))).message).toContain("must be 0 or 1, received 2");
  });

  test("refuses weights that are all 0 in a fold, which is used for early stopping", async () => {
    const weights = Float64Array.from(FOLDS.of, (fold) => (fold === 2 ? 0 : 1));
    const error = await thrownBy(() => gradientBoosting(FEW).crossFit(VECTORS, LABELS, FOLDS, { weights }));
    expect(error.message).toContain("weights: must not all be 0 in fold 2");
  });

  test("refuses monotone and interaction names that are not features, and monotone categories", async () => {
    const errorOf = (options: BoostingOptions) =>
      thrownBy(() => gradientBoosting({ rounds: 1, ...options }).fit(VECTORS, LABELS));
    expect((await errorOf({ monotone: { tenure: 1 } })).message).toContain(
      'must name a feature, received "tenure"',
    );
    expect((await errorOf({ interactions: [["x", "z"]] })).message).toContain(
      'must name a feature, received "z"',
    );
    expect((await errorOf({ monotone: { plan: -1 } })).message).toContain("must name numeric features");
  });

  test("refuses labels of one class", async () => {
    const error = await thrownBy(() => gradientBoosting({ rounds: 3 }).fit(VECTORS, new Uint8Array(700)));
    expect(error.path).toEqual({ function: "gradientBoosting", argument: "labels" });
  });

  test.each([
    ["rounds", 0],
    ["rounds", 1.5],
    ["patience", 0],
    ["maxLeaves", 1],
    ["maxDepth", 0],
    ["minChildRows", 0],
    ["minCategoryGroupRows", 0],
    ["learningRate", 0],
    ["learningRate", 1.1],
    ["rowFraction", 0],
    ["columnFraction", 2],
    ["minChildWeight", -1],
    ["l2", Number.NaN],
    ["l2", Infinity],
    ["l1", -1],
    ["maxLeaves", 256],
    ["maxBins", 1],
    ["maxBins", 256],
    ["baseMargin", Number.NaN],
    ["categoricalSmoothing", -0.1],
    ["categoricalL2", -1],
  ])("refuses %s = %s", async (argument, value) => {
    const error = await thrownBy(() => gradientBoosting({ [argument]: value }));
    expect(error.path).toEqual({ function: "gradientBoosting", argument });
    expect(error.received).toBe(value);
  });

  test("does not change its options", async () => {
    const options = Object.freeze({ ...FEW, rounds: 2 });
    await gradientBoosting(options).fit(VECTORS, LABELS);
    expect(options).toEqual({ ...FEW, rounds: 2 });
  });
});
