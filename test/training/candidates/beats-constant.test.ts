import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/random.js";
import { beatsConstant } from "../../../src/training/candidates/beats-constant.js";

const ONES = (rows: number) => new Float64Array(rows).fill(1);

describe("beatsConstant", () => {
  test("by hand: the mean gain against 1.645 standard errors of it", () => {
    const labels = Uint8Array.of(1, 0, 0, 0);
    const constant = new Float64Array(4).fill(0.25);
    const beats = (probabilities: number[]) =>
      beatsConstant(Float64Array.from(probabilities), constant, { labels }, ONES(4), undefined);
    // Gains ln(p / 0.25) or ln((1 − p) / 0.75): 0.693, 0.182, 0.182, 0.182; mean 0.310, standard error 0.111: z = 2.8.
    expect(beats([0.5, 0.1, 0.1, 0.1])).toBe(true);
    // 0.693, 0.182, 0.182, −0.405: mean 0.163, standard error 0.197: z = 0.8.
    expect(beats([0.5, 0.1, 0.1, 0.5])).toBe(false);
  });

  test("keeps the constant where there is no difference", () => {
    const same = new Float64Array(4).fill(0.25);
    expect(beatsConstant(same, same, { labels: Uint8Array.of(1, 0, 0, 0) }, ONES(4), undefined)).toBe(false);
  });

  test("tests on rows with weight only", () => {
    const labels = Uint8Array.of(1, 0, 0, 0, 1, 1, 1, 1);
    const constant = new Float64Array(8).fill(0.25);
    const probabilities = Float64Array.of(0.5, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01);
    const weights = Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0);
    expect(beatsConstant(probabilities, constant, { labels }, weights, undefined)).toBe(true);
    expect(beatsConstant(probabilities, constant, { labels }, ONES(8), undefined)).toBe(false);
  });

  test("takes rows of one group as one observation, as if they were one row of their weight", () => {
    const labels = Uint8Array.of(1, 0, 0, 1);
    const probabilities = Float64Array.of(0.5, 0.1, 0.1, 0.2);
    const constant = new Float64Array(4).fill(0.25);
    const times = <Values extends Uint8Array | Float64Array>(values: Values, into: Values): Values => {
      for (const [row, value] of values.entries()) into.fill(value, 10 * row, 10 * row + 10);
      return into;
    };
    const groups = Int32Array.from({ length: 40 }, (_, row) => Math.floor(row / 10));
    const repeated = (given: Int32Array | undefined) =>
      beatsConstant(
        times(probabilities, new Float64Array(40)),
        times(constant, new Float64Array(40)),
        { labels: times(labels, new Uint8Array(40)) },
        ONES(40),
        given,
      );
    expect(beatsConstant(probabilities, constant, { labels }, ONES(4), undefined)).toBe(false);
    expect(repeated(groups)).toBe(false);
    expect(repeated(undefined)).toBe(true);
  });

  test("passes chance in about one of twenty samples", () => {
    let passed = 0;
    const samples = 400;
    for (let sample = 0; sample < samples; sample++) {
      const random = createRandom(sample, "chance");
      const labels = Uint8Array.from({ length: 300 }, () => (random.next() < 0.25 ? 1 : 0));
      const probabilities = Float64Array.from(labels, () => 1 / (1 + Math.exp(1.1 - 0.2 * random.normal())));
      const rate = labels.reduce((sum, label) => sum + label, 0) / 300;
      if (beatsConstant(probabilities, new Float64Array(300).fill(rate), { labels }, ONES(300), undefined))
        passed++;
    }
    // Probabilities that vary for nothing are a little worse than the rate, so that it is less than 5%.
    expect(passed / samples).toBeLessThan(0.06);
  });
});
