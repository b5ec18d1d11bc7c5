import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/random.js";
import { chiSquareQuantile, driftReport } from "../../src/scoring/batch/drift.js";
import { type NumberBins, referenceDistribution } from "../../src/vectors/reference-distribution.js";
import { categorical, numeric, vectorsOf } from "../support/vectors.js";

const bins = (counts: readonly number[], missing = 0): NumberBins => ({
  edges: counts.slice(1).map((_, edge) => edge),
  counts,
  missing,
});

describe("driftReport", () => {
  test("is the population stability index, with half a row more in every bin", () => {
    const reference = { rows: 100, scores: bins([60, 30], 10), inputs: [] };
    const { scores } = driftReport(reference, 100, bins([30, 60], 10), []);
    // By hand: the shares are 60.5, 30.5 and 10.5 of 101.5, and the other way round.
    const share = (rows: number) => rows / 101.5;
    const byHand =
      (share(30.5) - share(60.5)) * Math.log(30.5 / 60.5) +
      (share(60.5) - share(30.5)) * Math.log(60.5 / 30.5);
    expect(scores.psi).toBeCloseTo(byHand, 12);
    expect(scores.isDrift).toBe(true);
  });

  test("sorts by drift, the largest first, with new categories and missing values counted", () => {
    const reference = {
      rows: 3000,
      scores: bins([1500, 1500]),
      inputs: [bins([1500, 1500]), { counts: [3000, 0], missing: 0 }, { counts: [1000, 2000], missing: 0 }],
    };
    const { inputs } = driftReport(reference, 3000, bins([1500, 1500]), [
      { input: "same", counts: [1500, 1500], missing: 0 },
      { input: "new category", counts: [2000, 1000], missing: 0 },
      { input: "missing", counts: [1000, 1500], missing: 500 },
    ]);
    expect(inputs.map(({ input, isDrift }) => [input, isDrift])).toEqual([
      ["new category", true],
      ["missing", true],
      ["same", false],
    ]);
  });

  test("reports drift for small samples of one population in at most one run of a hundred, for large ones never", () => {
    const random = createRandom(5, "drift");
    const sample = (rows: number) =>
      vectorsOf(...Array.from({ length: 6 }, (_, f) => numeric(`f${f}`, draw(rows))));
    const draw = (rows: number) => Array.from({ length: rows }, () => random.normal());
    const alarmsOf = (training: number, rows: number, runs: number) => {
      let alarms = 0;
      for (let run = 0; run < runs; run++) {
        const reference = referenceDistribution(sample(training), 6, Float64Array.from(draw(training)));
        const now = sample(rows);
        const counts = now.features.map((feature, i) => {
          const edges = (reference.inputs[i] as NumberBins).edges;
          const found = new Array<number>(edges.length + 1).fill(0);
          if (feature.kind === "numeric")
            for (const value of feature.values) found[edges.filter((edge) => value > edge).length]++;
          return { input: feature.name, counts: found, missing: 0 };
        });
        const { inputs } = driftReport(reference, rows, reference.scores, counts);
        if (inputs.some(({ isDrift }) => isDrift)) alarms++;
      }
      return alarms;
    };
    // 400 runs of a chance of 1% each: more than 11 would have a chance of 0.2%.
    expect(alarmsOf(200, 100, 400)).toBeLessThanOrEqual(11);
    expect(alarmsOf(2000, 2000, 50)).toBe(0);
  });

  test("reports no drift for a feature that is the same in all rows", () => {
    const reference = { rows: 10, scores: bins([10]), inputs: [bins([10])] };
    const report = driftReport(reference, 5, bins([5]), [{ input: "x", counts: [5], missing: 0 }]);
    expect([report.scores.psi, report.inputs[0].psi]).toEqual([0, 0]);
  });
});

test("chiSquareQuantile is within 2% of scipy's from three degrees of freedom on", () => {
  // scipy 1.17: chi2.ppf(p, df)
  const scipy = [
    [0.99, 3, 11.344866730144373],
    [0.99, 10, 23.209251158954356],
    [0.999, 9, 27.877164871256568],
    [0.9999, 10, 35.56401394194],
    [0.95, 30, 43.77297182574219],
  ];
  for (const [probability, degrees, expected] of scipy) {
    expect(Math.abs(chiSquareQuantile(probability, degrees) / expected - 1)).toBeLessThan(0.02);
  }
});

describe("referenceDistribution", () => {
  test("has the distinct deciles as edges, the rows of each bin, and missing rows separately", () => {
    const values = [...Array.from({ length: 20 }, (_, i) => i + 1), null];
    const vectors = vectorsOf(
      numeric("x", values),
      numeric(
        "same",
        values.map(() => 7),
      ),
      categorical(
        "c",
        values.map((_, i) => (i % 3) - 1),
        ["a"],
      ),
    );
    const { inputs, rows } = referenceDistribution(vectors, 3, new Float64Array(21));
    expect(rows).toBe(21);
    expect(inputs).toEqual([
      { edges: [2, 4, 6, 8, 10, 12, 14, 16, 18], counts: new Array(10).fill(2), missing: 1 },
      { edges: [], counts: [21], missing: 0 },
      { counts: [7, 7], missing: 7 },
    ]);
  });
});
