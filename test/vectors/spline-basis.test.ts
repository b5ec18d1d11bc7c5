import { mean, standardDeviation } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import { createRandom } from "../../src/random.js";
import { evaluateBasis, fitSplineBasis } from "../../src/vectors/spline-basis.js";
import { noisyVectors } from "../support/noisy-vectors.js";
import { numeric, vectorsOf } from "../support/vectors.js";

const random = createRandom(3, "spline basis");
const VALUES = standardised(Float64Array.from({ length: 500 }, () => random.normal() ** 3));

function standardised(values: Float64Array): Float64Array {
  const [centre, deviation] = [mean([...values]), standardDeviation([...values])];
  return values.map((value) => (value - centre) / deviation);
}
const KINDS = ["spline", "piecewise"] as const;

function columnsAt(kind: (typeof KINDS)[number], u: number): number[] {
  const basis = fitSplineBasis(VALUES, kind);
  if (basis === undefined) throw new Error("no basis");
  const into = new Float64Array(basis.deviations.length);
  evaluateBasis(basis, u, into, 0);
  return [...into];
}

describe.each(KINDS)("fitSplineBasis, %s", (kind) => {
  test("columns have mean 0 and deviation 1, and are uncorrelated with each other and with the value", () => {
    const rows = Array.from(VALUES, (u) => columnsAt(kind, u));
    rows[0].forEach((_, j) => {
      const column = rows.map((row) => row[j]);
      const inner = (other: (row: number) => number) => mean(column.map((value, row) => value * other(row)));
      expect(inner(() => 1)).toBeCloseTo(0, 8);
      expect(inner((row) => column[row])).toBeCloseTo(1, 8);
      expect(inner((row) => VALUES[row])).toBeCloseTo(0, 8);
      for (let i = 0; i < j; i++) expect(inner((row) => rows[row][i])).toBeCloseTo(0, 8);
    });
  });

  test("is straight beyond the outermost knots", () => {
    for (const from of [-60, 50]) {
      const [a, b, c] = [from, from + 2, from + 4].map((u) => columnsAt(kind, u));
      a.forEach((_, j) => {
        expect((a[j] + c[j]) / 2).toBeCloseTo(b[j], 6);
      });
    }
  });

  test("does not bend a feature of two values", () => {
    expect(fitSplineBasis(Float64Array.of(0, 1, 0, 1, 1, Number.NaN), kind)).toBeUndefined();
  });
});

test("an unpenalised logistic spline is that of scipy's natural cubic basis in statsmodels", async () => {
  // y of noisyVectors(400, 21) alone; natural cubic splines with knots at 0, 0.75, 1.25, 1.75 and 2.25 (scipy's
  // CubicSpline, bc_type="natural", straight beyond them), statsmodels 0.15 Logit without a penalty.
  const { vectors, labels } = noisyVectors(400, 21);
  const alone = { rowCount: vectors.rowCount, features: [vectors.features[1]] };
  const options = { terms: "spline", lambda: 0, extrapolate: true } as const;
  const model = await logisticRegression(options).fit(alone, labels);
  const at = [-1, 0.1, 1.25, 2, 2.5, 4];
  const margins = model.margin(vectorsOf(numeric("y", at)));
  const expected = [0.54098514, 0.432530522, 0.404919183, 0.382275386, 0.219048386, 0.023636207];
  at.forEach((_, i) => {
    expect(1 / (1 + Math.exp(-margins[i]))).toBeCloseTo(expected[i], 6);
  });
});
