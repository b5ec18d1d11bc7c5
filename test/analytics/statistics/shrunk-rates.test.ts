import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaBinomialPrior } from "../../../src/analytics/statistics/rates/beta-binomial-prior.js";
import { betaQuantile } from "../../../src/analytics/statistics/rates/beta-quantile.js";
import { shrunkRates } from "../../../src/analytics/statistics/shrunk-rates.js";

const cellsOf = (counts: readonly (readonly number[])[]) => counts.map(([base, left]) => ({ base, left }));

// scipy 1.17.1: a, b = the root (scipy.optimize.root on logarithms, xtol 1e-14) of the slopes of
// betabinom.logpmf(left, base, a, b).sum(), written with scipy.special.digamma; minimize(Nelder-Mead) of the sum itself agrees to
// 2e-6. Then (a + left) / (a + b + base) and beta.ppf([.025, .975], a + left, b + base - left).
const REFERENCE = [
  [10, 3, 0.05598456342254162, 0.025879499871334297, 0.09665796928678155],
  [1000, 20, 0.022516066137493587, 0.014752613044204436, 0.0318511114081048],
  [2000, 90, 0.044621294147382466, 0.036301083257330245, 0.05374415949136738],
  [35, 0, 0.03195426742777731, 0.011692683809574684, 0.06178809970967292],
  [400, 16, 0.039866695948067424, 0.025151702158603205, 0.0577532403103646],
  [120, 9, 0.05539407419494823, 0.031346145997839546, 0.08570019181511354],
  [1, 1, 0.045949164085160706, 0.01857147256655435, 0.08475743757653283],
  [5400, 140, 0.026288413659672088, 0.022243032479033316, 0.030657133420465426],
  [60, 1, 0.03292090228564977, 0.013239469839547036, 0.061022878997645476],
  [0, 0, 0.03950662429288184, 0.014501507299112017, 0.0761591826563199],
] as const;

describe("betaQuantile", () => {
  // scipy 1.17.1: beta.ppf(p, alpha, beta).
  it.each([
    [0.025, 0.5, 30.5, 1.6231861223464347e-5],
    [0.975, 0.5, 30.5, 0.07967817381725999],
    [0.025, 6.2, 150, 0.015101939133208227],
    [0.5, 24000, 1e6, 0.023437189738547193],
    [0.0005, 3, 0.2, 0.1719329826976618],
    [0.9995, 3, 0.2, 1],
    [0.9, 1, 1, 0.9],
    [0.3, 2, 2, 0.36325749109056765],
    [0.025, 0.05, 0.05, 8.832852111227207e-27],
  ])("at %d of Beta(%d, %d) is that of scipy", (probability, alpha, beta, expected) => {
    expect(Math.abs(betaQuantile(probability, { alpha, beta }) / expected - 1)).toBeLessThan(1e-11);
  });
});

describe("betaBinomialPrior", () => {
  // scipy 1.17.1, as above.
  it.each([
    ["rates of tariffs", REFERENCE, 5.850383411829137, 142.23575445855423],
    [
      "cells that leave as one",
      [
        [4, 0],
        [4, 4],
        [4, 4],
        [4, 0],
        [4, 0],
        [4, 3],
        [3, 0],
        [5, 0],
      ],
      0.05641622,
      0.12051933,
    ],
    [
      "large cells",
      [
        [120000, 2400],
        [80000, 1920],
        [51000, 900],
        [230000, 5100],
        [9000, 260],
      ],
      40.55098625,
      1773.3827771,
    ],
  ])("of %s is of maximum likelihood", (_, counts, alpha, beta) => {
    const prior = betaBinomialPrior(cellsOf(counts));
    // The reference is printed with 8 digits.
    expect(Math.abs((prior?.alpha ?? 0) / alpha - 1)).toBeLessThan(1e-7);
    expect(Math.abs((prior?.beta ?? 0) / beta - 1)).toBeLessThan(1e-7);
    expect(prior?.varies).toBe(true);
  });
  it("is the posterior of one rate where cells differ by no more than chance", () => {
    const cells = cellsOf([
      [100, 3],
      [200, 6],
      [300, 9],
      [150, 5],
    ]);
    expect(betaBinomialPrior(cells)).toEqual({ alpha: 23.5, beta: 727.5, varies: false });
  });
  it("ignores cells that have no rate, and is null without others", () => {
    expect(
      betaBinomialPrior(
        cellsOf([
          [0, 0],
          [3, 4],
          [0, 2],
        ]),
      ),
    ).toBeNull();
    expect(betaBinomialPrior(cellsOf([...REFERENCE, [3, 4], [0, 2]]))).toEqual(
      betaBinomialPrior(cellsOf(REFERENCE)),
    );
  });
});

