import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Calibrator, CalibratorJson } from "../../src/calibration/calibrator.js";
import { CALIBRATORS, calibratorFromJson, calibratorNames } from "../../src/calibration/calibrators.js";
import { crossVennAbers } from "../../src/calibration/cross-venn-abers.js";
import { tallySample } from "../../src/metrics/sample/tally.js";
import { thrownBy } from "../support/thrown.js";

const ROWS = fc.array(
  fc.record({
    margin: fc.integer({ min: -12, max: 12 }).map((value) => value / 4),
    label: fc.nat(1),
    weight: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 40 },
);
const GRID = Array.from({ length: 81 }, (_, i) => i / 10 - 4);
const RUNS = { seed: 11, numRuns: 150 };

// What holds for every calibrator of the list.
describe.each<Calibrator>([...CALIBRATORS])("$name", (calibrator) => {
  const calibrated = calibrator.fit;

  test("whole weights are repeated rows, and rows of weight 0 are as if absent", () => {
    fc.assert(
      fc.property(
        ROWS.filter((rows) => rows.some(({ weight }) => weight > 0)),
        (rows) => {
          const repeated = rows.flatMap((row) => new Array<typeof row>(row.weight).fill(row));
          const weighted = calibrated(
            rows.map(({ margin }) => margin),
            rows.map(({ label }) => label),
            rows.map(({ weight }) => weight),
          );
          const plain = calibrated(
            repeated.map(({ margin }) => margin),
            repeated.map(({ label }) => label),
          );
          expect(weighted.toJSON()).toEqual(plain.toJSON());
        },
      ),
      RUNS,
    );
  });

  test("never falls, and stays in [0, 1], whatever the data and its order", () => {
    fc.assert(
      fc.property(ROWS, (rows) => {
        const margins = rows.map(({ margin }) => margin);
        const labels = rows.map(({ label }) => label);
        const fitted = calibrated(margins, labels);
        expect(calibrated(margins.toReversed(), labels.toReversed()).toJSON()).toEqual(fitted.toJSON());
        let before = 0;
        for (const margin of GRID) {
          const probability = fitted.probabilityOf(margin);
          expect(probability).toBeGreaterThanOrEqual(before - 1e-15);
          expect(probability).toBeLessThanOrEqual(1);
          before = probability;
        }
      }),
      RUNS,
    );
  });

  test("has a form that model files take, under its name, and with nothing more in it", async () => {
    const { schema, check } = await calibrator.file();
    const form = JSON.parse(JSON.stringify(calibrated([-1, 0, 0.5, 2], [0, 1, 0, 1])));
    expect(form.method).toBe(calibrator.name);
    expect(schema.safeParse(form).success).toBe(true);
    expect(schema.safeParse({ ...form, more: 1 }).success).toBe(false);
    check?.(form, "", (at, expected) => expect.unreachable(`${at} ${expected}`));
  });

  test("fits a tally as it fits the rows of it", () => {
    const [margins, labels, weights] = [
      [2, 0.5, 0, -1, 0.5],
      [1, 0, 1, 0, 1],
      [1, 2, 1, 3, 1],
    ];
    const tally = tallySample(labels, margins, Float64Array.from(weights));
    expect(calibrator.fitTally?.(tally).toJSON()).toEqual(calibrated(margins, labels, weights).toJSON());
  });

  test("gives the same bits from its file form", () => {
    fc.assert(
      fc.property(ROWS, (rows) => {
        const fitted = calibrated(
          rows.map(({ margin }) => margin),
          rows.map(({ label }) => label),
        );
        const copy = calibratorFromJson(JSON.parse(JSON.stringify(fitted)) as CalibratorJson);
        expect(GRID.map((margin) => copy.probabilityOf(margin))).toEqual(
          GRID.map((margin) => fitted.probabilityOf(margin)),
        );
      }),
      RUNS,
    );
  });

  test("reports all problems of a sample", async () => {
    const error = await thrownBy(() => calibrated([0.5, Number.NaN, 2], [1, 0, 2], [1, -1, 1]));
    expect(
      error.problems.map(({ path, received }) => [path.argument?.replace(/^\w+/, ""), received]),
    ).toEqual([
      ["[2]", 2],
      ["[1]", Number.NaN],
      ["[1]", -1],
    ]);
    expect((await thrownBy(() => calibrated([], []))).code).toBe("argument.invalid");
    expect((await thrownBy(() => calibrated([1, 2], [1]))).code).toBe("argument.invalid");
  });
});

test("crossVennAbers gives the same bits from its file form", () => {
  const labels = Uint8Array.from({ length: 60 }, (_, row) => (row % 4 === 0 || row > 50 ? 1 : 0));
  const margins = Float64Array.from(labels, (_, row) => ((row * 37) % 60) / 10 - 3);
  const folds = { count: 4, of: labels.map((_, row) => row % 4) };
  const fitted = crossVennAbers(margins, labels, folds);
  const copy = calibratorFromJson(JSON.parse(JSON.stringify(fitted)) as CalibratorJson);
  for (const margin of GRID) expect(copy.probabilityOf(margin)).toBe(fitted.probabilityOf(margin));
});

test("calibrators have unique names", () => {
  const names = calibratorNames();
  expect(new Set(names).size).toBe(names.length);
});
