import fc from "fast-check";
import { expect, test } from "vitest";
import { rocAuc } from "../../../src/metrics/index.js";
import { aloneAuc, tallyNumbers } from "../../../src/training/rows/alone-auc.js";
import { stratifiedFolds } from "../../../src/vectors/folds.js";

const ROWS = 60;
const labels = Uint8Array.from({ length: ROWS }, (_, row) => (row % 3 === 0 ? 1 : 0));
const folds = stratifiedFolds(labels, 5, 0);

test("of numbers: the better direction, with missing ones at the better end", () => {
  const cell = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -9, max: 9, noNaN: true }));
  const list = fc.array(fc.option(cell, { nil: Number.NaN }), { minLength: ROWS, maxLength: ROWS });
  fc.assert(
    fc.property(list, (cells) => {
      const values = Float64Array.from(cells);
      const areas = [-1e9, 1e9].map((end) =>
        rocAuc(
          labels,
          values.map((value) => (Number.isNaN(value) ? end : value)),
        ),
      );
      const expected = Math.max(...areas.flatMap((area) => [area, 1 - area]));
      expect(aloneAuc({ kind: "numeric", name: "x", values }, labels, folds)).toBe(expected);
    }),
  );
});

test("of categories: the churn rate in the other folds, shrunk by one row of the overall rate", () => {
  const list = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: ROWS, maxLength: ROWS });
  fc.assert(
    fc.property(list, (cells) => {
      const codes = Int32Array.from(cells);
      const rates = Float64Array.from(codes, (code, row) => {
        let [rows, churned] = [0, 0];
        codes.forEach((other, at) => {
          if (other !== code || folds.of[at] === folds.of[row]) return;
          rows++;
          churned += labels[at];
        });
        return (churned + 20 / 60) / (rows + 1);
      });
      const feature = { kind: "categorical", name: "c", codes, levels: ["a", "b", "c"] } as const;
      expect(aloneAuc(feature, labels, folds)).toBeCloseTo(rocAuc(labels, rates), 12);
    }),
  );
});

test("a tally counts every number once, falling, zero of either sign together", () => {
  const tally = tallyNumbers(Float64Array.of(0, 2, Number.NaN, -0, 2, -1), Uint8Array.of(1, 0, 1, 0, 1, 0));
  expect([...tally.values]).toEqual([2, 0, -1]);
  expect([...tally.positives]).toEqual([1, 1, 0]);
  expect([...tally.negatives]).toEqual([1, 1, 1]);
  expect(tally.missing).toEqual({ positives: 1, negatives: 0 });
});
