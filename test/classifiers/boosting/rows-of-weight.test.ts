import { describe, expect, test } from "vitest";
import { gradientBoosting, gradientBoostingFromChunks } from "../../../src/classifiers/boosting/boosting.js";
import { gradientBoostingRegression } from "../../../src/classifiers/boosting/regression.js";
import { takeVectorRows } from "../../../src/vectors/vectors.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { thrownBy } from "../../support/thrown.js";

const { vectors, labels } = noisyVectors(600, 3);
const targets = Float64Array.from(labels, (label, row) => label + (row % 7) / 10);
const weights = Float64Array.from(labels, (_, row) => (row % 3 === 1 ? 0 : 0.5 + (row % 5)));
const counted = Int32Array.from(labels.keys()).filter((row) => weights[row] > 0);
const alone = {
  vectors: takeVectorRows(vectors, counted),
  labels: labels.filter((_, row) => weights[row] > 0),
  targets: targets.filter((_, row) => weights[row] > 0),
  weights: weights.filter((weight) => weight > 0),
};

/** Some rows as a chunk. */
function chunk(from: number, to: number) {
  const rows = Int32Array.from({ length: to - from }, (_, i) => from + i);
  return {
    vectors: takeVectorRows(vectors, rows),
    labels: labels.slice(from, to),
    weights: weights.slice(from, to),
  };
}

describe("rows of weight 0 are as if absent, to the last bit", () => {
  test.each([{ rounds: 15 }, { objective: "squaredError" as const }])(
    "in regression, %j",
    async (options) => {
      const regression = gradientBoostingRegression(options);
      const all = await regression.fit(vectors, targets, { weights });
      const fewer = await regression.fit(alone.vectors, alone.targets, { weights: alone.weights });
      expect([...all.predict(vectors)]).toEqual([...fewer.predict(vectors)]);
      const folds = { count: 3, of: Uint8Array.from(labels, (_, row) => Math.floor(row / 3) % 3) };
      const crossed = await regression.crossFit(vectors, targets, folds, { weights });
      const ofFewer = await regression.crossFit(
        alone.vectors,
        alone.targets,
        { count: 3, of: folds.of.filter((_, row) => weights[row] > 0) },
        { weights: alone.weights },
      );
      expect([...crossed.outOfFoldPredictions.filter((_, row) => weights[row] > 0)]).toEqual([
        ...ofFewer.outOfFoldPredictions,
      ]);
    },
  );

  test("in chunks", async () => {
    const source = { rowCount: 600, chunks: () => [chunk(0, 250), chunk(250, 600)] };
    const fitted = await gradientBoostingFromChunks(source, { rounds: 15 });
    const inMemory = await gradientBoosting({ rounds: 15 }).fit(alone.vectors, alone.labels, {
      weights: alone.weights,
    });
    expect([...fitted.margin(vectors)]).toEqual([...inMemory.margin(vectors)]);
  });
});

test("problems of weights name the row that the caller knows", async () => {
  const wrong = Float64Array.from(weights);
  wrong[300] = -1;
  const regression = gradientBoostingRegression({ rounds: 2 });
  const error = await thrownBy(() => regression.fit(vectors, targets, { weights: wrong }));
  expect(error.path.argument).toBe("weights[300]");
  const chunks = () => [chunk(0, 250), { ...chunk(250, 600), weights: wrong.slice(250) }];
  const ofChunks = await thrownBy(() => gradientBoostingFromChunks({ rowCount: 600, chunks }, { rounds: 2 }));
  expect(ofChunks.path.argument).toBe("weights[300]");
  const none = () => [{ ...chunk(0, 600), weights: new Float64Array(600) }];
  const zero = await thrownBy(() =>
    gradientBoostingFromChunks({ rowCount: 600, chunks: none }, { rounds: 2 }),
  );
  expect(zero.message).toContain("weights: must not all be 0");
});
