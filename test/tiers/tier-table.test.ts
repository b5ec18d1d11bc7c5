import { expect, test } from "vitest";
import { tierTable } from "../../src/tiers/tier-table.js";

const TIERS = [
  { name: "high", from: 0.5 },
  { name: "none", from: 0.45 },
  { name: "low", from: 0 },
];
const PROBABILITIES = Float64Array.of(0.9, 0.5, 0.7, 0.4, 0.1, 0.2, 0.1, 0.1);
const LABELS = Uint8Array.of(1, 0, 1, 1, 0, 0, 0, 0);

test("tierTable adds up: rows, shares and captured churners", () => {
  const table = tierTable(TIERS, PROBABILITIES, LABELS);
  const sumOf = (key: "rows" | "share" | "captured") => table.reduce((sum, tier) => sum + tier[key], 0);
  expect([sumOf("rows"), sumOf("share"), sumOf("captured")]).toEqual([8, 1, 1]);
});

test("tierTable gives mean probability, observed rate and lift of every tier", () => {
  const [high, none, low] = tierTable(TIERS, PROBABILITIES, LABELS);
  expect(high).toMatchObject({ tier: "high", from: 0.5, rows: 3, share: 0.375, captured: 2 / 3 });
  expect(high.meanProbability).toBeCloseTo(0.7, 12);
  expect(high.observedRate?.value).toBeCloseTo(2 / 3, 12);
  // (2/3) / (3/8)
  expect(high.lift).toBeCloseTo(16 / 9, 12);
  expect(none).toMatchObject({ rows: 0, meanProbability: null, observedRate: null, lift: null, captured: 0 });
  expect(low.observedRate?.value).toBeCloseTo(0.2, 12);
});

test("tierTable's intervals are Wilson's", () => {
  const [high] = tierTable(TIERS, PROBABILITIES, LABELS);
  // scipy 1.17: binomtest(2, 3).proportion_ci(0.95, method="wilson")
  expect(high.observedRate?.low).toBeCloseTo(0.20765960080204782, 10);
  expect(high.observedRate?.high).toBeCloseTo(0.9385080552796038, 10);
});
