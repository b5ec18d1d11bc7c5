import { describe, expect, test } from "vitest";
import { FittedForest } from "../../../src/classifiers/forest/fitted-forest.js";
import { extraTrees, randomForest } from "../../../src/classifiers/forest/forest.js";
import { createRandom, shuffle } from "../../../src/random.js";
import { stratifiedFolds } from "../../../src/vectors/folds.js";
import type { Vectors } from "../../../src/vectors/vectors.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { lossOf, smoothAndStepped } from "../../support/smooth-and-stepped.js";
import { thrownBy } from "../../support/thrown.js";
import { numeric, rowOf, vectorsOf } from "../../support/vectors.js";

const SMALL = { trees: 30, maxLeaves: 16 } as const;
const { vectors: VECTORS, labels: LABELS } = noisyVectors(500, 11);

async function grown(
  make: typeof randomForest,
  options = {},
  fit: Parameters<ReturnType<typeof randomForest>["fit"]>[2] = {},
): Promise<FittedForest> {
  return (await make({ ...SMALL, ...options }).fit(VECTORS, LABELS, { seed: 3, ...fit })) as FittedForest;
}

describe.each([
  ["randomForest", randomForest, 0.6225],
  ["extraTrees", extraTrees, 0.614],
] as const)("%s", (functionName, make, peer) => {
  test("is as good as scikit-learn's on rows of four numbers", async () => {
    // scikit-learn 1.9.1, RandomForestClassifier and ExtraTreesClassifier, 200 trees, min_samples_leaf 10, max_features 2,
    // bootstrap True, on the same rows: log loss of 3,000 others, mean of random_state 0 to 4, which spread by 0.001.
    const train = smoothAndStepped(3000, 1);
    const others = smoothAndStepped(3000, 2);
    const four = ({ rowCount, features }: Vectors) => ({ rowCount, features: features.slice(1, 5) });
    const forest = await make({ columnsPerSplit: 2, leafSmoothing: 0.01 }).fit(
      four(train.vectors),
      train.labels,
    );
    expect(Math.abs(lossOf(forest.margin(four(others.vectors)), others.labels) - peer)).toBeLessThan(0.003);
  });

  test("out-of-bag margins of a row are those of the trees that did not draw it", async () => {
    // One tree: rows out of the bag get that tree's leaf, the others the base rate.
    const forest = await grown(make, { trees: 1 });
    const margins = forest.margin(VECTORS);
    const outOfBag = forest.outOfBagMargins as Float64Array;
    const { baseRate } = forest.toJSON();
    const base = Math.log(baseRate / (1 - baseRate));
    let unseen = 0;
    outOfBag.forEach((margin, row) => {
      if (margin === margins[row]) unseen++;
      else expect(margin).toBeCloseTo(base, 12);
    });
    // 36.8% of 500 rows, give or take three standard deviations of 10.8.
    expect(Math.abs(unseen - 184)).toBeLessThan(33);
  });

  test("on labels of pure noise its out-of-bag margins find nothing, and those of seen rows do", async () => {
    const random = createRandom(1, "noise labels");
    const labels = Uint8Array.from(LABELS, () => random.integer(2));
    const forest = (await make({ trees: 100, minChildRows: 2 }).fit(VECTORS, labels)) as FittedForest;
    expect(lossOf(forest.outOfBagMargins as Float64Array, labels)).toBeGreaterThan(0.68);
    expect(lossOf(forest.margin(VECTORS), labels)).toBeLessThan(0.6);
  });

  test("smooths its leaves towards the base rate", async () => {
    // A feature that determines the label: leaves of 20 rows, (20 + 2 · 0.5) / 22 and (0 + 2 · 0.5) / 22, the base rate
    // exactly 0.5.
    const x = Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1));
    const labels = Uint8Array.from(x);
    const options = { trees: 3, rowFraction: 1, margins: "cross-fit" } as const;
    const forest = await make(options).fit(vectorsOf(numeric("x", x)), labels);
    expect(forest.marginOf(Float64Array.of(1))).toBeCloseTo(Math.log(21), 5);
    expect(forest.marginOf(Float64Array.of(0))).toBeCloseTo(-Math.log(21), 5);
  });

  test("is the same for any number of threads, and another for another seed", async () => {
    const text = async (fit: object) => JSON.stringify(await grown(make, {}, fit));
    const one = await text({ threads: 1 });
    for (const threads of [2, 3]) expect(await text({ threads })).toBe(one);
    expect(await text({ seed: 4 })).not.toBe(one);
  });

  test("does not depend on the scale of a number", async () => {
    const features = VECTORS.features.map((feature) =>
      feature.kind === "numeric"
        ? { ...feature, values: feature.values.map((value) => value * 8 - 3) }
        : feature,
    );
    const moved = (await make(SMALL).fit({ ...VECTORS, features }, LABELS, { seed: 3 })) as FittedForest;
    const margins = (await grown(make)).margin(VECTORS);
    moved.margin({ ...VECTORS, features }).forEach((margin, row) => {
      expect(margin).toBe(margins[row]);
    });
  });

  test("gives a table of rows and a single row the same bits, also after JSON", async () => {
    const forest = await grown(make);
    const copy = new FittedForest(JSON.parse(JSON.stringify(forest.toJSON())));
    forest.margin(VECTORS).forEach((margin, row) => {
      expect(forest.marginOf(rowOf(VECTORS, row))).toBe(margin);
      expect(copy.marginOf(rowOf(VECTORS, row))).toBe(margin);
    });
  });

  test("cross-fits instead where rows belong together: no tree of a fold's forest has seen the fold", async () => {
    const folds = stratifiedFolds(LABELS, 4, 1);
    const classifier = make(SMALL);
    const bagged = await classifier.crossFit(VECTORS, LABELS, folds, { seed: 3 });
    expect(bagged.models).toHaveLength(1);
    const crossed = await classifier.crossFit(VECTORS, LABELS, folds, { seed: 3, rowsBelongTogether: true });
    expect(crossed.models).toHaveLength(4);
    crossed.models.forEach((model, fold) => {
      const margins = model.margin(VECTORS);
      folds.of.forEach((of, row) => {
        if (of === fold) expect(crossed.outOfFoldMargins[row]).toBeCloseTo(margins[row], 9);
      });
    });
  });

  test("does not overfit two hundred uninformative regions", async () => {
    const train = smoothAndStepped(1500, 5);
    const features = train.vectors.features.slice(0, 6);
    const lossWith = async (vectors: Vectors) => {
      const forest = (await make({ trees: 100 }).fit(vectors, train.labels)) as FittedForest;
      return lossOf(forest.outOfBagMargins as Float64Array, train.labels);
    };
    expect((await lossWith(train.vectors)) - (await lossWith({ ...train.vectors, features }))).toBeLessThan(
      0.01,
    );
  });

  test("weights are rows: a row of weight 0 has no effect", async () => {
    const weights = Float64Array.from(LABELS, (_, row) => (row % 3 === 0 ? 0 : 1));
    const turned = LABELS.map((label, row) => (row % 3 === 0 ? 1 - label : label));
    const text = async (labels: Uint8Array) =>
      JSON.stringify(await make(SMALL).fit(VECTORS, labels, { seed: 3, weights }));
    expect(await text(turned)).toBe(await text(LABELS));
  });

  test.each([
    ["trees", { trees: 0 }],
    ["maxLeaves", { maxLeaves: 256 }],
    ["rowFraction", { rowFraction: 0 }],
    ["leafSmoothing", { leafSmoothing: 0 }],
    ["columnsPerSplit", { columnsPerSplit: 0.5 }],
    ["margins", { margins: "out-of-bag", rowFraction: 1 } as const],
  ])("refuses %s out of range", async (argument, options) => {
    const error = await thrownBy(() => make(options));
    expect(error.path).toEqual({ function: functionName, argument });
  });

  test("stops when aborted", async () => {
    const error = await thrownBy(() => grown(make, {}, { signal: AbortSignal.abort() }));
    expect(error.code).toBe("aborted");
  });
});

test("shuffled rows out of the bag still meet their own margins", async () => {
  const order = Int32Array.from(LABELS.keys());
  shuffle(order, createRandom(2, "order"));
  const features = VECTORS.features.map((feature) =>
    feature.kind === "numeric"
      ? { ...feature, values: Float64Array.from(order, (row) => feature.values[row]) }
      : { ...feature, codes: Int32Array.from(order, (row) => feature.codes[row]) },
  );
  const labels = Uint8Array.from(order, (row) => LABELS[row]);
  const forest = (await randomForest({ trees: 60 }).fit({ ...VECTORS, features }, labels)) as FittedForest;
  // Margins of other rows would find nothing.
  expect(lossOf(forest.outOfBagMargins as Float64Array, labels)).toBeLessThan(0.64);
});
