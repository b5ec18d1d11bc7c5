import { describe, expect, it } from "vitest";
import { expectedCalibrationError } from "../../../src/metrics/probability/expected-calibration-error.js";
import { createRandom } from "../../../src/random.js";
import * as golden from "../golden.js";

/** The definition, row by row, for probabilities without ties. */
function byRank(labels: number[], probabilities: number[], bins: number): number {
  const rows = labels.length;
  const order = [...labels.keys()].sort((a, b) => probabilities[a] - probabilities[b]);
  const differences = new Array<number>(bins).fill(0);
  order.forEach((row, rank) => {
    differences[Math.floor((bins * rank) / rows)] += probabilities[row] - labels[row];
  });
  return differences.reduce((total, difference) => total + Math.abs(difference), 0) / rows;
}

describe("expectedCalibrationError in bins of equal mass", () => {
  it("is what a hand calculation gives", () => {
    // Bins of 4 rows from the lowest, |Σp − Σy|: .27 − 0, .8 − 0, 1.5 − 1, 2.25 − 1, 3.35 − 2, together 4.17 of 20.
    expect(expectedCalibrationError(golden.labels, golden.scores, { bins: 5 })).toBeCloseTo(0.2085, 14);
  });
  it("puts the row of rank r of n in bin ⌊bins · r / n⌋", () => {
    const random = createRandom(1, "calibration error");
    for (const [rows, bins] of [
      [101, 15],
      [50, 7],
      [20, 20],
      [33, 1],
      [1408, 15],
    ]) {
      const probabilities = Array.from({ length: rows }, () => random.next());
      const labels = probabilities.map((p) => (random.next() < p * p ? 1 : 0));
      // Sums in another order: 1e-12.
      expect(expectedCalibrationError(labels, probabilities, { bins })).toBeCloseTo(
        byRank(labels, probabilities, bins),
        12,
      );
    }
  });
  it("shares tied rows evenly between bins, whatever their order", () => {
    // Bins of 2 rows: half of the four labels of 0.5 goes to each, so both see a rate of ½.
    expect(expectedCalibrationError([1, 1, 0, 0], [0.5, 0.5, 0.5, 0.5], { bins: 2 })).toBe(0);
    expect(expectedCalibrationError([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5], { bins: 2 })).toBe(0);
  });
  it("cuts fractional weights at the edge", () => {
    // Total 3, edge at 1.5: 1.2 of the first row and .3 of the second below it, the other 1.5 of the second above.
    const cut = (Math.abs(1.2 * 0.2 + 0.3 * (0.6 - 1)) + 1.5 * Math.abs(0.6 - 1)) / 3;
    expect(expectedCalibrationError([0, 1], [0.2, 0.6], { bins: 2, weights: [1.2, 1.8] })).toBeCloseTo(
      cut,
      14,
    );
  });
  it("uses 15 bins, or one per row when rows are fewer", () => {
    const options = (bins: number) => expectedCalibrationError(golden.labels, golden.scores, { bins });
    expect(expectedCalibrationError(golden.labels, golden.scores)).toBe(options(15));
    expect(expectedCalibrationError([1, 0], [0.5, 0.5])).toBe(0);
    expect(expectedCalibrationError([1], [0.75])).toBe(0.25);
  });
});

describe("expectedCalibrationError in bins of equal width", () => {
  it("puts p in bin ⌊bins · p⌋ and 1 in the last", () => {
    // Bins [0, ½) and [½, 1]: |.25 − 1| and |(.5 + 1) − 0| over 3 rows.
    const error = expectedCalibrationError([1, 0, 0], [0.25, 0.5, 1], { bins: 2, binning: "width" });
    expect(error).toBeCloseTo((0.75 + 1.5) / 3, 15);
  });
});
