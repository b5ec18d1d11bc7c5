import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../../src/classifiers/boosting/boosting.js";
import type { FittedBoosting } from "../../../src/classifiers/boosting/fitted-boosting.js";
import { createRandom } from "../../../src/random.js";
import { targetStatistics } from "../../../src/trees/binning/target-statistics.js";
import { stratifiedFolds } from "../../../src/vectors/folds.js";
import type { CategoricalFeature } from "../../../src/vectors/vectors.js";
import { lossOf, smoothAndStepped } from "../../support/smooth-and-stepped.js";
import { categorical, vectorsOf } from "../../support/vectors.js";

const ALL = () => true;

function areas(rows: number, levels: number, seed: number, effect: number) {
  const random = createRandom(seed, "areas");
  const effects = Array.from({ length: levels }, () => effect * random.normal());
  const codes = Array.from({ length: rows }, () => random.integer(levels));
  const labels = Uint8Array.from(codes, (code) =>
    random.next() < 1 / (1 + Math.exp(1 - effects[code])) ? 1 : 0,
  );
  const names = Array.from({ length: levels }, (_, i) => `A${i}`);
  return { feature: categorical("area", codes, names) as CategoricalFeature, labels, effects };
}

describe("targetStatistics", () => {
  test("is the mean label of a level where levels differ much, and the overall mean where they do not", () => {
    // 300 rows of each, churning always and never: nothing to shrink.
    const codes = Array.from({ length: 600 }, (_, i) => i % 2);
    const feature = categorical("plan", codes, ["a", "b"]) as CategoricalFeature;
    const rows = { weights: undefined, isTraining: ALL, seed: 1 };
    const apart = targetStatistics(feature, { ...rows, labels: codes });
    expect(apart.ofCode[0]).toBeLessThan(0.01);
    expect(apart.ofCode[1]).toBeGreaterThan(0.99);
    const alike = targetStatistics(feature, { ...rows, labels: codes.map((_, i) => (i % 4 < 2 ? 1 : 0)) });
    expect(alike.ofCode[0]).toBeCloseTo(0.5, 3);
    expect(alike.ofCode[1]).toBeCloseTo(0.5, 3);
    expect(alike.ofCode[2]).toBeCloseTo(0.5, 12);
  });

  test("does not hold a row's own label: labels of noise stay unknown to their own statistic", () => {
    const { feature, labels } = areas(4000, 800, 2, 0);
    const { values } = targetStatistics(feature, { labels, weights: undefined, isTraining: ALL, seed: 3 });
    const meanOf = (label: number) => mean([...values.filter((_, row) => labels[row] === label)]);
    // In-sample means of five rows a level would put churners 0.16 above the others.
    expect(meanOf(1) - meanOf(0)).toBeLessThan(0.01);
  });

  test("rows that are not trained on have no influence, and get what new rows get", () => {
    const { feature, labels } = areas(500, 20, 4, 1);
    const isTraining = (row: number) => row % 5 !== 0;
    const turned = labels.map((label, row) => (isTraining(row) ? label : 1 - label));
    const statisticsOf = (of: Uint8Array) =>
      targetStatistics(feature, { labels: of, weights: undefined, isTraining, seed: 1 });
    expect(statisticsOf(turned)).toEqual(statisticsOf(labels));
    const { values, ofCode } = statisticsOf(labels);
    values.forEach((value, row) => {
      if (!isTraining(row)) expect(value).toBe(ofCode[feature.codes[row]]);
    });
  });

  test("a missing value stays missing", () => {
    const feature = categorical("plan", [0, -1, 1], ["a", "b"]) as CategoricalFeature;
    const { values } = targetStatistics(feature, {
      labels: [0, 1, 1],
      weights: undefined,
      isTraining: ALL,
      seed: 1,
    });
    expect(values[1]).toBeNaN();
  });
});

describe("gradientBoosting of categories of many levels", () => {
  test("by statistics is better than natively where most of 200 areas have few rows", async () => {
    const train = areas(3000, 200, 5, 1);
    const folds = stratifiedFolds(train.labels, 5, 1);
    const lossesOf = async (manyLevels: "native" | "statistics" | "auto") => {
      const classifier = gradientBoosting({ manyLevels, learningRate: 0.2, patience: 15 });
      const { outOfFoldMargins, summary } = await classifier.crossFit(
        vectorsOf(train.feature),
        train.labels,
        folds,
      );
      return { loss: lossOf(outOfFoldMargins, train.labels), summary };
    };
    const native = await lossesOf("native");
    const statistics = await lossesOf("statistics");
    const auto = await lossesOf("auto");
    expect(statistics.loss).toBeLessThan(native.loss);
    expect(auto.loss).toBe(statistics.loss);
    expect(auto.summary).toContain("statistics of categories");
  });

  test("scores new rows by codes alone, as the engine scored its held-out rows", async () => {
    const { vectors, labels } = smoothAndStepped(800, 6);
    const folds = stratifiedFolds(labels, 3, 1);
    const classifier = gradientBoosting({ manyLevels: "statistics", rounds: 40 });
    const { models, outOfFoldMargins } = await classifier.crossFit(vectors, labels, folds);
    models.forEach((model, fold) => {
      const margins = model.margin(vectors);
      folds.of.forEach((of, row) => {
        if (of === fold) expect(margins[row]).toBeCloseTo(outOfFoldMargins[row], 9);
      });
      const nodes = (model as FittedBoosting).trees.flatMap((tree) =>
        tree.feature.map((feature, node) => ({ feature, threshold: tree.threshold[node] })),
      );
      expect(nodes.filter(({ feature, threshold }) => feature === 6 && threshold !== null)).toEqual([]);
    });
  });
});
