import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { pValueOf, tierDrift, tierDriftLines, worthOfRows } from "../../src/predict/tier-drift.js";
import { createRandom } from "../../src/random.js";
import { evaluationMarkdown } from "../../src/report/evaluation-markdown.js";
import { withColumn } from "../../src/table/index.js";
import { findColumn, type NumericColumn, type Table } from "../../src/table/table.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";

const training = (rows: number, high: number) => ({
  rows,
  tierTable: [
    { tier: "high", share: high },
    { tier: "low", share: 1 - high },
  ] as never,
});
const shares = (high: number) => [
  { tier: "high", share: high },
  { tier: "low", share: 1 - high },
];

describe("pValueOf", () => {
  test("is that of R's prop.test, with its continuity correction", () => {
    // R 4: prop.test(c(15, 25), c(50, 50)): X-squared = 3.375, df = 1, p-value = 0.06619
    expect(pValueOf(15 / 50, 50, 25 / 50, 50)).toBeCloseTo(0.06619, 5);
    expect(pValueOf(25 / 50, 50, 15 / 50, 50)).toBeCloseTo(0.06619, 5);
  });

  test("is 1 where both shares are the same, are 0 or are 1", () => {
    for (const share of [0, 0.3, 1]) expect(pValueOf(share, 10, share, 1000)).toBe(1);
  });
});

describe("tierDrift", () => {
  test("multiplies p-values by the number of tiers, and says shares then and now", () => {
    const [high, low] = tierDrift(training(50, 0.3), shares(0.5), 50) ?? [];
    expect(high).toMatchObject({ tier: "high", share: 0.5, drawn: 0.3, isDrift: false });
    expect(high.pValue).toBeCloseTo(2 * 0.06619, 4);
    expect(low.pValue).toBeCloseTo(high.pValue, 12);
  });

  test.each([
    ["10.0% and 10.1% of millions of rows", 1e7, 0.1, 1e7, 0.101, false],
    ["10.0% and 12.4% of millions of rows, more than four fifths", 1e7, 0.1, 1e7, 0.124, false],
    ["10.0% and 12.6%", 1e6, 0.1, 1e6, 0.126, true],
    ["10.0% and 7.9%", 1e6, 0.1, 1e6, 0.079, true],
    ["10.0% of 10,000 rows and 18.2%", 10_000, 0.1, 10_000, 0.182, true],
    ["the same of twenty rows", 10_000, 0.1, 22, 0.182, false],
    ["the same of fifty training rows", 50, 0.1, 10_000, 0.182, false],
    ["none and 1% of 10,000 rows", 10_000, 0, 10_000, 0.01, true],
    ["10% and none of 10,000 rows", 10_000, 0.1, 10_000, 0, true],
  ])("%s: %#", (_, n, drawn, m, now, isDrift) => {
    expect(tierDrift(training(n, drawn), shares(now), m)?.[0].isDrift).toBe(isDrift);
  });

  test("is null without rows, and where the table is of other tiers", () => {
    expect(tierDrift(training(100, 0.1), shares(Number.NaN), 0)).toBeNull();
    expect(tierDrift({ rows: 100, tierTable: [] }, shares(0.1), 100)).toBeNull();
  });

  test("of two samples of one population is found in far fewer than one run of a hundred", () => {
    const random = createRandom(3, "tier drift");
    const sample = (rows: number, share: number) => {
      let found = 0;
      for (let row = 0; row < rows; row++) if (random.next() < share) found++;
      return found / rows;
    };
    let alarms = 0;
    for (let run = 0; run < 4000; run++) {
      const share = [0.01, 0.1, 0.5][run % 3];
      const [n, m] = [
        [100, 100],
        [200, 3000],
        [2000, 150],
      ][run % 2];
      const drifts = tierDrift(training(n, sample(n, share)), shares(sample(m, share)), m);
      if (drifts?.some(({ isDrift }) => isDrift)) alarms++;
    }
    // 4000 runs of a chance of at most 0.1%: more than 12 would have a chance of 0.03%.
    expect(alarms).toBeLessThanOrEqual(12);
  });
});

test("worthOfRows is Kish's number; whole weights are that many rows", () => {
  expect(worthOfRows(undefined, 7)).toBe(7);
  expect(worthOfRows([2, 2, 3], 3)).toBe(7);
  expect(worthOfRows([0.5, 0.5, 0.5], 3)).toBeCloseTo(3, 12);
  // (0.5 + 1.5)² / (0.25 + 2.25)
  expect(worthOfRows([0.5, 1.5], 2)).toBeCloseTo(1.6, 12);
});

/** Everyone is new: more are at risk. */
function newcomers(table: Table): Table {
  const tenure = findColumn(table, "tenure") as NumericColumn;
  return withColumn(
    table,
    "tenure",
    tenure.values.map((months) => months / 10),
  );
}

describe("an evaluation", () => {
  test("of rows like those of training has the share of each tier, and no warning", async () => {
    const model = await scoringModel();
    const evaluation = model.evaluate(subscriberTable(2000, 9), { replicates: 5 });
    expect(evaluation.tierDrift?.map(({ tier, isDrift }) => [tier, isDrift])).toEqual([
      ["high", false],
      ["medium", false],
      ["low", false],
    ]);
    evaluation.tierDrift?.forEach(({ share, drawn }, t) => {
      expect(share).toBe(evaluation.tierTable[t].share);
      expect(drawn).toBe(model.training.tierTable[t].share);
    });
    expect(inspect(evaluation)).not.toContain("warning");
    expect(evaluationMarkdown(evaluation)).not.toContain("Warning");
  });

  test("of other rows warns, in what is printed and in Markdown", async () => {
    const model = await scoringModel();
    const evaluation = model.evaluate(newcomers(subscriberTable(2000, 9)), { replicates: 5 });
    const [high] = evaluation.tierTable;
    const line = `tier high: ${(100 * high.share).toFixed(1)}% of rows, drawn for 10.0%`;
    expect(tierDriftLines(evaluation.tierDrift)).toContain(line);
    expect(inspect(evaluation)).toContain(`warning   ${line}`);
    expect(evaluationMarkdown(evaluation)).toContain(`**Warning: ${line}**`);
    expect(structuredClone(evaluation.tierDrift)).toEqual(evaluation.tierDrift);
  });
});
