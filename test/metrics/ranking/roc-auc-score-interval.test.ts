import { describe, expect, it } from "vitest";
import {
  rocAucScoreInterval,
  separatedRocAucInterval,
} from "../../../src/metrics/ranking/roc-auc-score-interval.js";

describe("rocAucScoreInterval", () => {
  // The roots of (θ̂ − θ)² = z²·V(θ) by scipy 1.17.1, optimize.brentq, with V of Newcombe (2006), method 5, written
  // separately in Python. Two root finders end within a few units of the 12th digit of each other.
  it.each([
    [1, 3, 3, 0.95, 0.5010187607015301, 1],
    [1, 5, 95, 0.95, 0.7998181307629735, 1],
    [1, 20, 80, 0.95, 0.9378951933631953, 1],
    [1, 20, 80, 0.9, 0.9563322787399722, 1],
    [1, 100, 900, 0.95, 0.9892557445395204, 1],
    [0, 5, 95, 0.95, 0, 0.2001818692370264],
    [0.75, 2, 2, 0.95, 0.22718747070313128, 0.9667815698455394],
    [0.9, 40, 60, 0.95, 0.8137282050643333, 0.9468828021475629],
  ])(
    "has the roots that scipy finds: area %d of %d and %d rows at %d",
    (area, positives, negatives, level, low, high) => {
      const found = rocAucScoreInterval(area, { positives, negatives }, level);
      expect(found.low).toBeCloseTo(low, 11);
      expect(found.high).toBeCloseTo(high, 11);
    },
  );

  it("mirrors the interval of perfect rows for rows in the wrong order", () => {
    const rows = { positives: 12, negatives: 70 };
    const right = separatedRocAucInterval("right", rows, 0.95);
    const wrong = separatedRocAucInterval("wrong", rows, 0.95);
    expect(right.high).toBe(1);
    expect(wrong.low).toBe(0);
    expect(wrong.high).toBeCloseTo(1 - right.low, 12);
  });

  it("narrows with every row and widens with the level", () => {
    let before = 0;
    for (const positives of [1, 2, 5, 20, 100, 1000, 100_000]) {
      const { low } = separatedRocAucInterval("right", { positives, negatives: 10 * positives }, 0.95);
      const wider = separatedRocAucInterval("right", { positives, negatives: 10 * positives }, 0.99);
      expect(low).toBeGreaterThan(before);
      expect(low).toBeLessThan(1);
      expect(wider.low).toBeLessThan(low);
      before = low;
    }
  });
});
