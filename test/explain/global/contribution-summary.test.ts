import { describe, expect, test } from "vitest";
import { contributionSummary } from "../../../src/explain/global/contributions/contribution-summary.js";
import { levelBands, numberBands } from "../../../src/explain/global/contributions/value-bands.js";
import { gridOf, histogramAt } from "../../../src/explain/global/curves/grid.js";
import { categorical, numeric, vectorsOf } from "../../support/vectors.js";
import { formulaModel, PULSE } from "./support.js";

const OPTIONS = { most: 100, seed: 0 };

describe("the summary of contributions", () => {
  const vectors = vectorsOf(
    numeric("day", [0, 1, 2, 3, null]),
    numeric("night", [4, 4, 4, 4, 4]),
    categorical("tariff", [0, 0, 1, 2, -1], ["a", "b"]),
  );
  const model = formulaModel(
    vectors.features,
    ([day, , tariff]) => 0.5 + (day || 0) + (tariff === 1 ? 2 : 0),
  );
  const families = [
    { name: "usage", inputs: ["day", "night"], positions: [0, 1] },
    { name: "all", inputs: ["day", "night", "tariff"], positions: [0, 1, 2] },
  ];

  test("of a sum is how far each term is from its mean over the rows compared with", async () => {
    const found = await contributionSummary(model, { vectors, weights: undefined }, families, OPTIONS, PULSE);
    // The model is of no known family and has no reference distribution: it is compared with the five rows, mean 1.2 and 0.4.
    expect(found).toMatchObject({ rows: 5, comparedWith: "rows of the table" });
    expect(found.baseValue).toBeCloseTo(0.5 + 1.2 + 0.4, 12);
    const [day, tariff, night] = found.features;
    expect([day.feature, tariff.feature, night.feature]).toEqual(["day", "tariff", "night"]);
    expect(day.meanAbsolute).toBeCloseTo((1.2 + 0.2 + 0.8 + 1.8 + 1.2) / 5, 12);
    expect(tariff.meanAbsolute).toBeCloseTo((4 * 0.4 + 1.6) / 5, 12);
    expect(night.meanAbsolute).toBe(0);
    const sums = [-1.6, -0.6, 2.4, 1.4, -1.6].reduce((sum, value) => sum + Math.abs(value), 0);
    expect(found.families[0]).toMatchObject({ name: "all", features: ["day", "night", "tariff"] });
    expect(found.families[0].meanAbsolute).toBeCloseTo(sums / 5, 12);
  });

  test("has a band for each of few values, for categories, other and missing", async () => {
    const { features } = await contributionSummary(
      model,
      { vectors, weights: undefined },
      [],
      OPTIONS,
      PULSE,
    );
    expect(features[0].bands.map(({ from, level, rows }) => [from ?? level, rows])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 1],
      ["missing", 1],
    ]);
    expect(features[1].bands.map(({ level, share }) => [level, share])).toEqual([
      ["a", 0.4],
      ["b", 0.2],
      ["other", 0.2],
      ["missing", 0.2],
    ]);
    expect(features[1].bands[1].quantiles.median).toBeCloseTo(1.6, 12);
  });

  test("rows of weight 2 count twice", async () => {
    const weights = Float64Array.of(2, 1, 1, 1, 1);
    const found = await contributionSummary(model, { vectors, weights }, [], OPTIONS, PULSE);
    const [day] = found.features;
    expect(day.bands[0].share).toBeCloseTo(2 / 6, 12);
    expect(day.meanAbsolute).toBeCloseTo((2 * 1.2 + 0.2 + 0.8 + 1.8 + 1.2) / 6, 12);
  });

  test("a total is of the family that all of its parts are of", async () => {
    const three = vectorsOf(
      numeric("day", [1, 2, 3]),
      numeric("night", [3, 3, 1]),
      numeric("sum", [4, 5, 4]),
    );
    const reading = formulaModel(three.features, (row) => row[2], [{ name: "sum", of: [0, 1] }]);
    const parts = [
      { name: "days", inputs: ["day"], positions: [0] },
      { name: "usage", inputs: ["day", "night"], positions: [0, 1] },
    ];
    const found = await contributionSummary(
      reading,
      { vectors: three, weights: undefined },
      parts,
      OPTIONS,
      PULSE,
    );
    expect(found.families.map(({ name, features }) => [name, features])).toEqual([
      ["usage", ["day", "night", "sum"]],
      ["days", ["day"]],
    ]);
    expect(found.features[0]).toMatchObject({ feature: "sum", isTotal: true });
  });
});

describe("value bands", () => {
  test("of many numbers are fifths of the rows, and every row is in one band", () => {
    const values = Float64Array.from({ length: 103 }, (_, i) => (i < 3 ? Number.NaN : (i * 7) % 100));
    const bands = numberBands(values, undefined);
    expect(bands.map(({ rows }) => rows.length)).toEqual([20, 20, 20, 20, 20, 3]);
    expect(bands.map(({ from, to, level }) => [from, to, level])).toEqual([
      [0, 19, null],
      [19, 39, null],
      [39, 59, null],
      [59, 79, null],
      [79, 99, null],
      [null, null, "missing"],
    ]);
  });

  test("of a number without values are missing values only", () => {
    expect(numberBands(Float64Array.of(Number.NaN, Number.NaN), undefined)).toMatchObject([
      { level: "missing" },
    ]);
  });

  test("of many categories are the ten most frequent, and the rest", () => {
    const levels = Array.from({ length: 30 }, (_, i) => `level ${i}`);
    const codes = Float64Array.from({ length: 465 }, (_, i) => Math.floor((Math.sqrt(8 * i + 1) - 1) / 2));
    const bands = levelBands(codes, levels, undefined);
    expect(bands).toHaveLength(11);
    expect([bands[0].level, bands[0].rows.length]).toEqual(["level 29", 30]);
    expect(bands[10].level).toBe("the rest");
    expect(bands.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(465);
  });
});

describe("the grid of a curve", () => {
  const values = Float64Array.from({ length: 101 }, (_, i) => i ** 2);

  test("holds quantiles that are values of rows, from the least to the greatest; few values as they are", () => {
    expect(gridOf(values, undefined, 5)).toEqual([0, 625, 2500, 5625, 10000]);
    expect(gridOf(Float64Array.of(3, 1, Number.NaN, 1), undefined, 5)).toEqual([1, 3]);
    expect(gridOf(Float64Array.of(Number.NaN), undefined, 5)).toEqual([]);
  });

  test("has no point twice where many rows share a value", () => {
    const flat = Float64Array.from({ length: 100 }, (_, i) => (i < 90 ? 0 : i));
    const grid = gridOf(flat, undefined, 5);
    expect(grid).toEqual([0, 99]);
  });

  test("has a histogram of all rows with values; density is by width, at the ends as elsewhere", () => {
    const cells = histogramAt([0, 1, 3], Float64Array.of(0, 0, 1, 3), undefined);
    expect(cells).toEqual([
      { share: 0.5, density: 0.5 },
      { share: 0.25, density: 0.25 / 1.5 },
      { share: 0.25, density: 0.125 },
    ]);
    expect(histogramAt([7], Float64Array.of(7, 7), undefined)).toEqual([{ share: 1, density: null }]);
    const between = histogramAt([0, 4], Float64Array.of(0, 1, 3, 4), undefined);
    expect(between).toEqual([
      { share: 0.5, density: 0.25 },
      { share: 0.5, density: 0.25 },
    ]);
  });
});
