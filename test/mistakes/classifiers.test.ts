import { describe, expect, test } from "vitest";
import type { ForestOptions } from "../../src/classifiers/index.js";
import * as entry from "../../src/classifiers/index.js";
import {
  fitted,
  labels,
  methodOf,
  table,
  texts,
  untyped,
  vectorizer,
  vectors,
} from "./classifiers-sample.js";
import { mistake } from "./every-function.js";
import { testMistakes } from "./mistake.js";

const { gradientBoosting, gradientBoostingRegression, logisticRegression, randomForest, Vectorizer } = entry;

describe("options of classifiers", () => {
  testMistakes([
    mistake(
      "scikit-learn's n_estimators",
      () => untyped.gradientBoosting({ n_estimators: 10 }),
      "gradientBoosting",
      "n_estimators",
      /did you mean "rounds"\?/,
    ),
    mistake(
      "n_estimators of a forest",
      () => untyped.randomForest({ n_estimators: 10 }),
      "randomForest",
      "n_estimators",
      /did you mean "trees"\?/,
    ),
    mistake(
      "LightGBM's num_leaves",
      () => untyped.gradientBoosting({ num_leaves: 31 }),
      "gradientBoosting",
      "num_leaves",
      /did you mean "maxLeaves"\?/,
    ),
    mistake(
      "scikit-learn's C",
      () => untyped.logisticRegression({ C: 1 }),
      "logisticRegression",
      "C",
      /did you mean "lambda"\?/,
    ),
    mistake(
      "a number as a text",
      () => untyped.randomForest({ trees: "100" }),
      "randomForest",
      "trees",
      /must be a whole number from 1 to 100,000, received "100" \(write trees: 100\)/,
    ),
    mistake(
      "a share as a text",
      () => untyped.gradientBoosting({ learningRate: "0.1" }),
      "gradientBoosting",
      "learningRate",
      /must be above 0 and at most 1, received "0\.1" \(write learningRate: 0\.1\)/,
    ),
    mistake(
      "LightGBM's -1 for no limit",
      () => gradientBoosting({ maxDepth: -1 }),
      "gradientBoosting",
      "maxDepth",
      /received -1 \(leave maxDepth out for its default\)/,
    ),
    mistake(
      "scikit-learn's None for no limit",
      () => untyped.extraTrees({ maxDepth: null }),
      "extraTrees",
      "maxDepth",
      /received null \(leave maxDepth out for its default\)/,
    ),
    mistake(
      "XGBoost's list of signs",
      () => untyped.gradientBoosting({ monotone: [1, 0, -1] }),
      "gradientBoosting",
      "monotone",
      /received 1, 0, -1 \(write \{ tenure: -1 \} with a feature's name and 1 or -1\)/,
    ),
    mistake(
      "a flat list of interactions",
      () => untyped.additiveModel({ interactions: ["tenure", "charge"] }),
      "additiveModel",
      "interactions",
      /must be lists of names of features/,
    ),
    mistake(
      "an unknown objective",
      () => untyped.gradientBoostingRegression({ objective: "mse" }),
      "gradientBoostingRegression",
      "objective",
      /must be "squaredError" or "poisson", received "mse" \(did you mean "squaredError"\?\)/,
    ),
    mistake(
      "an option of scikit-learn's network",
      () => untyped.neuralNetwork({ hidden_layer_sizes: [100] }),
      "neuralNetwork",
      "hidden_layer_sizes",
      /must be an option of neuralNetwork: members, width, hidden/,
    ),
    mistake(
      "a number in the place of options",
      () => untyped.randomForest(100),
      "randomForest",
      "options",
      /must be an object such as \{ trees: … \}, received 100/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    const options: ForestOptions = { trees: 100, maxLeaves: 31 };
    expect(randomForest(options).name).toBe("random forest");
    expect(gradientBoosting({ rounds: 10, maxLeaves: 31, monotone: { tenure: -1 } }).name).toMatch(/31/);
    expect(logisticRegression({ lambda: 1 }).name).toBe("logistic");
    expect(gradientBoostingRegression({ objective: "squaredError" }).name).toMatch(/values/);
  });
});

describe("fit and crossFit", () => {
  const boosting = gradientBoosting({ rounds: 3 });
  const fitBoosting = methodOf(boosting, "fit");
  const crossFit = methodOf(boosting, "crossFit");
  testMistakes([
    mistake(
      "a Table",
      () => fitBoosting(table, labels),
      "gradientBoosting",
      "vectors",
      /must be vectors, not a Table \(Vectorizer\.fit\(table\)\.vectorizer\.transform\(table\) makes them\)/,
    ),
    mistake(
      "rows of numbers, as in scikit-learn",
      () => fitBoosting([[1, 2]], [0]),
      "gradientBoosting",
      "vectors",
      /not an array of rows \(of const table = tableFromRows\(rows\), Vectorizer\.fit\(table\)\.vectorizer\.transform\(table\) makes them\)/,
    ),
    mistake(
      "what Vectorizer.fit gives",
      () => fitBoosting(Vectorizer.fit(table), labels),
      "gradientBoosting",
      "vectors",
      /not a Vectorizer \(pass its \.vectorizer\.transform\(table\)\)/,
    ),
    mistake(
      "a Vectorizer",
      () => fitBoosting(vectorizer, labels),
      "gradientBoosting",
      "vectors",
      /not a Vectorizer \(pass vectorizer\.transform\(table\)\)/,
    ),
    mistake(
      "no labels",
      () => fitBoosting(vectors),
      "gradientBoosting",
      "labels",
      /must be a list of numbers, not undefined/,
    ),
    mistake(
      "labels as texts",
      () => fitBoosting(vectors, texts),
      "gradientBoosting",
      "labels[0]",
      /200 rows have such a value; make 0 and 1 of them: labels\.map\(\(label\) => \(label === "Yes" \? 1 : 0\)\)/,
    ),
    mistake(
      "labels of other rows",
      () => fitBoosting(vectors, labels.subarray(1)),
      "gradientBoosting",
      "labels",
      /must have one per row, 200 rows, received 199/,
    ),
    mistake(
      "scikit-learn's sample_weight",
      () => fitBoosting(vectors, labels, { sample_weight: labels }),
      "gradientBoosting",
      "sample_weight",
      /did you mean "weights"\?/,
    ),
    mistake(
      "weights by position",
      () => fitBoosting(vectors, labels, new Float64Array(200).fill(1)),
      "gradientBoosting",
      "options",
      /must be an object such as \{ seed: … \}/,
    ),
    mistake(
      "a seed as a text",
      () => fitBoosting(vectors, labels, { seed: "7" }),
      "gradientBoosting",
      "seed",
      /must be a whole number, received "7"/,
    ),
    mistake(
      "a number of folds",
      () => crossFit(vectors, labels, 5),
      "gradientBoosting",
      "folds",
      /must be folds, received 5 \(make them with stratifiedFolds\(labels, 5, 0\)\)/,
    ),
    ...[
      ["logisticRegression", entry.logisticRegression()] as const,
      ["additiveModel", entry.additiveModel()] as const,
      ["randomForest", entry.randomForest()] as const,
      ["extraTrees", entry.extraTrees()] as const,
      ["neuralNetwork", entry.neuralNetwork()] as const,
    ].map(([name, classifier]) =>
      mistake(
        `${name}: labels of −1 and 1`,
        () =>
          methodOf(classifier, "fit")(
            vectors,
            Float64Array.from(labels, (label) => 2 * label - 1),
          ),
        name,
        "labels[0]",
        /must be 0 or 1, received -1/,
      ),
    ),
    mistake(
      "a regression on a Table",
      () => methodOf(gradientBoostingRegression(), "fit")(table, labels),
      "gradientBoostingRegression",
      "vectors",
      /not a Table/,
    ),
    mistake(
      "a regression without targets",
      () => methodOf(gradientBoostingRegression(), "fit")(vectors),
      "gradientBoostingRegression",
      "targets",
      /must be a list of numbers, not undefined/,
    ),
    mistake(
      "a fitted classifier asked about a Table",
      () => methodOf(fitted, "margin")(table),
      "margin",
      "vectors",
      /not a Table/,
    ),
    mistake(
      "a fitted classifier explained on a Table",
      () => untyped.shapValues(fitted, table),
      "shapValues",
      "vectors",
      /not a Table \(Vectorizer\.fit\(table\)\.vectorizer\.transform\(table\) makes them\)/,
    ),
  ]);

  test("each hint works when it is followed", async () => {
    const made = Vectorizer.fit(table).vectorizer.transform(table);
    const zerosAndOnes = Uint8Array.from(texts.map((label) => (label === "Yes" ? 1 : 0)));
    expect((await boosting.fit(made, zerosAndOnes)).margin(made)).toHaveLength(200);
    const folds = entry.stratifiedFolds(labels, 5, 0);
    expect((await boosting.crossFit(vectors, labels, folds)).models).toHaveLength(5);
  });
});
