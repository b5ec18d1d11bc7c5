import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blendWeights } from "../../../src/classifiers/ensemble/blend-weights.js";
import { createRandom, type Random } from "../../../src/random.js";

const ROWS = 4000;

function noise(random: Random, rows = ROWS): Float64Array {
  return Float64Array.from({ length: rows }, () => random.normal());
}

function labelsOf(random: Random, logOdds: Float64Array): Uint8Array {
  return Uint8Array.from(logOdds, (value) => (random.next() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
}

describe("blendWeights", () => {
  test("recovers the mixture that the labels were drawn from", () => {
    const random = createRandom(1, "mixture");
    const [a, b, useless] = [noise(random), noise(random), noise(random)];
    const labels = labelsOf(
      random,
      a.map((value, row) => 2 * (0.7 * value + 0.3 * b[row])),
    );
    const weights = blendWeights([a, b, useless], labels);
    // The standard error of a coefficient is about 0.04 of 2.
    expect(weights[0]).toBeCloseTo(0.7, 1);
    expect(weights[1]).toBeCloseTo(0.3, 1);
    expect(weights[2]).toBeLessThan(0.05);
  });

  test("does not depend on the common scale of the margins", () => {
    const random = createRandom(2, "scale");
    const [a, b] = [noise(random), noise(random)];
    const labels = labelsOf(
      random,
      a.map((value, row) => value + 0.5 * b[row]),
    );
    const [one] = blendWeights([a, b], labels);
    const [scaled] = blendWeights([a.map((value) => 3 * value), b.map((value) => 3 * value)], labels);
    expect(scaled).toBeCloseTo(one, 6);
  });

  test("gives no weight to a member that would have a negative one", () => {
    const random = createRandom(3, "negative");
    const [a, contrary] = [noise(random), noise(random)];
    const labels = labelsOf(
      random,
      a.map((value, row) => value - 0.5 * contrary[row]),
    );
    expect(blendWeights([a, contrary], labels)).toEqual([1, 0]);
  });

  test("divides the weight between equal members", () => {
    const random = createRandom(4, "equal");
    const a = noise(random);
    const weights = blendWeights([a, a.slice()], labelsOf(random, a));
    expect(weights[0]).toBeCloseTo(0.5, 6);
  });

  test("gives a single member everything", () => {
    expect(blendWeights([Float64Array.of(1, -1)], Uint8Array.of(0, 1))).toEqual([1]);
  });

  test("gives weights that are not negative and add up to 1, whatever the margins", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 5 }), (seed, members) => {
        const random = createRandom(seed, "any margins");
        const margins = Array.from({ length: members }, () => noise(random, 50));
        const labels = labelsOf(random, new Float64Array(50));
        labels.set([0, 1]);
        const weights = blendWeights(margins, labels);
        expect(weights.every((weight) => weight >= 0)).toBe(true);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
