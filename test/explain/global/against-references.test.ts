import { describe, expect, test } from "vitest";
import { gridOf } from "../../../src/explain/global/curves/grid.js";
import { pairInteractions } from "../../../src/explain/global/curves/interactions.js";
import { localEffects } from "../../../src/explain/global/curves/local-effects.js";
import { meanPredictions } from "../../../src/explain/global/curves/mean-predictions.js";
import { numeric, vectorsOf } from "../../support/vectors.js";
import { formulaModel, PULSE } from "./support.js";

// All numbers of the data are multiples of 1/64: the same to the last bit in Python.
const x1 = Array.from({ length: 60 }, (_, i) => ((i * 37) % 101) / 32 - 1.5);
const x2 = x1.map((value, i) => ((i * 53) % 97) / 32 + value / 2 - 2);
const x3 = x1.map((_, i) => ((i * 29) % 89) / 32 - 1);
const rows = { vectors: vectorsOf(numeric("x1", x1), numeric("x2", x2)), weights: undefined };
const line = formulaModel(rows.vectors.features, ([a, b]) => -0.5 + 0.8 * a - 0.6 * b);
const product = formulaModel(rows.vectors.features, ([a, b]) => -0.5 + 0.8 * a - 0.6 * b + 0.7 * a * b);

/** Sums of 60 numbers in another order. */
const DIGITS = 12;

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], DIGITS);
  });
}

describe("partial dependence is that of scikit-learn 1.9.1", () => {
  // partial_dependence(LogisticRegression with coef_ [[0.8, -0.6]] and intercept_ [-0.5], method="brute", grid_resolution=5,
  // percentiles=(0, 1)), response_method "predict_proba" and "decision_function".
  test.each([
    [
      0,
      [-1.5, -0.71875, 0.0625, 0.84375, 1.625],
      [0.22053521511684326, 0.33549123327315067, 0.47237596400725224, 0.6136301506002987, 0.739387962488556],
      [-1.36640625, -0.74140625, -0.11640624999999999, 0.50859375, 1.13359375],
    ],
    [
      1,
      [-2.75, -1.7890625, -0.828125, 0.1328125, 1.09375],
      [0.7432162503303432, 0.6324755926114816, 0.5076810562624974, 0.3820407555398921, 0.2690444039014888],
      [
        1.1879166666666667, 0.6113541666666668, 0.034791666666666624, -0.5417708333333332,
        -1.1183333333333334,
      ],
    ],
  ])("of the input at %i", async (position, grid, probabilities, margins) => {
    const points = grid.map((value) => [value]);
    const means = await meanPredictions(line, rows, [position], points, PULSE);
    expectClose(
      means.map(({ probability }) => probability),
      probabilities,
    );
    expectClose(
      means.map(({ margin }) => margin),
      margins,
    );
  });

  test("more rows and points than are predicted at once change no number", async () => {
    const points = Array.from({ length: 400 }, (_, i) => [i / 100 - 2]);
    const all = await meanPredictions(product, rows, [0], points, PULSE);
    const [alone] = await meanPredictions(product, rows, [0], [points[250]], PULSE);
    expect(all[250]).toEqual(alone);
  });

  test("rows of weight 2 count twice", async () => {
    const weights = Float64Array.from(x1, (_, i) => (i < 10 ? 2 : 1));
    const twice = {
      vectors: vectorsOf(
        numeric("x1", [...x1, ...x1.slice(0, 10)]),
        numeric("x2", [...x2, ...x2.slice(0, 10)]),
      ),
      weights: undefined,
    };
    const [weighted] = await meanPredictions(product, { ...rows, weights }, [1], [[0.5]], PULSE);
    const [repeated] = await meanPredictions(product, twice, [1], [[0.5]], PULSE);
    expect(weighted.margin).toBeCloseTo(repeated.margin, DIGITS);
    expect(weighted.probability).toBeCloseTo(repeated.probability, DIGITS);
  });
});

