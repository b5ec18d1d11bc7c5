import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeInColumns } from "../../../src/trees/binning/byte-columns.js";

describe("placeInColumns", () => {
  test("puts features together while the product of their bins fits a byte", () => {
    const { places, columnCount } = placeInColumns([255, 5, 50, 3]);
    expect(columnCount).toBe(3);
    expect(places[1].column).toBe(places[2].column);
    expect(places[2]).toEqual({ column: 1, divisor: 1, columnBins: 250 });
    expect(places[1]).toEqual({ column: 1, divisor: 50, columnBins: 250 });
    expect(places[3]).toEqual({ column: 2, divisor: 1, columnBins: 3 });
  });

  test("gives every combination of bins a different byte, from which each bin is read back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 256 }), { minLength: 1, maxLength: 30 }), (bins) => {
        const { places, columnCount } = placeInColumns(bins);
        const bytes = new Array<number>(columnCount).fill(0);
        const row = bins.map((count) => count - 1);
        row.forEach((bin, f) => {
          bytes[places[f].column] += bin * places[f].divisor;
        });
        expect(Math.max(...bytes)).toBeLessThan(256);
        row.forEach((bin, f) => {
          expect(Math.floor(bytes[places[f].column] / places[f].divisor) % bins[f]).toBe(bin);
          expect(places[f].columnBins).toBeLessThanOrEqual(256);
        });
      }),
    );
  });
});
