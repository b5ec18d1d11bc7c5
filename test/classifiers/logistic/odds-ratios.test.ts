import { expect, test } from "vitest";
import { oddsRatios } from "../../../src/classifiers/logistic/odds-ratios.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { thrownBy } from "../../support/thrown.js";
import { categorical, numeric, vectorsOf } from "../../support/vectors.js";

const { vectors: VECTORS, labels: LABELS } = noisyVectors(400, 21);

/**
 * statsmodels 0.15, Logit(...).fit(tol=1e-14): x and y as they are (missing x at its mean, with an indicator), plan as
 * indicators against level e, the most frequent. [feature, level, coefficient, standard error, p].
 */
const STATSMODELS: [string, string | null, number, number, number][] = [
  ["x", null, 1.092144544, 0.156633154, 3e-12],
  ["x", "missing", 1.219080781, 0.356647353, 0.000630440409],
  ["y", null, -0.128478605, 0.164243328, 0.434070307483],
  ["plan", "a", -0.387423151, 0.48636009, 0.425696871936],
  ["plan", "b", 0.480750093, 0.480170236, 0.316726450046],
  ["plan", "c", 0.863657161, 0.446438287, 0.053045548451],
  ["plan", "d", 1.987724092, 0.459133166, 1.4958571e-5],
  ["plan", "f", 0.455087516, 0.443416561, 0.30474052734],
  ["plan", "other", 0.624397202, 0.453158342, 0.168240759212],
  ["plan", "missing", 0.585759896, 0.465938454, 0.208695153796],
];

test("oddsRatios are those of statsmodels, with its standard errors and p-values", () => {
  const table = oddsRatios(VECTORS, LABELS);
  expect(table.map(({ feature, level }) => [feature, level])).toEqual(
    STATSMODELS.map(([feature, level]) => [feature, level]),
  );
  table.forEach((row, i) => {
    const [feature, , coefficient, error, p] = STATSMODELS[i];
    expect(row.coefficient).toBeCloseTo(coefficient, 7);
    expect(row.standardError).toBeCloseTo(error, 7);
    expect(row.pValue).toBeCloseTo(p, 7);
    expect(row.oddsRatio).toBeCloseTo(Math.exp(coefficient), 6);
    expect(row.low).toBeCloseTo(Math.exp(coefficient - 1.959963985 * error), 6);
    expect(row.high).toBeCloseTo(Math.exp(coefficient + 1.959963985 * error), 5);
    expect(row.reference).toBe(feature === "plan" ? "e" : null);
  });
});

test("oddsRatios have no coefficient for a level all of whose subscribers churned", () => {
  const codes = Array.from({ length: 60 }, (_, row) => (row < 5 ? 1 : 0));
  const labels = Uint8Array.from(codes, (code, row) => (code === 1 || row % 3 === 0 ? 1 : 0));
  const [row] = oddsRatios(vectorsOf(categorical("plan", codes, ["old", "doomed"])), labels);
  expect(row).toMatchObject({ level: "doomed", standardError: null, pValue: null, low: null, high: null });
  expect(row.oddsRatio).toBeGreaterThan(100);
});

test("oddsRatios of collinear columns have no standard error", () => {
  const values = Array.from({ length: 80 }, (_, row) => row % 7);
  const labels = Uint8Array.from(values, (value, row) => ((value + (row % 5)) % 3 === 0 ? 1 : 0));
  const [one, other] = oddsRatios(vectorsOf(numeric("a", values), numeric("b", values)), labels);
  expect([one, other].some(({ standardError }) => standardError === null)).toBe(true);
});

test("oddsRatios: whole weights are that many rows, a penalty narrows the intervals", () => {
  const weights = Float64Array.from(LABELS, (_, row) => 1 + (row % 3));
  const rows = Array.from(LABELS.keys()).flatMap((row) => new Array<number>(weights[row]).fill(row));
  const repeated = {
    rowCount: rows.length,
    features: VECTORS.features.map((feature) =>
      feature.kind === "numeric"
        ? { ...feature, values: Float64Array.from(rows, (row) => feature.values[row]) }
        : { ...feature, codes: Int32Array.from(rows, (row) => feature.codes[row]) },
    ),
  };
  const weighted = oddsRatios(VECTORS, LABELS, { weights });
  const twins = oddsRatios(
    repeated,
    Uint8Array.from(rows, (row) => LABELS[row]),
  );
  const plan = (table: typeof twins) => table.filter(({ feature }) => feature === "plan");
  const byLevel = new Map(twins.map((row) => [`${row.feature} ${row.level}`, row]));
  for (const row of weighted.filter(({ feature }) => feature === "y")) {
    // The standardisation counts rows, not weights: y itself does not depend on it.
    const twin = byLevel.get(`${row.feature} ${row.level}`);
    expect(row.coefficient).toBeCloseTo(twin?.coefficient ?? Number.NaN, 6);
    expect(row.standardError).toBeCloseTo(twin?.standardError ?? Number.NaN, 6);
  }
  const penalised = plan(oddsRatios(VECTORS, LABELS, { lambda: 0.01 }));
  plan(oddsRatios(VECTORS, LABELS)).forEach(({ standardError }, i) => {
    expect(penalised[i].standardError).toBeLessThan(standardError ?? 0);
  });
});

test("oddsRatios refuse labels that are neither 0 nor 1, and labels of one class", async () => {
  expect(
    (
      await thrownBy(() =>
        oddsRatios(
          VECTORS,
          LABELS.map(() => 2),
        ),
      )
    ).code,
  ).toMatch(/labels|argument/);
  await thrownBy(() =>
    oddsRatios(
      VECTORS,
      LABELS.map(() => 1),
    ),
  );
});
