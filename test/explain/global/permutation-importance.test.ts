import { mean, sampleStandardDeviation, weightedMean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { lossInterval } from "../../../src/explain/global/importance/loss-interval.js";
import {
  type LabelledRows,
  permutationImportance,
} from "../../../src/explain/global/importance/permutation-importance.js";
import { donorsOf } from "../../../src/explain/global/importance/permutations.js";
import { rocAucShares } from "../../../src/explain/global/importance/row-losses.js";
import { logLoss } from "../../../src/metrics/probability/log-loss.js";
import { rocAuc } from "../../../src/metrics/ranking/roc-auc.js";
import { rocAucInterval } from "../../../src/metrics/ranking/roc-auc-interval.js";
import { createRandom } from "../../../src/random.js";
import { numeric, vectorsOf } from "../../support/vectors.js";
import { formulaModel, PULSE } from "./support.js";

const OPTIONS = { seed: 1, repeats: 10, level: 0.95, by: "logLoss" } as const;
const family = (name: string, ...positions: number[]) => ({ name, inputs: [], positions });

/** Rows whose labels follow the margin 1.5 x + 0.5 y; z is noise. */
function simulated(count: number, seed: number): LabelledRows {
  const random = createRandom(seed, "importance");
  const columns = [0, 1, 2].map(() => Array.from({ length: count }, () => random.normal()));
  const labels = Uint8Array.from(columns[0], (x, i) =>
    random.next() < 1 / (1 + Math.exp(-1.5 * x - 0.5 * columns[1][i])) ? 1 : 0,
  );
  const features = ["x", "y", "z"].map((name, i) => numeric(name, columns[i]));
  return { vectors: vectorsOf(...features), labels, weights: undefined, groups: undefined };
}

const some = simulated(2000, 1);
const model = formulaModel(some.vectors.features, ([x, y]) => 1.5 * x + 0.5 * y);

describe("permutation importance", () => {
  test("ranks inputs by what they are worth, with intervals that hold the truth", async () => {
    const importance = await permutationImportance(model, some, [], OPTIONS, PULSE);
    // permutation_importance of scikit-learn 1.9.1 with 5 repeats on 400,000 rows of the same distribution, a LogisticRegression
    // of these coefficients; scoring "neg_log_loss" and "roc_auc"; its own error is about 0.001.
    const truth = { x: [0.387, 0.2906], y: [0.0434, 0.0353], z: [0, 0] };
    expect(importance.inputs.map(({ name }) => name)).toEqual(["x", "y", "z"]);
    for (const { name, ...found } of importance.inputs) {
      [found.logLoss, found.rocAuc].forEach((loss, i) => {
        expect(loss?.low).toBeLessThanOrEqual(truth[name as "x"][i] + 0.001);
        expect(loss?.high).toBeGreaterThanOrEqual(truth[name as "x"][i] - 0.001);
      });
    }
  });

  test("gives the metrics of the rows as they are", async () => {
    const { vectors, labels } = some;
    const importance = await permutationImportance(model, some, [], { ...OPTIONS, repeats: 2 }, PULSE);
    const probabilities = model.classifier.margin(vectors).map((margin) => model.probabilityOf(margin));
    expect(importance.logLoss).toBeCloseTo(logLoss(labels, probabilities), 12);
    expect(importance.rocAuc).toBeCloseTo(rocAuc(labels, probabilities), 12);
    expect(importance.positives).toBe(labels.reduce((sum, label) => sum + label, 0));
  });

  test("an input that the model does not read has exactly none", async () => {
    const { inputs } = await permutationImportance(model, some, [], { ...OPTIONS, repeats: 2 }, PULSE);
    const nothing = { value: 0, low: 0, high: 0 };
    expect(inputs[2]).toEqual({ name: "z", inputs: ["z"], logLoss: nothing, rocAuc: nothing });
  });

  test("of a family that holds all inputs is what the model knows beyond the order of probabilities", async () => {
    const families = [family("all", 0, 1, 2), family("x alone", 0)];
    const importance = await permutationImportance(model, some, families, OPTIONS, PULSE);
    const [all, alone] = importance.families;
    expect(all.name).toBe("all");
    // Permuted probabilities have nothing to do with labels.
    expect((importance.rocAuc ?? 0) - (all.rocAuc?.value ?? 0)).toBeCloseTo(0.5, 1);
    expect(alone.logLoss).toEqual(importance.inputs[0].logLoss);
  });

  test("adds totals up again from the permuted inputs", async () => {
    const parts = [numeric("day", [1, 2, 3, 4]), numeric("night", [5, 6, 7, 8])];
    const total = numeric("day + night", [6, 8, 10, 12]);
    const rows = {
      vectors: vectorsOf(...parts, total),
      labels: Uint8Array.of(0, 0, 1, 1),
      weights: undefined,
      groups: undefined,
    };
    const seen: number[][] = [];
    const reading = formulaModel(
      rows.vectors.features,
      (row) => {
        seen.push([...row]);
        return row[2] - 9;
      },
      [{ name: "day + night", of: [0, 1] }],
    );
    const { inputs } = await permutationImportance(reading, rows, [family("both", 0, 1)], OPTIONS, PULSE);
    expect(seen.every(([day, night, sum]) => sum === day + night)).toBe(true);
    expect(inputs[0].logLoss.value).toBeGreaterThan(0);
    expect(inputs.map(({ name }) => name).sort()).toEqual(["day", "night"]);
  });

  test("rows of one label have a log loss and no ROC AUC", async () => {
    const stayed = { ...some, labels: new Uint8Array(2000) };
    const importance = await permutationImportance(model, stayed, [], { ...OPTIONS, repeats: 2 }, PULSE);
    expect(importance.rocAuc).toBeNull();
    expect(importance.inputs[0].rocAuc).toBeNull();
    expect(importance.inputs[0].logLoss.value).not.toBe(0);
  });

  test("one row has no interval", async () => {
    const one = {
      vectors: vectorsOf(numeric("x", [1]), numeric("y", [2]), numeric("z", [3])),
      labels: Uint8Array.of(1),
      weights: undefined,
      groups: undefined,
    };
    const { inputs } = await permutationImportance(model, one, [], OPTIONS, PULSE);
    expect(inputs[0].logLoss).toEqual({ value: 0, low: null, high: null });
  });
});

describe("the interval", () => {
  test("of two rows that exchange their values is as calculated by hand", () => {
    // Increases 3 and 1, each by the other row's value: mean 2. Projections: (3 − 2) + (1 − 2) = 0 and 0, so no width.
    const swapped = { increases: [Float64Array.of(3, 1)], donors: [Int32Array.of(1, 0)] };
    expect(lossInterval({ ...swapped, weights: undefined, groups: undefined }, 0.95)).toEqual({
      value: 2,
      low: 2,
      high: 2,
    });
    // Increases 3 and 1 by their own values: projections ±2, variance (4 + 4) / (2 − 1) × 2 / 2² = 4, of which 1.96 deviations.
    const own = { increases: [Float64Array.of(3, 1)], donors: [Int32Array.of(0, 1)] };
    const { low, high } = lossInterval({ ...own, weights: undefined, groups: undefined }, 0.95);
    expect(high).toBeCloseTo(2 + 2 * 1.959964, 5);
    expect(low).toBeCloseTo(2 - 2 * 1.959964, 5);
  });

  test("is that of as many subscribers where rows of one subscriber repeat", () => {
    const increases = Float64Array.from({ length: 40 }, (_, i) => Math.sin(i));
    const donors = donorsOf(40, undefined, 3, 0);
    const once = lossInterval(
      { increases: [increases], donors: [donors], weights: undefined, groups: undefined },
      0.95,
    );
    const twice = lossInterval(
      {
        increases: [Float64Array.of(...increases, ...increases)],
        donors: [Int32Array.from([...donors, ...donors.map((row) => row + 40)])],
        weights: undefined,
        groups: Int32Array.from({ length: 80 }, (_, i) => i % 40),
      },
      0.95,
    );
    expect(twice.low).toBeCloseTo(once.low ?? 0, 12);
    expect(twice.high).toBeCloseTo(once.high ?? 0, 12);
  });

  test("holds the truth in 95% of samples, and is not much too wide", async () => {
    // The truth is the mean over all samples, which has an error of about a twentieth of a standard error.
    const found: { value: number; low: number; high: number }[] = [];
    for (let seed = 0; seed < 400; seed++) {
      const { inputs } = await permutationImportance(
        model,
        simulated(200, seed + 10),
        [],
        { ...OPTIONS, seed },
        PULSE,
      );
      const { value, low, high } = inputs.find(({ name }) => name === "y")?.logLoss ?? {};
      found.push({ value: value ?? 0, low: low ?? 0, high: high ?? 0 });
    }
    const truth = mean(found.map(({ value }) => value));
    const covered = found.filter(({ low, high }) => low <= truth && truth <= high).length / found.length;
    expect(covered).toBeGreaterThan(0.92);
    expect(covered).toBeLessThan(0.99);
  });
});

describe("row shares of the ROC AUC", () => {
  test("have the AUC as their mean, and DeLong's variance up to the degrees of freedom", () => {
    const random = createRandom(4, "shares");
    const labels = Uint8Array.from({ length: 3000 }, () => (random.next() < 0.3 ? 1 : 0));
    const scores = Float64Array.from(labels, (label) => Math.round((label + 2 * random.next()) * 20) / 20);
    const shares = rocAucShares(labels, scores, undefined);
    expect(mean([...shares])).toBeCloseTo(rocAuc(labels, scores), 12);
    const deviation = sampleStandardDeviation([...shares]) / Math.sqrt(3000);
    const { low, high } = rocAucInterval(labels, scores);
    expect((2 * 1.959964 * deviation) / (high - low)).toBeCloseTo(1, 2);
  });

  test("respect weights", () => {
    const labels = Uint8Array.of(1, 0, 1, 0, 1);
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1, 0.1);
    const weights = Float64Array.of(1, 2, 3, 1, 1);
    const shares = rocAucShares(labels, scores, weights);
    expect(weightedMean([...shares], [...weights])).toBeCloseTo(rocAuc(labels, scores, { weights }), 12);
  });
});

describe("donors", () => {
  test("without weights are a permutation, another one for each repeat", () => {
    const first = donorsOf(50, undefined, 0, 0);
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, row) => row));
    expect(donorsOf(50, undefined, 0, 0)).toEqual(first);
    expect(donorsOf(50, undefined, 0, 1)).not.toEqual(first);
  });

  test("a row is a donor as often as its weight demands", () => {
    const weights = Float64Array.from({ length: 60 }, (_, row) => (row < 20 ? 2 : 0.5));
    const donors = donorsOf(60, weights, 0, 0);
    const counts = new Int32Array(60);
    for (const donor of donors) counts[donor]++;
    expect(counts.subarray(0, 20).every((count) => count === 2)).toBe(true);
    expect(counts.subarray(20).reduce((sum, count) => sum + count, 0)).toBe(20);
  });
});
