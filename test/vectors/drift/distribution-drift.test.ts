import { mean } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/random.js";
import { inputDrift, numberDrift } from "../../../src/vectors/drift/distribution-drift.js";
import { populationStability } from "../../../src/vectors/drift/population-stability.js";
import { referenceDistribution } from "../../../src/vectors/reference-distribution.js";
import type { Vectors } from "../../../src/vectors/vectors.js";

const LEVELS = ["basic", "plus"];

/** Rows of two numbers and a category, as the generator draws them, shifted. */
function vectorsOf(rows: number, key: number, shift = 0): Vectors {
  const random = createRandom(key, "drift");
  const list = (draw: () => number) => Float64Array.from({ length: rows }, draw);
  return {
    rowCount: rows,
    features: [
      { kind: "numeric", name: "tenure", values: list(() => Math.floor(72 * random.next()) + shift) },
      {
        kind: "numeric",
        name: "charge",
        values: list(() => (random.next() < 0.1 ? Number.NaN : random.normal())),
      },
      {
        kind: "categorical",
        name: "tariff",
        codes: Int32Array.from({ length: rows }, () => Math.floor(3.5 * random.next() + shift / 50) - 1),
        levels: LEVELS,
      },
    ],
  };
}

const probabilitiesOf = ({ features }: Vectors) =>
  Float64Array.from((features[0] as { values: Float64Array }).values, (each) => each / 200);
const referenceOf = (vectors: Vectors, weights?: Float64Array) =>
  referenceDistribution(vectors, 3, probabilitiesOf(vectors), weights);

describe("populationStability", () => {
  it("agrees with numpy", () => {
    // ((q − p) · log(q / p)).sum() of (count + 0.5) / (n + 0.5 · bins), numpy 2.4.6.
    const { psi, expectedPsi } = populationStability(
      { counts: [100, 120, 80], missing: 100 },
      { counts: [60, 40, 50], missing: 50 },
    );
    expect(psi).toBeCloseTo(0.05990109617355911, 14);
    expect(expectedPsi).toBeCloseTo(3 * (1 / 400 + 1 / 200), 15);
  });

  it("has on average its expected value where nothing changed", () => {
    const random = createRandom(9, "psi");
    const draw = () => {
      const counts = [0, 0, 0, 0, 0, 0];
      for (let i = 0; i < 500; i++) counts[Math.floor(6 * random.next())]++;
      return { counts, missing: 0 };
    };
    const drawn = Array.from({ length: 1000 }, () => populationStability(draw(), draw()));
    const meanPsi = mean(drawn.map(({ psi }) => psi));
    // The mean of 1,000 values of 0.004 · χ²₅ has a standard error of 2% of 0.02; half a row more lowers it by about 1%.
    expect(Math.abs(meanPsi / drawn[0].expectedPsi - 1)).toBeLessThan(0.07);
  });
});

describe("inputDrift", () => {
  it("is 0 for the training rows themselves, with weights too", () => {
    const vectors = vectorsOf(1000, 1);
    const weights = Float64Array.from({ length: 1000 }, (_, row) => 0.5 + (row % 4));
    for (const given of [undefined, weights]) {
      const reference = referenceOf(vectors, given);
      const drift = inputDrift(reference, vectors, { weights: given });
      expect(drift.map(({ psi, pValue, isDrift }) => [psi, pValue, isDrift])).toEqual(
        Array(3).fill([0, 1, false]),
      );
      expect(numberDrift(reference.scores, probabilitiesOf(vectors), given)).toMatchObject({
        psi: 0,
        pValue: 1,
      });
      for (const { bins } of drift) for (const bin of bins) expect(bin.observed).toBe(bin.expected);
    }
  });

  it("names inputs that moved, the worst first, with their bins", () => {
    const reference = referenceOf(vectorsOf(4000, 1));
    const now = vectorsOf(3000, 2, 25);
    const drift = inputDrift(reference, now, { unseen: new Map([["tariff", 0.125]]) });
    expect(drift.map(({ input, isDrift, isLarge }) => [input, isDrift, isLarge])).toEqual([
      ["tenure", true, true],
      ["tariff", true, false],
      ["charge", false, false],
    ]);
    const [tenure, tariff, charge] = drift;
    expect(tenure.kind).toBe("numeric");
    expect(tenure.bins).toHaveLength(10);
    expect(tenure.bins[0]).toMatchObject({ kind: "range", from: null, observed: 0 });
    expect(tenure.bins[9]).toMatchObject({ kind: "range", to: null });
    for (const side of ["expected", "observed"] as const) {
      for (const { bins } of drift) expect(bins.reduce((sum, bin) => sum + bin[side], 0)).toBeCloseTo(1, 12);
    }
    expect(tariff.bins.map(({ kind }) => kind)).toEqual(["category", "category", "other", "missing"]);
    expect(tariff.bins[1]).toMatchObject({ name: "plus" });
    expect([tenure.unseen, tariff.unseen]).toEqual([0, 0.125]);
    expect(charge.missing).toEqual({
      expected: charge.bins[10].expected,
      observed: charge.bins[10].observed,
    });
    expect(inputDrift(reference, now).find(({ input }) => input === "tariff")?.unseen).toBeNull();
  });

  it("is no drift where few rows explain a large index, nor where many rows show a small one", () => {
    const reference = referenceOf(vectorsOf(4000, 1));
    const few = inputDrift(reference, vectorsOf(25, 3));
    expect(few.some(({ psi }) => psi > 0.1)).toBe(true);
    expect(few.every(({ isDrift }) => !isDrift)).toBe(true);
    const many = inputDrift(referenceOf(vectorsOf(200_000, 1)), vectorsOf(200_000, 5, 1));
    const tenure = many.find(({ input }) => input === "tenure");
    expect(tenure?.pValue).toBeLessThan(1e-6);
    expect(tenure).toMatchObject({ isDrift: false, isLarge: false });
  });

  it("gives a false alarm in no more than 1% of samples", () => {
    const reference = referenceOf(vectorsOf(500, 1));
    let alarms = 0;
    for (let key = 100; key < 400; key++) {
      // A reference that is a sample too.
      const drift = inputDrift(
        key % 2 === 0 ? referenceOf(vectorsOf(300, -key)) : reference,
        vectorsOf(120, key),
      );
      if (drift.some(({ isDrift }) => isDrift)) alarms++;
    }
    // 1% of 300; the 99.9% point of that binomial is 9.
    expect(alarms).toBeLessThanOrEqual(9);
  });

  it("weighs rows", () => {
    const vectors = vectorsOf(1000, 4, 20);
    const weights = Float64Array.from({ length: 1000 }, (_, row) => 1 + (row % 2));
    const twice = [...(vectors.features[0].kind === "numeric" ? vectors.features[0].values : [])].flatMap(
      (each, row) => Array<number>(weights[row]).fill(each),
    );
    const { scores } = referenceOf(vectorsOf(2000, 1));
    const values = vectors.features[0].kind === "numeric" ? vectors.features[0].values : new Float64Array();
    expect(numberDrift(scores, values, weights)).toEqual(numberDrift(scores, Float64Array.from(twice)));
  });
});
