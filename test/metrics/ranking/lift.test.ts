import { describe, expect, it } from "vitest";
import { gainCurve } from "../../../src/metrics/ranking/gain-curve.js";
import { liftAt, topDecileLift } from "../../../src/metrics/ranking/lift.js";
import { liftTable } from "../../../src/metrics/ranking/lift-table.js";
import * as golden from "../golden.js";

describe("liftAt", () => {
  it("compares the rate of the top share with that of all", () => {
    // By hand: 2 of 4 churners in the top 5 of 20 rows.
    expect(liftAt(golden.labels, golden.scores, 0.25)).toBe(2);
    expect(liftAt(golden.labels, golden.scores, 1)).toBe(1);
  });
  it("rounds the top share up to whole rows", () => {
    // ⌈0.11 · 20⌉ = 3 rows hold 2 churners: (2/3) / (4/20).
    expect(liftAt(golden.labels, golden.scores, 0.11)).toBeCloseTo(10 / 3, 14);
    // 0.07 · 100 is 7.000000000000001 in floating point and yet 7 rows.
    const labels = Array.from({ length: 100 }, (_, i) => (i < 7 || i === 50 ? 1 : 0));
    const scores = labels.map((_, i) => -i);
    expect(liftAt(labels, scores, 0.07)).toBe(12.5);
  });
  it("gives rows tied at the edge their share of the places left", () => {
    // Top 2 of 4: one row at 0.9 and one of the three tied ones, of which one in three churns.
    expect(liftAt([1, 1, 0, 0], [0.9, 0.5, 0.5, 0.5], 0.5)).toBeCloseTo((1 + 1 / 3) / 2 / 0.5, 14);
    expect(liftAt([1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5], 0.25)).toBe(1);
  });
  it("takes exactly the share of fractional weights", () => {
    // 0.25 of 2.5 is 0.625: 0.5 of the first (a churner) and 0.125 of the second.
    const lift = liftAt([1, 0, 1], [0.9, 0.8, 0.1], 0.25, { weights: [0.5, 1, 1] });
    expect(lift).toBeCloseTo(0.5 / 0.625 / (1.5 / 2.5), 14);
  });
});

describe("topDecileLift", () => {
  it("is the lift of the top tenth", () => {
    // The top 2 of 20 rows hold 1 of 4 churners.
    expect(topDecileLift(golden.labels, golden.scores)).toBe(2.5);
  });
});

describe("liftTable", () => {
  const table = liftTable(golden.labels, golden.scores, { groupCount: 5 });

  it("groups rows by falling score in equal parts", () => {
    expect(table.map((group) => group.n)).toEqual([4, 4, 4, 4, 4]);
    expect(table.map((group) => group.observedRate)).toEqual([0.5, 0.25, 0.25, 0, 0]);
    expect(table[0].meanScore).toBeCloseTo((0.95 + 0.9 + 0.8 + 0.7) / 4, 15);
  });
  it("derives lift, gain and cumulative lift", () => {
    const rounded = (pick: (group: (typeof table)[number]) => number) =>
      table.map((group) => Number(pick(group).toFixed(12)));
    expect(rounded((group) => group.lift)).toEqual([2.5, 1.25, 1.25, 0, 0]);
    expect(rounded((group) => group.gain)).toEqual([0.5, 0.75, 1, 1, 1]);
    expect(rounded((group) => group.cumulativeLift)).toEqual([
      2.5,
      1.875,
      Number((5 / 3).toFixed(12)),
      1.25,
      1,
    ]);
  });
  it("puts Wilson intervals around the rates and scales them to the lift", () => {
    // scipy 1.17.1: binomtest(2, 4).proportion_ci(method="wilson").
    expect(table[0].observedRateLow).toBeCloseTo(0.15003898915214953, 12);
    expect(table[0].observedRateHigh).toBeCloseTo(0.8499610108478505, 12);
    expect(table[0].liftLow).toBeCloseTo(0.15003898915214953 / 0.2, 12);
    expect(table[4].observedRateLow).toBe(0);
    expect(table[4].observedRateHigh).toBeGreaterThan(0.3);
  });
  it("widens intervals by the effective number of rows", () => {
    // Weights 3, 1, 1, 1 are worth 6² / 12 = 3 rows, and 2 of 6 churn: scipy's interval of 1 in 3.
    const [group] = liftTable([0, 1, 1, 0], [1, 1, 1, 1], { groupCount: 1, weights: [3, 1, 1, 1] });
    expect(group.observedRateLow).toBeCloseTo(0.06149194472039626, 12);
    expect(group.observedRateHigh).toBeCloseTo(0.7923403991979523, 12);
  });
  it("shares tied rows between groups", () => {
    const tied = liftTable([1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5], { groupCount: 2 });
    expect(tied.map((group) => group.observedRate)).toEqual([0.25, 0.25]);
    expect(tied.map((group) => group.gain)).toEqual([0.5, 1]);
  });
  it("makes ten groups of whole rows, the earlier ones longer", () => {
    // Edges ⌈23 · k / 10⌉: 3 5 7 10 12 14 17 19 21 23.
    const labels = Array.from({ length: 23 }, (_, i) => i % 2);
    const groups = liftTable(
      labels,
      labels.map((_, i) => i),
    );
    expect(groups.map((group) => group.n)).toEqual([3, 2, 2, 3, 2, 2, 3, 2, 2, 2]);
  });
  it("makes a group per row when rows are fewer than ten", () => {
    expect(liftTable([1, 0], [0.5, 0.2])).toHaveLength(2);
  });
});

describe("gainCurve", () => {
  it("has a point per distinct score from (0, 0) to (1, 1)", () => {
    const { share, gain } = gainCurve([1, 0, 1, 0], [0.9, 0.5, 0.5, 0.1]);
    expect([...share]).toEqual([0, 0.25, 0.75, 1]);
    expect([...gain]).toEqual([0, 0.5, 1, 1]);
  });
});
