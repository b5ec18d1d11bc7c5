import { beforeAll, describe, expect, test } from "vitest";
import type { FittedClassifier } from "../../src/classifiers/classifier.js";
import { WeightedAverage } from "../../src/classifiers/ensemble/weighted-average.js";
import type { BackgroundRows, Explainer } from "../../src/classifiers/explainer.js";
import { Explainers } from "../../src/classifiers/explainers.js";
import { averageOf, FAMILIES } from "../../src/classifiers/families.js";
import type { CompleteFamily } from "../../src/classifiers/family.js";
import { createRandom } from "../../src/random.js";
import { stratifiedFolds } from "../../src/vectors/folds.js";
import { copyRows } from "../../src/vectors/vectors.js";
import { noisyVectors } from "../support/noisy-vectors.js";
import { thrownBy } from "../support/thrown.js";
import { rowOf, vectorsOf } from "../support/vectors.js";

const QUICK: Readonly<Record<string, object>> = {
  boosting: { rounds: 30, maxLeaves: 12, learningRate: 0.2 },
  forest: { trees: 12 },
  additive: { rounds: 60 },
  logistic: { terms: "spline" },
  neural: { members: 1, width: 8, hidden: 8, blocks: 1, epochs: 3 },
};
const { vectors: VECTORS, labels: LABELS } = noisyVectors(500, 3);
const FOLDS = stratifiedFolds(LABELS, 3, 0);
const WIDTH = VECTORS.features.length;

/** Rows of any kind: of training, missing values, categories that training never saw, absurd numbers. */
const ROWS = rowsOf(40);
const BACKGROUND: BackgroundRows = { rows: rowsOf(8, 100), width: WIDTH };

const weightOf = (row: number) => 0.3 + (row % 3);

function rowsOf(count: number, from = 0): Float64Array {
  const rows = new Float64Array(count * WIDTH);
  copyRows(VECTORS, from, from + count, rows);
  if (from === 0) rows.set([Number.NaN, Number.NaN, Number.NaN, 1e300, -1e300, 6, -5e-324, 0, 2]);
  return rows;
}

function expectAdditive(model: FittedClassifier, explainer: Explainer): void {
  const into = new Float64Array(ROWS.length);
  explainer.add(ROWS, ROWS.length / WIDTH, 1, into);
  for (let from = 0; from < ROWS.length; from += WIDTH) {
    const sum = into
      .subarray(from, from + WIDTH)
      .reduce((total, value) => total + value, explainer.baseValue);
    expect(Math.abs(sum - model.marginOf(ROWS.slice(from, from + WIDTH)))).toBeLessThan(1e-9);
  }
}

/** Shapley values by their definition, over all coalitions. */
function byDefinition(model: FittedClassifier, row: Float64Array, { rows, width }: BackgroundRows): number[] {
  const size = 2 ** width;
  const worth = Array.from({ length: size }, (_, coalition) => {
    let sum = 0;
    for (let from = 0; from < rows.length; from += width) {
      const mixed = Float64Array.from({ length: width }, (__, f) =>
        (coalition >> f) & 1 ? row[f] : rows[from + f],
      );
      sum += model.marginOf(mixed);
    }
    return sum / (rows.length / width);
  });
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return Array.from({ length: width }, (_, f) => {
    let value = 0;
    for (let coalition = 0; coalition < size; coalition++) {
      if ((coalition >> f) & 1) continue;
      const members = [...coalition.toString(2)].filter((bit) => bit === "1").length;
      const weight = (factorial(members) * factorial(width - members - 1)) / factorial(width);
      value += weight * (worth[coalition | (1 << f)] - worth[coalition]);
    }
    return value;
  });
}

let explainers: Explainers;
beforeAll(async () => {
  explainers = await Explainers.load();
});

