import fc from "fast-check";
import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { greedyWeights } from "../../../src/classifiers/ensemble/greedy-selection.js";
import { createRandom, type Random } from "../../../src/random.js";
import { lossOf } from "../../support/smooth-and-stepped.js";
import { thrownBy } from "../../support/thrown.js";

const ROWS = 4000;

function noise(random: Random, rows = ROWS): Float64Array {
  return Float64Array.from({ length: rows }, () => random.normal());
}

function labelsOf(random: Random, logOdds: Float64Array): Uint8Array {
  return Uint8Array.from(logOdds, (value) => (random.next() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
}

/** Members that see the truth with independent errors, as calibrated as possible. */
function members(seed: number, errors: readonly number[], rows = ROWS) {
  const random = createRandom(seed, "members");
  const truth = noise(random, rows).map((value) => 1.5 * value);
  const labels = labelsOf(
    random,
    truth.map((value) => value - 1),
  );
  // The best guess of a truth of variance 1.5² from what is seen of it.
  const margins = errors.map((error) =>
    truth.map((value) => ((value + error * random.normal()) * 1.5 ** 2) / (1.5 ** 2 + error ** 2) - 1),
  );
  return { labels, margins };
}

function averaged(margins: readonly Float64Array[], weights: readonly number[]): Float64Array {
  return margins[0].map((_, row) => weights.reduce((sum, weight, m) => sum + weight * margins[m][row], 0));
}

describe("greedyWeights", () => {
  test("gives nearly equal weights to equally good members with independent errors", () => {
    const { labels, margins } = members(1, [0.8, 0.8, 0.8]);
    for (const weight of greedyWeights(margins, labels)) expect(Math.abs(weight - 1 / 3)).toBeLessThan(0.1);
  });

  test("gives noise almost no weight", () => {
    const { labels, margins } = members(2, [0.5]);
    const weights = greedyWeights([...margins, noise(createRandom(2, "useless"))], labels);
    expect(weights[1]).toBeLessThan(0.05);
  });

  test("is better on new rows than its best member, where members err apart", () => {
    const { labels, margins } = members(3, [0.7, 0.9, 1.1], 2 * ROWS);
    const half = (from: number) => ({
      labels: labels.slice(from, from + ROWS),
      margins: margins.map((of) => of.slice(from, from + ROWS)),
    });
    const [known, fresh] = [half(0), half(ROWS)];
    const weights = greedyWeights(known.margins, known.labels);
    expect(weights[0]).toBeGreaterThan(weights[2]);
    const loss = lossOf(averaged(fresh.margins, weights), fresh.labels);
    for (const margin of fresh.margins) expect(loss).toBeLessThan(lossOf(margin, fresh.labels));
  });

  test("is never worse than its best member by more than noise, however few the rows", () => {
    const excesses = Array.from({ length: 20 }, (_, seed) => {
      const { labels, margins } = members(100 + seed, [0.3, 1.5, 2, 2, 2], 300 + ROWS);
      const weights = greedyWeights(
        margins.map((of) => of.slice(0, 300)),
        labels.slice(0, 300),
      );
      const fresh = margins.map((of) => of.slice(300));
      return lossOf(averaged(fresh, weights), labels.slice(300)) - lossOf(fresh[0], labels.slice(300));
    });
    // A log loss of 300 rows has a standard error of 0.03; weights chosen on so few cost a sixth of it on average at most.
    expect(mean(excesses)).toBeLessThan(0.005);
    expect(Math.max(...excesses)).toBeLessThan(0.015);
  });

  test("counts rows by their weights", () => {
    const { labels, margins } = members(4, [0.6, 0.6]);
    // The second member is inverted in the first half, whose weight is 0.
    const turned = margins[1].map((value, row) => (row < ROWS / 2 ? -value : value));
    const weights = Float64Array.from(labels, (_, row) => (row < ROWS / 2 ? 0 : 1));
    expect(greedyWeights([margins[0], turned], labels)[1]).toBeLessThan(0.1);
    expect(greedyWeights([margins[0], turned], labels, { weights })[1]).toBeGreaterThan(0.35);
  });

  test("gives a single member everything, and refuses none", async () => {
    expect(greedyWeights([Float64Array.of(1, -1)], Uint8Array.of(0, 1))).toEqual([1]);
    expect((await thrownBy(() => greedyWeights([], Uint8Array.of(0, 1)))).path.argument).toBe("margins");
  });

  test("gives weights that are not negative and add up to 1, the same for the same seed, whatever the margins", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 5 }), (seed, count) => {
        const random = createRandom(seed, "any margins");
        const margins = Array.from({ length: count }, () => noise(random, 50));
        const labels = labelsOf(random, new Float64Array(50));
        labels.set([0, 1]);
        const weights = greedyWeights(margins, labels, { seed, bags: 5 });
        expect(weights.every((weight) => weight >= 0)).toBe(true);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(greedyWeights(margins, labels, { seed, bags: 5 })).toEqual(weights);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});
