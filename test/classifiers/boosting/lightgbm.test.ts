import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../../src/classifiers/boosting/boosting.js";
import type { FittedBoosting } from "../../../src/classifiers/boosting/fitted-boosting.js";
import { numeric, vectorsOf } from "../../support/vectors.js";
import reference from "./lightgbm-trees.json" with { type: "json" };

/*
 * lightgbm-trees.json: 240 rows of three numeric features with few distinct values, two of them with missing values;
 * raw scores and splits of LightGBM 4.7.0:
 *   params = dict(objective="binary", learning_rate=.1, num_leaves=8, lambda_l2=1., min_data_in_leaf=5,
 *                 min_sum_hessian_in_leaf=1e-3, max_bin=255, min_data_in_bin=1, boost_from_average=True)
 *   booster = lgb.train(params, lgb.Dataset(X, y, params=dict(min_data_in_bin=1)), num_boost_round=5)
 *   booster.predict(X, raw_score=True, num_iteration=1), booster.predict(X, raw_score=True), trees_to_dataframe()
 * LightGBM keeps gradients as 32-bit floats, which is where the tolerance of 1e-6 goes.
 */
const VECTORS = vectorsOf(...reference.features.map((values, f) => numeric(`x${f}`, values)));
const LABELS = Uint8Array.from(reference.labels);

async function fitted(rounds: number): Promise<FittedBoosting> {
  const classifier = gradientBoosting({
    rounds,
    learningRate: 0.1,
    maxLeaves: 8,
    l2: 1,
    minChildRows: 5,
    minChildWeight: 1e-3,
    rowFraction: 1,
  });
  return (await classifier.fit(VECTORS, LABELS)) as FittedBoosting;
}

describe("gradientBoosting without sampling", () => {
  test("makes the splits that LightGBM makes, at the same thresholds", async () => {
    // In the fifth tree a node has no row between two values of x1: any threshold between them makes the same split.
    const { trees } = await fitted(4);
    trees.forEach((tree, t) => {
      const splits = tree.feature.map((feature, node) => [feature, tree.threshold[node] as number]);
      const inOrder = (list: readonly (readonly number[])[]) =>
        [...list].map(([feature, threshold]) => `${feature} ≤ ${threshold.toFixed(9)}`).sort();
      expect(inOrder(splits)).toEqual(inOrder(reference.splits[t] as number[][]));
    });
  });

  test.each([
    ["one tree", 1, reference.marginsAfterOne],
    ["five trees", 5, reference.marginsAfterFive],
  ])("gives LightGBM's margins within 1e-6 after %s", async (_, rounds, expected) => {
    const margins = (await fitted(rounds)).margin(VECTORS);
    margins.forEach((margin, row) => {
      expect(Math.abs(margin - expected[row])).toBeLessThan(1e-6);
    });
  });
});