describe.each<CompleteFamily>([...FAMILIES])("contributions of the family $name", (family) => {
  let models: readonly FittedClassifier[];
  beforeAll(async () => {
    const classifier = family.create(QUICK[family.name] ?? {});
    const fitted = await classifier.fit(VECTORS, LABELS, { seed: 4 });
    const weights = Float64Array.from(LABELS, (_, row) => weightOf(row));
    const weighted = await classifier.fit(VECTORS, LABELS, { seed: 4, weights });
    const { models: ofFolds } = await classifier.crossFit(VECTORS, LABELS, FOLDS, { seed: 4 });
    models = [fitted, weighted, averageOf(ofFolds, FOLDS.count)];
  });

  test("sum with the base value to the margin, trained with and without weights, and averaged", () => {
    for (const model of models) {
      expectAdditive(model, explainers.of(model, WIDTH, undefined, BACKGROUND));
      expectAdditive(model, explainers.of(model, WIDTH, BACKGROUND));
    }
  });

  test("have the mean margin of the training rows as the base value, by weight", () => {
    // A network has only rows to compare with; a forest's base value is the log-odds of a mean probability.
    if (family.name === "neural" || family.name === "forest") return;
    const [fitted, weighted] = models;
    const meanOf = (model: FittedClassifier, weightAt: (row: number) => number) => {
      let sum = 0;
      let total = 0;
      model.margin(VECTORS).forEach((margin, row) => {
        sum += weightAt(row) * margin;
        total += weightAt(row);
      });
      return sum / total;
    };
    // Means of a linear model and shares of an additive one have fewer digits.
    const digits = family.name === "boosting" ? 9 : 5;
    expect(explainers.of(fitted, WIDTH, undefined).baseValue).toBeCloseTo(
      meanOf(fitted, () => 1),
      digits,
    );
    const byWeight = meanOf(weighted, weightOf);
    expect(explainers.of(weighted, WIDTH, undefined).baseValue).toBeCloseTo(byWeight, 4);
  });

  test("over a background are Shapley values, exact or within their standard errors", () => {
    // A forest's are those of its probability, on the scale of the margin.
    if (family.name === "forest") return;
    for (const model of models) {
      const explainer = explainers.of(model, WIDTH, BACKGROUND);
      for (const at of [5, 9, 23]) {
        const row = ROWS.slice(at * WIDTH, (at + 1) * WIDTH);
        const into = new Float64Array(WIDTH);
        const variances = new Float64Array(WIDTH);
        explainer.add(row, 1, 1, into, variances);
        byDefinition(model, row, BACKGROUND).forEach((value, f) => {
          const allowed = 1e-9 + 5 * Math.sqrt(variances[f]);
          expect(Math.abs(into[f] - value)).toBeLessThan(allowed);
        });
      }
    }
  });

  test("are the same bits for one row and for many, and times a weight", () => {
    const [model] = models;
    const explainer = explainers.of(model, WIDTH, undefined, BACKGROUND);
    const all = new Float64Array(ROWS.length);
    explainer.add(ROWS, ROWS.length / WIDTH, 1, all);
    for (let from = 0; from < ROWS.length; from += WIDTH) {
      const one = new Float64Array(WIDTH);
      explainer.add(ROWS.slice(from, from + WIDTH), 1, 1, one);
      expect(one).toEqual(all.slice(from, from + WIDTH));
    }
  });

  test("of a feature that the model does not use are 0", async () => {
    const random = createRandom(9, "useless");
    const constant = {
      kind: "numeric" as const,
      name: "constant",
      values: new Float64Array(LABELS.length).fill(random.next()),
    };
    const vectors = vectorsOf(...VECTORS.features, constant);
    const model = await family.create(QUICK[family.name] ?? {}).fit(vectors, LABELS, { seed: 4 });
    const row = rowOf(vectors, 7);
    const background = { rows: Float64Array.from([...rowOf(vectors, 11), ...rowOf(vectors, 12)]), width: 4 };
    const into = new Float64Array(4);
    explainers.of(model, 4, undefined, background).add(row, 1, 1, into);
    expect(into[3]).toBeCloseTo(0, 12);
  });
});

test("contributions of a weighted average are the weighted sums of its members', an offset in the base value", async () => {
  const [logistic, , boosting] = FAMILIES;
  const members = [
    await logistic.create({}).fit(VECTORS, LABELS),
    await boosting.create(QUICK.boosting).fit(VECTORS, LABELS),
  ];
  const average = new WeightedAverage(members, [0.3, 0.9], -0.25);
  expectAdditive(average, explainers.of(average, WIDTH, undefined));
  const into = new Float64Array(WIDTH);
  explainers.of(average, WIDTH, undefined).add(ROWS, 1, 1, into);
  const summed = new Float64Array(WIDTH);
  members.forEach((member, m) => {
    explainers.of(member, WIDTH, undefined).add(ROWS, 1, average.weights[m], summed);
  });
  expect(into).toEqual(summed);
});

describe("a classifier that does not know its training rows", () => {
  test("is refused with what to do, and explained over a background", async () => {
    const [, , boosting] = FAMILIES;
    const fitted = await boosting.create(QUICK.boosting).fit(VECTORS, LABELS);
    const json = fitted.toJSON();
    const old = boosting.fromJson({
      ...json,
      trees: json.trees.map(({ leafRows: _, ...tree }) => tree),
    });
    const { code, hint } = await thrownBy(() => explainers.of(old, WIDTH, undefined));
    expect(code).toBe("model.unexplained");
    expect(hint).toMatch(/train it again, or give background rows/);
    expectAdditive(old, explainers.of(old, WIDTH, BACKGROUND));
  });
});

describe("families of the caller", () => {
  const flat = { margin: () => new Float64Array(1), marginOf: () => 3, toJSON: () => ({ family: "flat" }) };
  const family = {
    name: "flat",
    purpose: "says the same of every row",
    candidates: () => [],
    fromJson: () => flat,
    file: async () => ({ schema: {} as never }),
  };

  test("explain themselves where they say how", async () => {
    const explainer: Explainer = {
      baseValue: 3,
      add(_, __, weight, into) {
        into[0] += weight;
      },
    };
    const own = await Explainers.load([{ ...family, explaining: async () => () => explainer }]);
    expect(own.isSampled(flat)).toBe(false);
    expect(own.of(flat, WIDTH, undefined)).toBe(explainer);
  });

  test("are sampled over a background where they do not, and refused without one", async () => {
    const own = await Explainers.load([family]);
    expect(own.isSampled(flat)).toBe(true);
    expectAdditive(flat, own.of(flat, WIDTH, BACKGROUND));
    expect((await thrownBy(() => own.of(flat, WIDTH, undefined))).code).toBe("model.unexplained");
  });
});
