import { expect, test } from "vitest";
import { binomialDraw } from "../../../src/metrics/sample/binomial-draw.js";
import { createRandom } from "../../../src/random.js";

/** ln of the binomial coefficient, by sums. */
function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}

const DRAWS = 40_000;

// Of 40,000 draws the counts of each value are compared with their exact probabilities: Pearson's statistic of d cells has mean
// d and deviation √(2d); four deviations above are beyond chance.
test.each([
  [7, 0.3],
  [1000, 0.004],
  [40, 0.45],
  [300, 0.2],
  [300, 0.8],
  [1_000_000, 0.000_122],
  [5000, 0.5],
])("draws the binomial distribution of %d trials with probability %d", (trials, probability) => {
  const random = createRandom(3, "binomial", trials);
  const counts = new Map<number, number>();
  for (let i = 0; i < DRAWS; i++) {
    const drawn = binomialDraw(random, trials, probability);
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  const mean = trials * probability;
  const reach = 6 * Math.sqrt(mean * (1 - probability)) + 6;
  let statistic = 0;
  let cells = 0;
  let seen = 0;
  for (let k = Math.max(0, Math.floor(mean - reach)); k <= Math.min(trials, mean + reach); k++) {
    const log =
      logChoose(trials, Math.min(k, trials - k)) +
      k * Math.log(probability) +
      (trials - k) * Math.log1p(-probability);
    const expected = DRAWS * Math.exp(log);
    seen += counts.get(k) ?? 0;
    if (expected < 5) continue;
    statistic += ((counts.get(k) ?? 0) - expected) ** 2 / expected;
    cells++;
  }
  expect(seen).toBeGreaterThan(DRAWS - 5);
  expect(cells).toBeGreaterThan(4);
  expect(statistic).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
});

test("draws 0 without trials, and all of them at probability 1", () => {
  const random = createRandom(1);
  expect([binomialDraw(random, 0, 0.5), binomialDraw(random, 9, 0), binomialDraw(random, 9, 1)]).toEqual([
    0, 0, 9,
  ]);
});
