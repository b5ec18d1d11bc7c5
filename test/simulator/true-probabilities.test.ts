import { describe, expect, test } from "vitest";
import { HoldfastError } from "../../src/errors.js";
import { rocAuc } from "../../src/metrics/roc-auc.js";
import { simulateOperator } from "../../src/simulator/operator.js";
import { snapshotRows } from "../../src/simulator/snapshot-rows.js";
import { trueChurnProbabilities } from "../../src/simulator/true-probabilities.js";

const operator = simulateOperator({ subscribers: 2000, seed: 8 });
const options = { cutoffs: ["2025-06-01"], futures: 6 };
const labels = Uint8Array.from(snapshotRows(operator, options), ({ churned }) => churned);
const probabilities = trueChurnProbabilities(operator, options);

describe("trueChurnProbabilities", () => {
  test("has one probability in (0, 1) per row of the snapshots", () => {
    expect(probabilities.length).toBe(labels.length);
    expect(probabilities.every((probability) => probability > 0 && probability < 1)).toBe(true);
  });

  test("sums to the number of churners, for the riskiest tenth as for all", () => {
    const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
    for (const rows of [order, order.slice(0, Math.round(order.length / 10))]) {
      const expected = rows.reduce((sum, row) => sum + probabilities[row], 0);
      const observed = rows.reduce((sum, row) => sum + labels[row], 0);
      // Four standard deviations of a sum of independent draws, which that of Poisson draws bounds.
      expect(Math.abs(observed - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  test("is the probability of a departure that one hazard alone decides", () => {
    const next = { cutoffs: ["2025-06-01"], gapMonths: 0, horizonMonths: 1, futures: 1 };
    const rows = snapshotRows(operator, next);
    const another = simulateOperator({
      subscribers: 2000,
      seed: 8,
      future: { from: "2025-06-01", number: 1 },
    });
    const hazards = rows.map(
      ({ subscriber, cutoff }) =>
        another.truth.hazard[subscriber * another.monthCount + cutoff - another.firstMonth],
    );
    trueChurnProbabilities(operator, next).forEach((probability, row) => {
      expect(probability).toBeCloseTo(hazards[row], 12);
    });
  });

  test("ranks churners well, but far from perfectly: most of who leaves is luck", () => {
    const auc = rocAuc(labels, probabilities);
    expect(auc).toBeGreaterThan(0.8);
    expect(auc).toBeLessThan(0.92);
  });

  test("refuses an operator that is itself another future", () => {
    const other = simulateOperator({ subscribers: 20, future: { from: "2025-06-01", number: 1 } });
    expect(() => trueChurnProbabilities(other, options)).toThrow(HoldfastError);
    expect(() => trueChurnProbabilities(operator, { ...options, futures: 0 })).toThrow(
      /futures: must be a whole/,
    );
  });
});