describe("accumulated local effects", () => {
  // Margins are those of PyALE 1.2.0 with grid_size 4; probabilities those of the same formula (Apley & Zhu 2020) in numpy.
  test.each([
    [
      0,
      [-1.5, -0.78125, 0.03125, 0.8125, 1.625],
      [-0.3604248046875004, -0.5857080078125, -0.0992236328124999, 0.37253743489583335, 0.9852132161458335],
      [
        -0.10269229262856179, -0.11645318114272829, -0.0277213469618295, 0.08470198286671064,
        0.22163738310425612,
      ],
    ],
    [
      1,
      [-2.75, -1.3125, -0.4375, 0.015625, 1.09375],
      [
        1.8474971516927083, 0.1485518391927081, -0.28329711914062505, -0.42829711914062507,
        -0.7214123535156252,
      ],
      [
        0.3232535379703267, 0.05003995442710518, -0.05539623328676818, -0.08709699378762414,
        -0.13834699267575234,
      ],
    ],
  ])("of the input at %i are those of PyALE and numpy", (position, grid, margins, probabilities) => {
    const values = Float64Array.from(position === 0 ? x1 : x2);
    expect(gridOf(values, undefined, 5)).toEqual(grid);
    const effects = localEffects(product, rows, position, grid);
    expectClose(
      effects.map(({ margin }) => margin),
      margins,
    );
    expectClose(
      effects.map(({ probability }) => probability),
      probabilities,
    );
  });

  test("of a line are the line, less its mean at the middles of the intervals", () => {
    const four = { vectors: vectorsOf(numeric("x", [0, 1, 2, 4])), weights: undefined };
    const steep = formulaModel(four.vectors.features, ([x]) => 3 * x);
    // Middles of 0 (twice, as 0 is in the first interval), 1 and 2: 3 × (0.5 + 0.5 + 1.5 + 3) / 4.
    const mean = 4.125;
    const effects = localEffects(steep, four, 0, [0, 1, 2, 4]);
    expectClose(
      effects.map(({ margin }) => margin),
      [0 - mean, 3 - mean, 6 - mean, 12 - mean],
    );
  });

  test("are not misled by combinations that never occur, as partial dependence is", async () => {
    // x and y are equal in all rows; the model differs only where they are not.
    const values = Array.from({ length: 40 }, (_, i) => i / 10);
    const alike = { vectors: vectorsOf(numeric("x", values), numeric("y", values)), weights: undefined };
    const model = formulaModel(
      alike.vectors.features,
      ([x, y]) => x + 100 * Math.max(0, Math.abs(x - y) - 1),
    );
    const grid = gridOf(Float64Array.from(values), undefined, 11);
    const effects = localEffects(model, alike, 0, grid);
    expect(effects[10].margin - effects[0].margin).toBeCloseTo(3.9, DIGITS);
    const means = await meanPredictions(model, alike, [0], [[0], [3.9]], PULSE);
    expect(means[0].margin).toBeGreaterThan(50);
  });
});

describe("Friedman and Popescu's H", () => {
  test("is that of a calculation in numpy, where the joint dependence is everything", async () => {
    const { pairs } = await pairInteractions(product, rows, [0, 1], PULSE);
    expect(pairs[0].inputs).toEqual(["x1", "x2"]);
    expect(pairs[0].h).toBeCloseTo(0.7499199287253209, DIGITS);
    expect(pairs[0].strength).toBeCloseTo(0.6953227543380103, DIGITS);
  });

  test("is that of a calculation in numpy, averaged over a third input", async () => {
    const vectors = vectorsOf(numeric("x1", x1), numeric("x2", x2), numeric("x3", x3));
    const model = formulaModel(vectors.features, ([a, b, c]) => Math.sin(a) + a * b * c + 0.3 * b);
    const { pairs } = await pairInteractions(model, { vectors, weights: undefined }, [0, 1, 2], PULSE);
    expect(pairs.map(({ inputs }) => inputs.join())).toEqual(["x1,x3", "x2,x3", "x1,x2"]);
    expectClose(
      pairs.flatMap(({ h, strength }) => [h ?? 0, strength]),
      [
        0.9250580692131003, 0.5699942518465234, 1.2876700740373583, 0.4286047700237714, 0.5823518817346255,
        0.42675835418210956,
      ],
    );
  });

  const signs = vectorsOf(numeric("x1", [-1, -1, 1, 1]), numeric("x2", [-1, 1, -1, 1]));
  const whole = { vectors: signs, weights: undefined };

  test("is 1 for x1 × x2 of mean 0, and 0 for x1 + x2", async () => {
    const times = formulaModel(signs.features, ([a, b]) => a * b);
    const plus = formulaModel(signs.features, ([a, b]) => a + b);
    expect((await pairInteractions(times, whole, [0, 1], PULSE)).pairs[0]).toMatchObject({
      h: 1,
      strength: 1,
    });
    expect((await pairInteractions(plus, whole, [0, 1], PULSE)).pairs[0]).toMatchObject({
      h: 0,
      strength: 0,
    });
  });

  test("does not exist where the two have no effect", async () => {
    const constant = formulaModel(signs.features, () => 0.3);
    const { pairs } = await pairInteractions(constant, whole, [0, 1], PULSE);
    expect(pairs[0]).toMatchObject({ h: null, strength: 0 });
  });
});
