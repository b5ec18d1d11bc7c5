import { expect, test } from "vitest";
import { tiersText } from "../../src/cli/print/evaluation.js";
import { type TierTableOptions, tierTable } from "../../src/tiers/summary/tier-table.js";
import type { RiskTiers } from "../../src/tiers/tiers.js";

const TIERS: RiskTiers = [
  { name: "high", from: 0.5 },
  { name: "low", from: 0 },
];
const LABELS = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** Fifteen rows, five of them with probability 0.6, of which two churned; the others have the probability given. */
function linesOf(low: number, tiers = TIERS, options: TierTableOptions = {}): string[] {
  const probabilities = LABELS.map((_, row) => (row < 5 ? 0.6 : low));
  return tiersText(tierTable(tiers, probabilities, LABELS, options)).split("\n");
}

test("tiersText flags a tier that is not calibrated, and only that", () => {
  // 2 of 5: 11.8–76.9% holds 60%; 0 of 10: 0–27.8% does not hold 40%.
  const [, , high, low] = linesOf(0.4);
  expect(high).not.toContain("not calibrated");
  expect(low).toMatch(/40\.0% .* not calibrated$/);
});

test("tiersText has nothing to flag when all tiers are calibrated", () => {
  expect(linesOf(0.1).join("\n")).not.toContain("calibrated");
});

test("tiersText shows money when values are known", () => {
  const values = LABELS.map(() => 100);
  const [head, , high] = linesOf(0.1, TIERS, { values });
  expect(head).toMatch(/probability from .* value +value of churners +expected loss$/);
  expect(high).toMatch(/500 +200 +300$/);
  expect(linesOf(0.1)[0]).not.toContain("value");
});

test("tiersText says that limits are money", () => {
  const tiers: RiskTiers = [
    { name: "call", from: 25.5, by: "expectedLoss" },
    { name: "rest", from: 0, by: "expectedLoss" },
  ];
  const [head, , call] = linesOf(0.1, tiers, { values: LABELS.map(() => 100) });
  expect(head).toContain("expected loss from");
  expect(call).toContain("25.50");
});
