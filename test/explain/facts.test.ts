import { sumNthPowerDeviations } from "simple-statistics";
import { beforeAll, describe, expect, test } from "vitest";
import { Explainers } from "../../src/classifiers/explainers.js";
import { additiveModel, gradientBoosting } from "../../src/classifiers/index.js";
import { alikeFeatures } from "../../src/explain/facts/alike-features.js";
import { BinRates } from "../../src/explain/facts/bin-rates.js";
import { categoriesApart } from "../../src/explain/facts/categories-apart.js";
import { contributionNoise } from "../../src/explain/facts/contribution-noise.js";
import { rangesWithin } from "../../src/explain/facts/ranges-within.js";
import { looksSensitive } from "../../src/explain/facts/sensitive-names.js";
import { createRandom } from "../../src/random.js";
import { stratifiedFolds } from "../../src/vectors/folds.js";
import { copyRows } from "../../src/vectors/vectors.js";
import { noisyVectors } from "../support/noisy-vectors.js";
import { categorical, numeric, vectorsOf } from "../support/vectors.js";

const random = createRandom(5, "facts");
const normals = Array.from({ length: 600 }, () => random.normal());

describe("features that say about the same", () => {
  test("are rising functions of each other, and categories that name the same", () => {
    const codes = normals.map((value) => (value > 0 ? 1 : 0));
    const vectors = vectorsOf(
      numeric("x", normals),
      numeric("exp of x", normals.map(Math.exp)),
      numeric(
        "minus x",
        normals.map((value) => -value),
      ),
      numeric(
        "noise",
        normals.map(() => random.normal()),
      ),
      categorical("sign", codes, ["a", "b"]),
      categorical(
        "sign again",
        codes.map((code) => 1 - code),
        ["p", "q"],
      ),
      categorical(
        "chance",
        normals.map(() => random.integer(3)),
        ["u", "v", "w"],
      ),
      numeric(
        "constant",
        normals.map(() => 1),
      ),
      numeric(
        "missing",
        normals.map(() => null),
      ),
    );
    expect(alikeFeatures(vectors)).toEqual([
      [0, 1],
      [0, 2],
      [0, 4],
      [0, 5],
      [1, 2],
      [1, 4],
      [1, 5],
      [2, 4],
      [2, 5],
      [4, 5],
    ]);
  });

  test("are not those that only tend together", () => {
    const half = normals.map((value) => value + random.normal());
    expect(alikeFeatures(vectorsOf(numeric("x", normals), numeric("half", half)))).toEqual([]);
  });
});

describe("the noise of contributions", () => {
  const { vectors, labels } = noisyVectors(500, 3);
  const folds = stratifiedFolds(labels, 5, 0);
  const rows = { rows: new Float64Array(50 * 3), width: 3 };
  let explainers: Explainers;
  beforeAll(async () => {
    copyRows(vectors, 0, 50, rows.rows);
    explainers = await Explainers.load();
  });

  test("is the jackknife's over fold models, and falls with the weight", async () => {
    const { models } = await gradientBoosting({ rounds: 20 }).crossFit(vectors, labels, folds);
    const noise = contributionNoise(explainers, [{ weight: 1, models }], rows, 5);
    const contributions = models.map((model) => {
      const into = new Float64Array(150);
      explainers.of(model, 3, undefined).add(rows.rows, 50, 1, into);
      return into;
    });
    for (let f = 0; f < 3; f++) {
      let sum = 0;
      for (let row = 0; row < 50; row++) {
        const values = contributions.map((each) => each[row * 3 + f]);
        sum += (4 / 5) * sumNthPowerDeviations(values, 2);
      }
      expect(noise[f]).toBeCloseTo(Math.sqrt(sum / 50), 9);
      expect(noise[f]).toBeGreaterThan(0);
    }
    const half = contributionNoise(explainers, [{ weight: 0.5, models }], rows, 5);
    expect(half[0]).toBeCloseTo(noise[0] / 2, 9);
  });

  test("is none of a single model, and without any", async () => {
    const model = await additiveModel({ rounds: 20 }).fit(vectors, labels);
    const none = new Float64Array(3);
    expect(contributionNoise(explainers, [{ weight: 1, models: [model] }], rows, 5)).toEqual(none);
    expect(contributionNoise(explainers, [], rows, 5)).toEqual(none);
  });
});

test("names that are about the person are sensitive, words that contain them are not", () => {
  for (const name of [
    "gender",
    "Sex",
    "age",
    "birth_year",
    "SeniorCitizen",
    "marital-status",
    "性别",
    "客户年龄",
  ])
    expect([name, looksSensitive(name)]).toEqual([name, true]);
  for (const name of ["usage", "messages", "sexagesimal", "tenure", "package", "average_bill"])
    expect([name, looksSensitive(name)]).toEqual([name, false]);
});

test("rates of bins say who left, of bins with enough rows", () => {
  const rates = new BinRates({ edges: [1, 5], counts: [100, 200, 10], missing: 90 }, [50, 20, 9, 9]);
  const all = 88 / 400;
  expect(rates.ratesOf(0)).toEqual({ like: 0.5, all });
  expect(rates.ratesOf(3)).toEqual({ like: 0.1, all });
  expect(rates.ratesOf(9)).toBeUndefined();
  expect(rates.ratesOf(Number.NaN)).toEqual({ like: 0.1, all });
  expect([rates.isRiskiest(1), rates.isRiskiest(2), rates.isRiskiest(9)]).toEqual([true, false, false]);
});

test("categories apart are pairs that never occur together though they would by chance", () => {
  const net = Array.from({ length: 400 }, (_, row) => row % 4);
  const tv = net.map((code, row) => (code === 0 ? 2 : row % 2));
  const vectors = vectorsOf(
    categorical("net", net, ["none", "dsl", "fiber", "cable"]),
    categorical("tv", tv, ["no", "yes", "no net"]),
    numeric(
      "fee",
      net.map((code) => 20 * code),
    ),
  );
  const found = categoriesApart(vectors, (position) => position === 0);
  expect(found).toContainEqual([0, 0, 1, 0]);
  expect(found).toContainEqual([0, 1, 1, 2]);
  expect(found).not.toContainEqual([0, 1, 1, 1]);
  expect(categoriesApart(vectors, () => false)).toEqual([]);
  expect(rangesWithin(vectors, (position) => position === 2)).toContainEqual([2, 0, 1, 20, 20]);
});
