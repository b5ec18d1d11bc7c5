import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binomialZ } from "../../../src/analytics/statistics/rates/binomial-z.js";
import { unusualCells } from "../../../src/analytics/statistics/unusual-cells.js";
import { normalCdf } from "../../../src/math/normal-cdf.js";

const cellsOf = (counts: readonly (readonly number[])[]) => counts.map(([base, left]) => ({ base, left }));

describe("binomialZ", () => {
  // scipy 1.17.1: low = binom.cdf(hits - 1, trials, rate) + .5 * binom.pmf(hits, trials, rate), high likewise with binom.sf;
  // norm.ppf(low) or -norm.ppf(high), of the smaller one.
  it.each([
    [0, 30, 0.02, -0.6045405481736289],
    [1, 1, 0.02, 2.3263478740408408],
    [5, 5, 0.9, 0.5381260922478863],
    [120, 1000, 0.02, 15.50971871615017],
    [2100, 100_000, 0.02, 2.244150843987075],
    [3, 40, 0.5, -5.722784783775246],
  ])("of %d in %d at a rate of %d is that of scipy", (hits, trials, rate, expected) => {
    expect(binomialZ(hits, trials, rate)).toBeCloseTo(expected, 9);
  });
  it("stays finite where the tail is too small for a double", () => {
    expect(binomialZ(0, 1e6, 0.02)).toBeCloseTo(-38.47, 1);
    expect(binomialZ(1e6, 1e6, 0.02)).toBeCloseTo(38.47, 1);
  });
});

describe("unusualCells", () => {
  const CELLS = cellsOf([
    [800, 16],
    [900, 70],
    [850, 18],
    [40, 3],
    [12, 0],
    [5000, 93],
    [1, 1],
    [300, 2],
    [2500, 48],
    [640, 9],
    [75, 6],
    [1800, 37],
  ]);
  it("compares as Spiegelhalter: mid-p z over the root of the winsorised overdispersion, q by Benjamini & Hochberg", () => {
    // scipy 1.17.1, numpy: z as of binomialZ with rate = left.sum() / base.sum(); s = sorted z of cells with rate * base >= 1 (9 of
    // them), d = ceil(.1 * 9); phi = (clip(s, s[d], s[-1 - d]) ** 2).mean() > 1 + 2 * sqrt(2 / 9); z / sqrt(phi);
    // false_discovery_control(2 * norm.sf(abs(z))).
    const result = unusualCells(CELLS);
    expect(result.rate).toBeCloseTo(0.023455643288434743, 15);
    expect(result.overdispersion).toBeCloseTo(3.1110184429885566, 10);
    const z = [
      -0.35141940752725753, 4.841052888537664, -0.23082783665054254, 0.9885219887538482, -0.1790486510135058,
      -1.3233593191313207, 1.2846809328684514, -1.2007691369727536, -0.8083366975465902, -0.9248534518222065,
      1.4532417601313765, -0.45491155019451696,
    ];
    for (const [at, cell] of result.cells.entries()) expect(cell.z).toBeCloseTo(z[at], 9);
    expect(result.cells[1].q).toBeCloseTo(1.5498358794547268e-5, 12);
    expect(result.cells[3].q).toBeCloseTo(0.6086436724362035, 9);
    expect(result.cells.map(({ isUnusual }) => isUnusual).indexOf(true)).toBe(1);
    expect(result.cells.filter(({ isUnusual }) => isUnusual)).toHaveLength(1);
    expect(result.cells[1].direction).toBe("high");
    expect(result.cells[0].direction).toBe("low");
    expect(result.cells[0].expected).toBeCloseTo(800 * 0.023455643288434743, 11);
  });
  it("applies no factor where cells vary by chance", () => {
    const { overdispersion, cells } = unusualCells(
      cellsOf([
        [1000, 20],
        [900, 21],
        [1100, 19],
        [800, 15],
        [1000, 22],
      ]),
    );
    expect(overdispersion).toBe(1);
    expect(cells.some(({ isUnusual }) => isUnusual)).toBe(false);
  });
  it("does not compare cells without a base or with more left than base, and counts them nowhere", () => {
    const { cells, ...all } = unusualCells([{ base: 0, left: 0 }, { base: 3, left: 9 }, ...CELLS]);
    const { cells: others, ...same } = unusualCells(CELLS);
    expect(all).toEqual(same);
    expect(cells.slice(2)).toEqual(others);
    const none = { z: null, p: null, q: null, isUnusual: false, direction: null };
    expect(cells[0]).toEqual({ rate: null, expected: 0, ...none });
    expect(cells[1]).toMatchObject({ rate: 3, ...none });
  });
  it("finds no cell unusual where none left, all left, or there are none", () => {
    for (const counts of [
      [
        [10, 0],
        [20, 0],
      ],
      [
        [10, 10],
        [20, 20],
      ],
      [[0, 0]],
      [],
    ]) {
      const { cells, limits } = unusualCells(cellsOf(counts));
      expect(cells.some(({ isUnusual }) => isUnusual)).toBe(false);
      expect(limits).toEqual([]);
    }
    expect(unusualCells([])).toEqual({ rate: null, overdispersion: 1, cells: [], limits: [] });
  });
  it("draws limits at which z is 2 and 3, from a base of 1 to the largest", () => {
    const { rate, limits, overdispersion } = unusualCells(CELLS);
    expect(limits[0].base).toBe(1);
    expect(limits.at(-1)?.base).toBe(5000);
    for (const { base, low2, high2, low3, high3 } of limits) {
      expect([low3, low2, rate ?? Number.NaN, high2, high3]).toEqual(
        [low3, low2, rate ?? Number.NaN, high2, high3].toSorted((a, b) => a - b),
      );
      const whole = (share: number) => Math.round(share * base);
      for (const [limit, sigma] of [
        [low2, -2],
        [high2, 2],
        [low3, -3],
        [high3, 3],
      ] as const) {
        if (limit === 0 || limit === 1) continue;
        // One more of them in the direction away from the rate is beyond the limit, one less within.
        const step = Math.sign(sigma);
        const z = (hits: number) =>
          (step * binomialZ(hits, base, rate ?? Number.NaN)) / Math.sqrt(overdispersion);
        if (whole(limit) + step >= 0 && whole(limit) + step <= base) {
          expect(z(whole(limit) + step)).toBeGreaterThan(Math.abs(sigma) - 1e-9);
        }
        expect(z(whole(limit) - step)).toBeLessThan(Math.abs(sigma) + 1e-9);
      }
    }
  });
  it("gives p-values that q is never below, of which those are unusual whose q is small enough", () => {
    const cell = fc
      .nat(3000)
      .chain((base) => fc.record({ base: fc.constant(base), left: fc.nat(base >> 2) }));
    fc.assert(
      fc.property(
        fc.array(cell, { maxLength: 30 }),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        (cells, falseDiscoveryRate) => {
          const result = unusualCells(cells, { falseDiscoveryRate });
          expect(result.overdispersion).toBeGreaterThanOrEqual(1);
          for (const { z, p, q, isUnusual } of result.cells) {
            if (z === null || p === null || q === null) continue;
            expect(p).toBeCloseTo(2 * normalCdf(-Math.abs(z)), 14);
            expect(q).toBeGreaterThanOrEqual(p);
            expect(isUnusual).toBe(q <= falseDiscoveryRate);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
  it("names what is wrong", () => {
    expect(() => unusualCells([{ base: 1, left: 1.5 }], { falseDiscoveryRate: 2 })).toThrow(
      /left[\s\S]*falseDiscoveryRate/u,
    );
  });
});
