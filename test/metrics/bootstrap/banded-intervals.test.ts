import { describe, expect, it } from "vitest";
import { bandedScores } from "../../../src/metrics/bootstrap/banded-scores.js";
import { evaluateScores, evaluateScoresInWorkers } from "../../../src/metrics/evaluation/evaluate-scores.js";
import { METRIC_NAMES } from "../../../src/metrics/metrics.js";
import { rankScores } from "../../../src/metrics/sample/ranking.js";
import { createRandom } from "../../../src/random.js";
import * as golden from "../golden.js";

const random = createRandom(6, "bands");
const probabilities = Array.from({ length: 20_000 }, () => random.next() ** 3);
const labels = probabilities.map((p) => (random.next() < p ? 1 : 0));
const weights = probabilities.map(() => 0.2 + random.next());
const groups = probabilities.map((_, row) => row >> 1);

const banded = (scores: readonly number[], bands: number, given?: readonly number[]) =>
  bandedScores(rankScores(scores), given, bands);

describe("bandedScores", () => {
  it("gives rows of equal weight the mean score of their band, ties together", () => {
    // Three bands of eight rows: the middle of 0.5, 0.5 is in the second.
    expect([...(banded([0.9, 0.8, 0.1, 0.5, 0.5, 0.4, 0.2, 0.3], 3) ?? [])].map((p) => p.toFixed(4))).toEqual(
      ["0.8500", "0.8500", "0.2000", "0.4667", "0.4667", "0.4667", "0.2000", "0.2000"],
    );
    expect(banded([0.9, 0.8, 0.8], 2)).toBeUndefined();
  });

  it("keeps the order of scores, and the weighted mean", () => {
    const rounded = banded(probabilities, 200, weights) ?? new Float64Array();
    const order = rankScores(probabilities).order;
    for (let i = 1; i < order.length; i++) expect(rounded[order[i]] <= rounded[order[i - 1]]).toBe(true);
    const mean = (list: ArrayLike<number>) => weights.reduce((sum, w, row) => sum + w * list[row], 0);
    expect(mean(rounded) / mean(probabilities)).toBeCloseTo(1, 12);
    expect(new Set(rounded).size).toBe(200);
  });

  it("is finite where the first or the last rows have no weight", () => {
    const rounded = banded([0.9, 0.8, 0.7, 0.2, 0.1], 2, [0, 1, 1, 3, 0]) ?? [];
    expect([...rounded].every(Number.isFinite)).toBe(true);
  });
});

describe("option bands", () => {
  it.each([
    { of: "rows", options: {} },
    { of: "weighted rows", options: { weights } },
    { of: "groups", options: { groups } },
  ])("changes no value, and intervals by a small part of their width, of $of", ({ options }) => {
    const plain = evaluateScores(labels, probabilities, { replicates: 200, ...options });
    const found = evaluateScores(labels, probabilities, { replicates: 200, bands: 1000, ...options });
    expect({ ...found, metrics: null }).toEqual({ ...plain, metrics: null });
    for (const name of METRIC_NAMES) {
      const [a, b] = [plain.metrics[name], found.metrics[name]];
      if (a === null || b === null) throw new Error(`no ${name}`);
      expect(b.value, name).toBe(a.value);
      // Rows are drawn as counts, and weighted rows of one band in another order: other random samples of the same kind.
      const limit = "groups" in options ? 0.05 : 0.3;
      expect(Math.abs(b.low - a.low), name).toBeLessThan(limit * (a.high - a.low));
      expect(Math.abs(b.high - a.high), name).toBeLessThan(limit * (a.high - a.low));
    }
  });

  it("changes nothing where there are fewer scores than bands, or they separate the classes", () => {
    const [few, all] = [{ replicates: 20, bands: 100 }, { replicates: 20 }];
    expect(evaluateScores(golden.labels, golden.scores, few)).toEqual(
      evaluateScores(golden.labels, golden.scores, all),
    );
    const scores = Array.from({ length: 300 }, (_, row) => row / 300);
    const separated = scores.map((score) => (score > 0.7 ? 1 : 0));
    expect(evaluateScores(separated, scores, few)).toEqual(evaluateScores(separated, scores, all));
  });

  it("ranks by another score too, and is the same in workers", async () => {
    const options = { replicates: 40, bands: 500, ranking: probabilities.map((p) => 3 * p - 1) };
    const found = evaluateScores(labels, probabilities, options);
    expect(await evaluateScoresInWorkers(labels, probabilities, { ...options, threads: 2 })).toEqual(found);
  });

  it("is at least 100", () => {
    expect(() => evaluateScores(labels, probabilities, { bands: 50 })).toThrow(
      "evaluateScores: bands: must be a whole number of at least 100, received 50",
    );
  });
});
