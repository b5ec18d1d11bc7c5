import { RandomForestClassifier } from "ml-random-forest";
import { describe, expect, test } from "vitest";
import { importMlRandomForest } from "../../../src/classifiers/forest/import-ml-random-forest.js";
import { createRandom } from "../../../src/random.js";
import { thrownBy } from "../../support/thrown.js";
import { numeric, rowOf, vectorsOf } from "../../support/vectors.js";

/** Whole numbers, so that rows lie on cuts and trees tie. */
function sample(rows: number, classes: number, seed: number) {
  const random = createRandom(seed, "ml-random-forest");
  const X = Array.from({ length: rows }, () => Array.from({ length: 4 }, () => random.integer(6)));
  const y = X.map((row) => (row[0] + row[1] + random.integer(4) > 7 ? 1 + random.integer(classes - 1) : 0));
  return { X, y };
}

function train({ X, y }: ReturnType<typeof sample>, seed: number) {
  const options = { nEstimators: 8, maxFeatures: 0.8, seed, noOOB: true, treeOptions: { minNumSamples: 3 } };
  const forest = new RandomForestClassifier(options);
  forest.train(X, y);
  return forest;
}

describe("importMlRandomForest", () => {
  test.each([
    [2, 1],
    [2, 2],
    [3, 3],
  ])("gives the package's votes on every row, ties included (%d classes, seed %d)", (classes, seed) => {
    const data = sample(60, classes, seed);
    const theirs = train(data, seed);
    const ours = importMlRandomForest(JSON.parse(JSON.stringify(theirs.toJSON())));
    const asked = [...data.X, ...sample(200, classes, seed + 10).X];
    expect(ours.predict(asked)).toEqual(theirs.predict(asked));
    const votes = theirs.predictionValues(asked).to2DArray() as number[][];
    ours.voteShares(asked).forEach((shares, row) => {
      shares.forEach((share, label) => {
        expect(share * 8).toBeCloseTo(votes[row].filter((vote) => vote === label).length, 12);
      });
    });
    // An even number of trees and two classes: the winner of a tie is the class that reaches the count first.
    if (classes === 2) expect(ours.voteShares(asked).some(([share]) => share === 0.5)).toBe(true);
  });

  test("as a classifier gives the log-odds of (votes + 1) / (trees + 2), a row on a cut and a missing value included", () => {
    const data = sample(60, 2, 5);
    const ours = importMlRandomForest(JSON.parse(JSON.stringify(train(data, 5).toJSON())));
    const rows = [...data.X, [Number.NaN, 1, 2, 3]];
    const vectors = vectorsOf(
      ...[0, 1, 2, 3].map((column) =>
        numeric(
          `x${column}`,
          rows.map((row) => row[column]),
        ),
      ),
    );
    const classifier = ours.asClassifier();
    const margins = classifier.margin(vectors);
    ours.voteShares(rows).forEach(([, share], row) => {
      const probability = (8 * share + 1) / 10;
      expect(margins[row]).toBeCloseTo(Math.log(probability / (1 - probability)), 6);
      expect(classifier.marginOf(rowOf(vectors, row))).toBe(margins[row]);
    });
  });

  test("refuses a classifier of three classes as one of churn", async () => {
    const ours = importMlRandomForest(train(sample(60, 3, 3), 3).toJSON());
    expect((await thrownBy(() => ours.asClassifier())).code).toBe("model.invalid");
  });

  test.each([
    ["nothing", null, "name"],
    ["another model", { name: "RFRegression", baseModel: {} }, "name"],
    [
      "no tree",
      { name: "RFClassifier", baseModel: { isClassifier: true, estimators: [] } },
      "baseModel.estimators",
    ],
  ])("refuses %s", async (_, json, place) => {
    const error = await thrownBy(() => importMlRandomForest(json));
    expect([error.code, error.problems.map(({ path }) => path.argument)]).toEqual([
      "model.invalid",
      expect.arrayContaining([place]),
    ]);
  });

  test("names every damaged place of a tree", async () => {
    const json = JSON.parse(JSON.stringify(train(sample(60, 2, 1), 1).toJSON()));
    json.baseModel.estimators[0].root.splitColumn = 99;
    json.baseModel.estimators[1].root.splitValue = "high";
    json.baseModel.indexes[2] = "all";
    const error = await thrownBy(() => importMlRandomForest(json));
    expect(error.problems.map(({ path }) => path.argument)).toEqual(
      expect.arrayContaining([
        "baseModel.estimators.0.root.splitColumn",
        "baseModel.estimators.1.root.splitValue",
        "baseModel.indexes.2",
      ]),
    );
  });
});