describe("shrunkRates", () => {
  it("are posterior means and credible intervals as those of scipy", () => {
    const shrunk = shrunkRates(cellsOf(REFERENCE));
    for (const [at, [base, left, mean, low, high]] of REFERENCE.entries()) {
      expect(shrunk[at].rate).toBe(base === 0 ? null : left / base);
      expect(shrunk[at].shrunkRate).toBeCloseTo(mean, 11);
      expect(shrunk[at].low).toBeCloseTo(low, 11);
      expect(shrunk[at].high).toBeCloseTo(high, 11);
    }
  });
  it("keep a rate above 1 as it is", () => {
    const [cell, without] = shrunkRates(cellsOf([[3, 4], [0, 2], ...REFERENCE]));
    expect(cell).toEqual({ rate: 4 / 3, shrunkRate: null, low: null, high: null });
    expect(without).toEqual({ rate: null, shrunkRate: null, low: null, high: null });
  });
  it("of a single cell, of cells that none left, and of those that all left, are those of all cells together", () => {
    // Beta(left + ½, stayed + ½): means 3.5 / 101, 0.5 / 31, 30.5 / 31; scipy 1.17.1: beta.ppf([.025, .975], 3.5, 97.5).
    const [single] = shrunkRates(cellsOf([[100, 3]]));
    expect(single.shrunkRate).toBeCloseTo(3.5 / 101, 14);
    expect(single.low).toBeCloseTo(0.00852028, 8);
    expect(single.high).toBeCloseTo(0.07788757, 8);
    for (const cell of shrunkRates(
      cellsOf([
        [10, 0],
        [20, 0],
      ]),
    ))
      expect(cell.shrunkRate).toBeCloseTo(0.5 / 31, 14);
    for (const cell of shrunkRates(
      cellsOf([
        [10, 10],
        [20, 20],
      ]),
    ))
      expect(cell.shrunkRate).toBeCloseTo(30.5 / 31, 14);
  });
  it("of no cells are none; without any base all is null", () => {
    expect(shrunkRates([])).toEqual([]);
    expect(shrunkRates([{ base: 0, left: 0 }])).toEqual([
      { rate: null, shrunkRate: null, low: null, high: null },
    ]);
  });
  it("lie between the rate and the mean of the prior, in their interval, which widens with the level", () => {
    const cell = fc.nat(400).chain((base) => fc.record({ base: fc.constant(base), left: fc.nat(base) }));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 30 }), (cells) => {
        const prior = betaBinomialPrior(cells);
        if (prior === null) return;
        const mean = prior.alpha / (prior.alpha + prior.beta);
        const wide = shrunkRates(cells, { level: 0.99 });
        for (const [at, { rate, shrunkRate, low, high }] of shrunkRates(cells).entries()) {
          const [least, most] = [Math.min(rate ?? mean, mean), Math.max(rate ?? mean, mean)];
          expect(shrunkRate).toBeGreaterThanOrEqual(least - 1e-12);
          expect(shrunkRate).toBeLessThanOrEqual(most + 1e-12);
          expect(low).toBeGreaterThanOrEqual(wide[at].low ?? Number.NaN);
          expect(high).toBeLessThanOrEqual(wide[at].high ?? Number.NaN);
          expect(low).toBeLessThanOrEqual(high ?? Number.NaN);
          // Of very skewed distributions the mean lies outside; those of a strong prior are not.
          if (prior.alpha > 1 && prior.beta > 1) {
            expect(low).toBeLessThanOrEqual(shrunkRate ?? Number.NaN);
            expect(high).toBeGreaterThanOrEqual(shrunkRate ?? Number.NaN);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
  it("name all counts that are none", () => {
    expect(() => shrunkRates([{ base: -1, left: 0.5 }], { level: 1 })).toThrow(
      /3 problems[\s\S]*cells\[0\]\.base[\s\S]*received -1[\s\S]*cells\[0\]\.left[\s\S]*level/u,
    );
    expect(() => shrunkRates([], { levle: 0.9 } as object)).toThrow(/did you mean "level"/u);
  });
});
