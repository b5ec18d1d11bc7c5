import { describe, expect, test } from "vitest";
import {
  fitLinearEncoding,
  type LinearTerm,
  linearColumnNames,
  linearDesign,
  linearMargin,
} from "../../src/vectors/linear-design.js";
import { categorical, numeric, rowOf, vectorsOf } from "../support/vectors.js";

const VECTORS = vectorsOf(
  numeric("tenure", [1, 5, 3, 11]),
  numeric("charge", [2, null, 4, null]),
  numeric("same", [7, 7, 7, 7]),
  categorical("Contract", [0, 1, 0, 1], ["Month-to-month", "Two year"]),
  categorical("State", [0, 1, -1, 0], ["KS"]),
);

function numericTerm(term: LinearTerm): Extract<LinearTerm, { kind: "numeric" }> {
  if (term.kind !== "numeric") throw new Error("not numeric");
  return term;
}

describe("fitLinearEncoding", () => {
  test("learns mean and population deviation of the values that are not missing", () => {
    const [tenure, charge] = fitLinearEncoding(VECTORS).terms.map((term) => ({ ...term }));
    // mean (1 + 5 + 3 + 11)/4 = 5; variance (16 + 0 + 4 + 36)/4 = 14.
    expect(tenure).toMatchObject({ mean: 5, deviation: Math.sqrt(14), missingAt: -1 });
    expect(charge).toMatchObject({ mean: 3, deviation: 1 });
  });

  test("names columns by feature, level, other and missing", () => {
    expect(linearColumnNames(fitLinearEncoding(VECTORS))).toEqual([
      "tenure",
      "charge",
      "charge is missing",
      "Contract = Month-to-month",
      "Contract = Two year",
      "State = KS",
      "State = other",
      "State is missing",
    ]);
  });

  test("gives a feature that does not vary no column", () => {
    expect(fitLinearEncoding(VECTORS).terms[2]).toMatchObject({ name: "same", at: -1, missingAt: -1 });
    const rounding = fitLinearEncoding(vectorsOf(numeric("x", [0.1 + 0.2, 0.3, 0.3])));
    expect(rounding.columnCount).toBe(0);
  });

  test.each([
    ["huge", 1e300],
    ["tiny", 1e-300],
  ])("scales %s values as it scales ordinary ones", (_, size) => {
    const values = [1, 5, 3, 11].map((value) => value * size);
    const { deviation, mean } = numericTerm(fitLinearEncoding(vectorsOf(numeric("x", values))).terms[0]);
    expect(mean / size).toBeCloseTo(5, 12);
    expect(deviation / size).toBeCloseTo(Math.sqrt(14), 12);
  });
});

describe("linearDesign", () => {
  test("standardises numbers, and marks levels, other and missing with 1", () => {
    const encoding = fitLinearEncoding(VECTORS);
    const { columns, values, slots, rowCount } = linearDesign(encoding, VECTORS);
    const dense = Array.from({ length: rowCount }, (_, row) => {
      const line = new Array<number>(encoding.columnCount).fill(0);
      for (let s = row * slots; s < (row + 1) * slots; s++) if (columns[s] >= 0) line[columns[s]] = values[s];
      return line;
    });
    const d = Math.sqrt(14);
    expect(dense).toEqual([
      [-4 / d, -1, 0, 1, 0, 1, 0, 0],
      [0, 0, 1, 0, 1, 0, 1, 0],
      [-2 / d, 1, 0, 1, 0, 0, 0, 1],
      [6 / d, 0, 1, 0, 1, 1, 0, 0],
    ]);
  });

  test("gives what training never saw no indicator", () => {
    const trained = fitLinearEncoding(
      vectorsOf(numeric("charge", [1, 2]), categorical("State", [0, 0], ["KS"])),
    );
    const scored = vectorsOf(numeric("charge", [null, null]), categorical("State", [1, -1], ["KS"]));
    const { columns, values } = linearDesign(trained, scored);
    // The number's own column is present, at its mean; there is no indicator of its missing value.
    expect([...columns]).toEqual([0, -1, 0, -1]);
    expect([...values]).toEqual([0, 0, 0, 0]);
  });
});

describe("linearMargin", () => {
  test("is the intercept plus coefficients times the design's row, to the last bit", () => {
    const encoding = fitLinearEncoding(VECTORS);
    const coefficients = Float64Array.from({ length: encoding.columnCount }, (_, j) => Math.sin(j + 1) / 3);
    const { columns, values, slots } = linearDesign(encoding, VECTORS);
    for (let row = 0; row < VECTORS.rowCount; row++) {
      let expected = 0.1;
      for (let s = row * slots; s < (row + 1) * slots; s++) {
        if (columns[s] >= 0) expected += coefficients[columns[s]] * values[s];
      }
      expect(linearMargin(encoding, 0.1, coefficients, rowOf(VECTORS, row))).toBe(expected);
    }
  });

  test("stays finite for values extremely far from all training values", () => {
    const encoding = fitLinearEncoding(vectorsOf(numeric("a", [0.1, 0.2]), numeric("b", [0.1, 0.2])));
    expect(linearMargin(encoding, 0, [1e3, -1e3], Float64Array.of(1e308, 1e308))).toBe(0);
  });
});
