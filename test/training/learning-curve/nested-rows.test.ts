import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nestedRows } from "../../../src/training/learning-curve/nested-rows.js";

const SHARES = [0.1, 0.3, 0.6, 1];
const churnersOf = (rows: Int32Array, labels: Uint8Array) => rows.reduce((sum, row) => sum + labels[row], 0);

describe("nestedRows(labels, shares, seed, groups)", () => {
  test("every subset is part of the next, in ascending order, and the last is all rows", () => {
    const rowLabels = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 2, maxLength: 200 });
    fc.assert(
      fc.property(rowLabels, fc.nat(), (list, seed) => {
        const subsets = nestedRows(Uint8Array.from(list), SHARES, seed);
        subsets.forEach((rows, i) => {
          expect(rows).toEqual(Int32Array.from(rows).sort());
          const next = new Set(subsets[i + 1] ?? list.keys());
          expect(rows.every((row) => next.has(row))).toBe(true);
        });
        expect(subsets[3]).toEqual(Int32Array.from(list.keys()));
      }),
    );
  });

  test("holds that share of the churners and of the others, within half a row", () => {
    const labels = Uint8Array.from({ length: 1001 }, (_, row) => (row % 7 === 0 ? 1 : 0));
    nestedRows(labels, SHARES, 3).forEach((rows, i) => {
      const churners = churnersOf(rows, labels);
      expect(Math.abs(churners - SHARES[i] * 143)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(rows.length - churners - SHARES[i] * 858)).toBeLessThanOrEqual(0.5);
    });
  });

  test("keeps the rows of a group together, stratified by whether any of them churned", () => {
    const groups = Int32Array.from({ length: 600 }, (_, row) => row % 150);
    const labels = Uint8Array.from({ length: 600 }, (_, row) => (row < 30 ? 1 : 0));
    const subsets = nestedRows(labels, SHARES, 1, groups);
    for (const rows of subsets) {
      const counts = new Map<number, number>();
      for (const row of rows) counts.set(groups[row], (counts.get(groups[row]) ?? 0) + 1);
      expect(new Set(counts.values())).toEqual(new Set([4]));
    }
    expect(subsets.map((rows) => churnersOf(rows, labels))).toEqual([3, 9, 18, 30]);
  });

  test("depends on the seed alone", () => {
    const labels = Uint8Array.from({ length: 100 }, (_, row) => row % 2);
    expect(nestedRows(labels, SHARES, 5)).toEqual(nestedRows(labels, SHARES, 5));
    expect(nestedRows(labels, SHARES, 6)[0]).not.toEqual(nestedRows(labels, SHARES, 5)[0]);
    // A further share changes no other.
    expect(nestedRows(labels, [0.1, 0.2, 0.3], 5)[2]).toEqual(nestedRows(labels, SHARES, 5)[1]);
  });
});
