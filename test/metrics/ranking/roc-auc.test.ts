import { describe, expect, it } from "vitest";
import { gini, rocAuc } from "../../../src/metrics/ranking/roc-auc.js";
import * as golden from "../golden.js";

describe("rocAuc", () => {
  it("counts the pairs that a churner wins", () => {
    // By hand: of 4 × 16 pairs the churners at .95, .8, .6, .35 win 16 + 15 + 13 + 9 = 53.
    expect(rocAuc(golden.labels, golden.scores)).toBe(53 / 64);
  });
  it("counts ties as one half", () => {
    expect(rocAuc([1, 0], [0.5, 0.5])).toBe(0.5);
    // Pairs: (0.7 against 0.7) ½, (0.7 against 0.1) 1, (0.1 against 0.7) 0, (0.1 against 0.1) ½.
    expect(rocAuc([1, 0, 1, 0], [0.7, 0.7, 0.1, 0.1])).toBe(0.5);
    expect(rocAuc([1, 0, 0], [0.7, 0.7, 0.1])).toBe(0.75);
  });
  it("is 1 for a perfect ranking and 0 for a reversed one", () => {
    expect(rocAuc([0, 0, 1], [-5, 2, 1e300])).toBe(1);
    expect(rocAuc([1, 1, 0], [-5, 2, 1e300])).toBe(0);
  });
  it("takes −0 and 0 for equal", () => {
    expect(rocAuc([1, 0], [-0, 0])).toBe(0.5);
  });
  it("weighs pairs by the product of their weights", () => {
    // Pairs of weights 2·1 won and 2·3 lost.
    expect(rocAuc([1, 0, 0], [0.5, 0.2, 0.9], { weights: [2, 1, 3] })).toBe(0.25);
  });
  it("takes a million rows", () => {
    const rows = 1_000_000;
    const labels = Uint8Array.from({ length: rows }, (_, i) => i & 1);
    // Every churner is just above the other of its pair: it beats all below and that one, (n + 1) / 2n of them.
    const scores = Float64Array.from({ length: rows }, (_, i) => i);
    expect(rocAuc(labels, scores)).toBeCloseTo(0.5 + 1 / rows, 12);
  });
});

describe("gini", () => {
  it("is 2 · AUC − 1", () => {
    expect(gini(golden.labels, golden.scores)).toBe((2 * 53) / 64 - 1);
  });
});
