import { describe, expect, it } from "vitest";
import { hMeasure } from "../../../src/metrics/ranking/h-measure.js";
import { labels, scores } from "../golden.js";
import { profitCases } from "../profit-cases.js";

describe("hMeasure", () => {
  it("has the golden values", () => {
    expect(hMeasure(labels, scores)).toBeCloseTo(0.4492465, 7);
    expect(hMeasure(labels, scores, { severity: { alpha: 2, beta: 2 } })).toBeCloseTo(0.3621189, 7);
  });
  it("takes alpha for the side where contacting those who stay is expensive", () => {
    // Only the top is clean: where false alarms are expensive (high c) that is worth much, where misses are, nothing.
    const [labels, scores] = [
      [1, 1, 0, 0, 1, 0, 0, 1],
      [8, 7, 6, 5, 4, 3, 2, 1],
    ];
    const dear = hMeasure(labels, scores, { severity: { alpha: 8, beta: 2 } });
    const cheap = hMeasure(labels, scores, { severity: { alpha: 2, beta: 8 } });
    expect(dear).toBeGreaterThan(0.4);
    expect(cheap).toBeLessThan(0.1);
  });
  it("is 1 for a perfect ranking and 0 for a constant or a ranking turned around", () => {
    for (const severity of [undefined, { alpha: 2, beta: 2 }, { alpha: 0.5, beta: 9 }]) {
      expect(hMeasure([1, 0, 1, 0, 0], [0.9, 0.2, 0.8, 0.1, 0.1], { severity })).toBe(1);
      expect(hMeasure([1, 0, 1, 0, 0], [7, 7, 7, 7, 7], { severity })).toBe(0);
      expect(hMeasure([1, 0, 1, 0, 0], [0.1, 0.8, 0.1, 0.9, 0.9], { severity })).toBe(0);
    }
  });
});

describe.each(profitCases)("on a sample with $name", ({ labels, scores, options, hMeasure: expected }) => {
  it("hMeasure agrees with numerical integration", () => {
    expect(hMeasure(labels, scores, options)).toBeCloseTo(expected.default, 12);
    expect(hMeasure(labels, scores, { ...options, severity: { alpha: 2, beta: 2 } })).toBeCloseTo(
      expected.even,
      12,
    );
    expect(hMeasure(labels, scores, { ...options, severity: { alpha: 3, beta: 1.5 } })).toBeCloseTo(
      expected.severe,
      12,
    );
  });
});
