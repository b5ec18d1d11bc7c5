import { sampleStandardDeviation } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { bootstrapMetric } from "../../../src/metrics/bootstrap/bootstrap-metric.js";
import { compareScores } from "../../../src/metrics/evaluation/compare-scores.js";
import { logLoss } from "../../../src/metrics/probability/log-loss.js";
import { compareRocAuc } from "../../../src/metrics/ranking/compare-roc-auc.js";
import { createRandom } from "../../../src/random.js";

/** Right probabilities, and the same with noise on their log-odds. */
function simulate(rows: number, noise: number, key = 0) {
  const random = createRandom(4, "compare", key);
  const labels = new Uint8Array(rows);
  const right = new Float64Array(rows);
  const noisy = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const logOdds = -1 + 1.5 * random.normal();
    right[i] = 1 / (1 + Math.exp(-logOdds));
    noisy[i] = 1 / (1 + Math.exp(-logOdds - noise * random.normal()));
    labels[i] = random.next() < right[i] ? 1 : 0;
  }
  return { labels, right, noisy };
}

describe("compareScores", () => {
  it("finds the better of two, in either order, with a verdict of one sentence", () => {
    const { labels, right, noisy } = simulate(2000, 1);
    const comparison = compareScores(labels, right, noisy, { names: ["old", "new"], replicates: 200 });
    expect(comparison.rocAuc.better).toBe("a");
    expect(comparison.metrics.logLoss.better).toBe("a");
    expect(comparison.metrics.logLoss.difference).toBeLessThan(0);
    expect(comparison.verdict).toMatch(
      /^old is better: it ranks better \(ROC AUC 0\.\d{4} against 0\.\d{4}, p < 0\.001\) and its probabilities are better \(log loss .*\)\.$/,
    );
    const turned = compareScores(labels, noisy, right, { names: ["new", "old"], replicates: 200 });
    expect(turned.rocAuc.better).toBe("b");
    expect(turned.verdict).toMatch(/^old is better/);
  });

  it("distinguishes ranking from probabilities", () => {
    const { labels, right } = simulate(2000, 0);
    const tooLow = right.map((p) => p / 3);
    const comparison = compareScores(labels, right, tooLow, { names: ["this", "that"], replicates: 200 });
    expect(comparison.rocAuc).toMatchObject({ difference: 0, better: null, pValue: 1 });
    expect(comparison.verdict).toMatch(
      /^this and that rank alike \(.*\), the probabilities of this are better \(log loss .*\)\.$/,
    );
  });

  it("calls two equal sets of probabilities equal", () => {
    const { labels, right } = simulate(300, 0);
    const comparison = compareScores(labels, right, right, { replicates: 50 });
    expect(comparison.verdict).toMatch(/^Between a and b there is no difference beyond chance/);
    for (const { difference, low, high, better } of Object.values(comparison.metrics)) {
      expect([difference, low, high, better]).toEqual([0, 0, 0, null]);
    }
  });

  it("has DeLong's test for the AUC, and the difference of both metrics on the same samples for the rest", () => {
    const { labels, right, noisy } = simulate(400, 0.7, 1);
    const { rocAuc, metrics } = compareScores(labels, right, noisy, { replicates: 100, seed: 3 });
    const delong = compareRocAuc(labels, right, noisy);
    expect(rocAuc).toMatchObject({ low: delong.low, high: delong.high, pValue: delong.pValue });
    expect(metrics.logLoss.difference).toBeCloseTo(logLoss(labels, right) - logLoss(labels, noisy), 12);
    // The difference of two log losses is the mean of one number per row: its interval could also be computed directly.
    const loss = (p: number, label: number) => -Math.log(label === 1 ? p : 1 - p);
    const perRow = Array.from(labels, (label, i) => loss(right[i], label) - loss(noisy[i], label));
    const deviation = sampleStandardDeviation(perRow) / Math.sqrt(perRow.length);
    expect((metrics.logLoss.high - metrics.logLoss.low) / (2 * 1.96 * deviation)).toBeGreaterThan(0.8);
    expect((metrics.logLoss.high - metrics.logLoss.low) / (2 * 1.96 * deviation)).toBeLessThan(1.2);
  });

  it("names which of the two is wrong, and reports labels once", () => {
    expect(() => compareScores([1, 0, 2], [0.5, 0.6, 0.7], [0.5, 1.2, 0.7])).toThrow(
      /labels\[2\]: must be 0 or 1, received 2[\s\S]*probabilitiesB\[1\]: must be in \[0, 1\], received 1.2/,
    );
    try {
      compareScores([1, 0, 2], [0.5, 0.6, 0.7], [0.5, 0.2, 0.7]);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ problemCount: 1 });
    }
  });

  it("names a fault of many rows once for each of the two, with how many rows have it", () => {
    const labels = Array.from({ length: 300 }, (_, i) => i % 2);
    const wrong = labels.map(() => 2);
    try {
      compareScores(labels, wrong, wrong);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ problemCount: 2 });
      expect(String(error)).toMatch(/probabilitiesA\[0\].*300 rows[\s\S]*probabilitiesB\[0\].*300 rows/);
    }
  });
});

describe("bootstrapMetric", () => {
  it("gives the caller's own metric the interval of the built-in metric of that name", async () => {
    const { labels, right } = simulate(300, 0, 2);
    const { bootstrapIntervals } = await import("../../../src/metrics/bootstrap/bootstrap-intervals.js");
    const options = { replicates: 60, seed: 8 };
    const own = bootstrapMetric(labels, right, (l, s, given) => logLoss(l, s, given), options);
    const named = bootstrapIntervals(labels, right, ["logLoss"], options).logLoss;
    expect(own.value).toBeCloseTo(named.value, 12);
    expect(own.low).toBeCloseTo(named.low, 12);
    expect(own.high).toBeCloseTo(named.high, 12);
  });

  it("leaves out samples on which the metric is not defined, and rethrows its errors", () => {
    const { labels, right } = simulate(60, 0, 3);
    let calls = 0;
    const half = bootstrapMetric(labels, right, () => (calls++ % 2 === 0 ? 1 : Number.NaN), {
      replicates: 10,
    });
    expect(half).toEqual({ value: 1, low: 1, high: 1 });
    const broken = () => {
      throw new TypeError("a bug");
    };
    expect(() => bootstrapMetric(labels, right, broken)).toThrow("a bug");
  });
});
