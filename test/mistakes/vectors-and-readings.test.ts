import { describe, expect, test } from "vitest";
import * as entry from "../../src/classifiers/index.js";
import { rowsOf } from "../../src/table/rows.js";
import {
  fitted,
  labels,
  methodOf,
  model,
  table,
  texts,
  untyped,
  vectorizer,
  vectors,
} from "./classifiers-sample.js";
import { mistake, testNonsense } from "./every-function.js";
import { testMistakes } from "./mistake.js";

const { Vectorizer } = entry;

describe("Vectorizer and stratifiedFolds", () => {
  const fitVectorizer = methodOf(Vectorizer, "fit");
  const transform = methodOf(vectorizer, "transform");
  const construct = Vectorizer as unknown as new () => unknown;
  testMistakes([
    mistake(
      "rows",
      () => fitVectorizer(rowsOf(table)),
      "Vectorizer.fit",
      "table",
      /not an array of rows \(make one of rows with tableFromRows\(rows\)\)/,
    ),
    mistake(
      "a new one without columns, as in scikit-learn",
      () => new construct(),
      "Vectorizer",
      "columns",
      /Vectorizer\.fit\(table\)\.vectorizer learns them from a table/,
    ),
    mistake(
      "names of columns to leave out",
      () => fitVectorizer(table, { exclude: ["churned"] }),
      "Vectorizer.fit",
      "exclude",
      /write new Map\(\[\["churned", "label"\]\]\)/,
    ),
    mistake(
      "a misspelt option",
      () => fitVectorizer(table, { ignore: new Map() }),
      "Vectorizer.fit",
      "ignore",
      /did you mean "exclude"\?/,
    ),
    mistake(
      "one name in the place of a list",
      () => fitVectorizer(table, { noParts: "charge" }),
      "Vectorizer.fit",
      "noParts",
      /put it into a list: \["charge"\]/,
    ),
    mistake(
      "rows to transform",
      () => transform(rowsOf(table)),
      "Vectorizer.transform",
      "table",
      /tableFromRows\(rows\)/,
    ),
    mistake(
      "a number of folds as an option",
      () => untyped.stratifiedFolds(labels, { folds: 5 }),
      "stratifiedFolds",
      "count",
      /write stratifiedFolds\(labels, 5, 0\)/,
    ),
    mistake(
      "no seed",
      () => untyped.stratifiedFolds(labels, 4),
      "stratifiedFolds",
      "seed",
      /write stratifiedFolds\(labels, 4, 0\)/,
    ),
    mistake(
      "labels as texts",
      () => untyped.stratifiedFolds(texts, 5, 0),
      "stratifiedFolds",
      "labels[0]",
      /labels\.map\(\(label\) => \(label === "Yes" \? 1 : 0\)\)/,
    ),
    mistake(
      "groups of other rows",
      () => entry.stratifiedFolds(labels, 5, 0, Int32Array.of(0, 1)),
      "stratifiedFolds",
      "groups",
      /must have the length of labels, 200, received 2/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    const { leftOut } = Vectorizer.fit(table, { exclude: new Map([["churned", "label"]]) });
    expect(leftOut).toContainEqual({ name: "churned", reason: "label" });
    expect(entry.stratifiedFolds(labels, 4, 0).count).toBe(4);
  });
});

describe("what people read, ensembles and imports", () => {
  testMistakes([
    mistake(
      "the shapes of a churn model",
      () => untyped.shapeTables(model),
      "shapeTables",
      "model",
      /not a ChurnModel \(train one with await additiveModel\(\)\.fit\(vectors, labels\)\)/,
    ),
    mistake(
      "the shapes of another family",
      () => untyped.shapeTables(fitted, vectors),
      "shapeTables",
      "model",
      /must be a trained additive model, not one of logistic/,
    ),
    mistake(
      "the shapes of a classifier that is not trained",
      () => untyped.shapeTables(entry.additiveModel(), vectors),
      "shapeTables",
      "model",
      /not one to train \(train it with await additiveModel\(\)\.fit\(vectors, labels\)\)/,
    ),
    mistake(
      "the shapes of a promise",
      () => untyped.shapeTables(entry.additiveModel({ rounds: 1 }).fit(vectors, labels), vectors),
      "shapeTables",
      "model",
      /not a promise of one \(await it first\)/,
    ),
    mistake(
      "the contributions to a churn model",
      () => untyped.shapValues(model, vectors),
      "shapValues",
      "classifier",
      /must be a trained classifier, not a ChurnModel \(train one with await gradientBoosting\(\)\.fit/,
    ),
    mistake(
      "the contributions to a classifier that is not trained",
      () => untyped.shapValues(entry.gradientBoosting(), vectors),
      "shapValues",
      "classifier",
      /not one to train \(train it: await gradientBoosting\(\)\.fit\(vectors, labels\)\)/,
    ),
    mistake(
      "the contributions of a promise of a classifier",
      () => untyped.shapValues(entry.logisticRegression({ lambda: 1 }).fit(vectors, labels), vectors),
      "shapValues",
      "classifier",
      /not a promise of one \(await it first\)/,
    ),
    mistake(
      "scikit-learn's n_jobs",
      () => untyped.shapValues(fitted, vectors, { n_jobs: 2 }),
      "shapValues",
      "n_jobs",
      /did you mean "threads"\?/,
    ),
    mistake(
      "the background in the place of options",
      () => untyped.shapValues(fitted, vectors, [vectors]),
      "shapValues",
      "options",
      /must be an object such as \{ background: … \}/,
    ),
    mistake(
      "the odds ratios of a churn model",
      () => untyped.oddsRatios(model),
      "oddsRatios",
      "vectors",
      /not a ChurnModel \(Vectorizer\.fit\(table\)\.vectorizer\.transform\(table\) makes them\)/,
    ),
    mistake(
      "the odds ratios of a Table",
      () => untyped.oddsRatios(table, labels),
      "oddsRatios",
      "vectors",
      /not a Table/,
    ),
    mistake(
      "a level in percent",
      () => entry.oddsRatios(vectors, labels, { level: 95 }),
      "oddsRatios",
      "level",
      /write level: 0\.95/,
    ),
    mistake(
      "an unknown option of odds ratios",
      () => untyped.oddsRatios(vectors, labels, { penalty: 0.1 }),
      "oddsRatios",
      "penalty",
      /did you mean "lambda"\?/,
    ),
    mistake(
      "a path with glmnet's names",
      () => untyped.elasticNetPath(vectors, labels, { nfolds: 5 }),
      "elasticNetPath",
      "nfolds",
      /did you mean "folds"\?/,
    ),
    mistake(
      "a path in too many folds",
      () => entry.elasticNetPath(vectors, labels, { folds: 100 }),
      "elasticNetPath",
      "folds",
      /must be a whole number from 2 to 20, received 100/,
    ),
    mistake(
      "weights of a single member",
      () => untyped.greedyWeights(new Float64Array(200), labels),
      "greedyWeights",
      "margins",
      /of a single member write \[margins\]/,
    ),
    mistake(
      "weights of members of other rows",
      () => entry.greedyWeights([new Float64Array(5)], labels),
      "greedyWeights",
      "margins[0]",
      /must have the length of labels, 200, received 5/,
    ),
    mistake(
      "a forest as the text of its file",
      () => entry.importMlRandomForest("{}"),
      "importMlRandomForest",
      "name",
      /parse a text first: importMlRandomForest\(JSON\.parse\(text\)\)/,
    ),
    mistake(
      "vectors in the place of chunks",
      () => untyped.gradientBoostingFromChunks(vectors, { rounds: 3 }),
      "gradientBoostingFromChunks",
      "source",
      /of rows in memory: \{ rowCount: vectors\.rowCount, chunks: \(\) => \[\{ vectors, labels \}\] \}/,
    ),
    mistake(
      "chunks without a number of rounds",
      () => untyped.gradientBoostingFromChunks({ rowCount: 200, chunks: () => [{ vectors, labels }] }),
      "gradientBoostingFromChunks",
      "rounds",
      /must be given.*\(write \{ rounds: 200 \}\)/,
    ),
    mistake(
      "chunks of tables",
      () =>
        untyped.gradientBoostingFromChunks(
          { rowCount: 200, chunks: () => [{ vectors: table, labels }] },
          { rounds: 3 },
        ),
      "gradientBoostingFromChunks",
      "chunk.vectors",
      /not a Table/,
    ),
    mistake(
      "weights beside chunks",
      () =>
        untyped.gradientBoostingFromChunks(
          { rowCount: 200, chunks: () => [{ vectors, labels }] },
          { rounds: 3 },
          { weights: new Float64Array(200) },
        ),
      "gradientBoostingFromChunks",
      "fit.weights",
      /must be an option of gradientBoostingFromChunks: seed/,
    ),
  ]);

  test("each hint works when it is followed", async () => {
    const additive = await entry.additiveModel({ rounds: 3 }).fit(vectors, labels);
    expect(entry.shapeTables(additive, vectors).length).toBe(vectors.features.length);
    expect(entry.greedyWeights([new Float64Array(200)], labels)).toEqual([1]);
    const source = { rowCount: vectors.rowCount, chunks: () => [{ vectors, labels }] };
    const boosted = await entry.gradientBoostingFromChunks(source, { rounds: 3 });
    expect(boosted.margin(vectors)).toHaveLength(200);
  });
});

describe("nonsense", () => {
  const { elasticNetPath, gradientBoostingFromChunks, greedyWeights, oddsRatios, shapeTables, shapValues } =
    untyped;
  testNonsense({
    elasticNetPath,
    gradientBoostingFromChunks,
    greedyWeights,
    importMlRandomForest: untyped.importMlRandomForest,
    oddsRatios,
    shapeTables,
    shapValues,
    stratifiedFolds: untyped.stratifiedFolds,
  });
});
