import { describe, expect, test } from "vitest";
import { compareLosses } from "../../../src/calibration/choose.js";
import { createRandom } from "../../../src/random.js";
import { pairedGains, rowLosses } from "../../../src/training/learning-curve/paired-gains.js";

const NONE = Number.NaN;

describe("pairedGains(losses, groups, weights)", () => {
  test("is the mean difference on the rows of the smaller subset, and its variance", () => {
    const { gains, covariance } = pairedGains(
      [Float64Array.of(0.9, NONE, 0.3, 0.6), Float64Array.of(0.5, 7, 0.3, 0.4)],
      undefined,
      undefined,
    );
    // By hand: differences 0.4, 0, 0.2; mean 0.2; (0.2² + 0.2² + 0²) / 3² = 0.08 / 9.
    expect(gains[0]).toBeCloseTo(0.2, 12);
    expect(covariance[0]).toBeCloseTo(0.08 / 9, 12);
  });

  test("weights count rows, and rows of one group move the mean together", () => {
    const losses = [Float64Array.of(0.7, NONE, 0.9, 0.5), Float64Array.of(0.5, 3, 0.5, 0.5)];
    const { gains, covariance } = pairedGains(losses, Int32Array.of(0, 1, 2, 0), Float64Array.of(1, 9, 2, 1));
    // By hand: (0.2 + 2 · 0.4 + 0) / 4 = 0.25; groups move it by −0.3 / 4 and 2 · 0.15 / 4.
    expect(gains[0]).toBeCloseTo(0.25, 12);
    expect(covariance[0]).toBeCloseTo(2 * 0.075 ** 2, 12);
  });

  test("has the standard error of the paired comparison that chooses calibrators", () => {
    const random = createRandom(2, "losses");
    const labels = Uint8Array.from({ length: 300 }, () => random.integer(2));
    const [a, b] = [0, 1].map(() => Float64Array.from(labels, () => 0.05 + 0.9 * random.next()));
    const rows = Int32Array.from(labels.keys());
    const { gains, covariance } = pairedGains(
      [rowLosses(rows, a, labels), rowLosses(rows, b, labels)],
      undefined,
      undefined,
    );
    const compared = compareLosses([a, b], labels);
    expect(gains[0]).toBeCloseTo(compared[0].excess - compared[1].excess, 12);
    expect(Math.sqrt(covariance[0])).toBeCloseTo(
      Math.max(...compared.map(({ standardError }) => standardError)),
      12,
    );
  });

  test("neighbouring steps are correlated by the subset between them", () => {
    // The same losses at first and last: what the first step gains, the second loses again.
    const same = Float64Array.of(0.9, 0.3, 0.6);
    const { gains, covariance } = pairedGains(
      [same, Float64Array.of(0.5, 0.4, 0.1), same],
      undefined,
      undefined,
    );
    expect(gains[1]).toBeCloseTo(-gains[0], 12);
    expect(covariance[1]).toBeCloseTo(-covariance[0], 12);
    expect(covariance[2]).toBe(covariance[1]);
  });
});

test("rowLosses: natural logarithm, clipped, at the place of the row in the table", () => {
  const losses = rowLosses(Int32Array.of(1, 3), Float64Array.of(0.25, 1), Uint8Array.of(0, 1, 0, 1));
  expect([...losses]).toEqual([NONE, -Math.log(0.25), NONE, expect.closeTo(1e-15, 16)]);
});
