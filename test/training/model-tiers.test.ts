import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { ModelContent } from "../../src/model-file/churn/content.js";
import { validateChurnModel } from "../../src/model-file/churn/validate.js";
import { autoTiers } from "../../src/tiers/auto-tiers.js";
import { tierTable } from "../../src/tiers/summary/tier-table.js";
import { copyOfRule, type TierRule } from "../../src/tiers/tier-rule.js";
import type { RiskTiers } from "../../src/tiers/tiers.js";

const GOLDEN = fileURLToPath(new URL("../golden/v1.model.json", import.meta.url));
const { content: CONTENT } = JSON.parse(readFileSync(GOLDEN, "utf8")) as { content: ModelContent };

/** The content of a model file with other tiers in it, as it comes back from the file. */
function read(
  tiers: RiskTiers,
  training: Partial<ModelContent["training"]> = {},
  worth: Partial<ModelContent> = { value: "charge", valueBands: [{ name: "all", from: 0 }] },
) {
  const changed = { ...CONTENT, ...worth, tiers, training: { ...CONTENT.training, ...training } };
  return validateChurnModel(JSON.parse(JSON.stringify(changed)), {});
}

async function contentOf(validated: ReturnType<typeof read>): Promise<ModelContent> {
  const result = await validated;
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.content;
}

describe("the tiers of a model file", () => {
  test("of version 1 get the fields of later versions", async () => {
    const { tierTable: table } = (await contentOf(validateChurnModel(CONTENT, {}))).training;
    // 0.7667 · 30, 0.5167 · 60 and 0.2048 · 210: the 97 churners of the file.
    expect(table.map(({ churners }) => churners)).toEqual([23, 31, 43]);
    // 0.733 in 0.591–0.882, 0.533 in 0.393–0.638, 0.205 in 0.156–0.264
    expect(table.map(({ isCalibrated }) => isCalibrated)).toEqual([true, true, true]);
    expect(table.map(({ value }) => value)).toEqual([null, null, null]);
    table.forEach((tier, i) => {
      expect(tier).toMatchObject(CONTENT.training.tierTable[i]);
    });
  });

  test("by expected loss come back with their table, key by key in the same order", async () => {
    const tiers: RiskTiers = [
      { name: "call", from: 30, by: "expectedLoss" },
      { name: "rest", from: 0, by: "expectedLoss" },
    ];
    const table = tierTable(tiers, [0.9, 0.2, 0.1], [1, 0, 0], { values: [50, 50, 10] });
    const rule: TierRule = { by: "expectedLoss", tiers: tiers.map(({ name, from }) => ({ name, from })) };
    const content = await contentOf(read(tiers, { tierTable: table, tierRule: rule }));
    expect(content.tiers).toEqual(tiers);
    expect(content.training.tierRule).toEqual(rule);
    expect(JSON.stringify(content.training.tierTable)).toBe(JSON.stringify(table));
  });

  test("that were drawn from the data come back with their evidence", async () => {
    const probabilities = Array.from({ length: 400 }, (_, row) => (row < 200 ? 0.4 : 0.1));
    const labels = probabilities.map((_, row) => (row % 200 < (row < 200 ? 60 : 30) ? 1 : 0));
    const tiers = autoTiers(probabilities, labels);
    const content = await contentOf(read(tiers, { tierRule: { by: "auto", max: 3 } }));
    expect(content.tiers).toEqual(tiers);
    expect(content.tiers[0].evidence).toBeDefined();
    expect(content.training.tierRule).toEqual({ by: "auto", max: 3 });
  });

  test("by expected loss need a value column, and value bands go with one", async () => {
    const tiers: RiskTiers = [
      { name: "call", from: 30, by: "expectedLoss" },
      { name: "rest", from: 0, by: "expectedLoss" },
    ];
    expect(await read(tiers, {}, {})).toEqual({
      problems: [{ at: "value", expected: "must be there where tiers go by expected loss" }],
    });
    expect(await read(tiers, {}, { value: "charge" })).toEqual({
      problems: [{ at: "valueBands", expected: "must be there where value is" }],
    });
  });

  test("must not be partly by probability and partly by expected loss", async () => {
    const result = await read([
      { name: "call", from: 30, by: "expectedLoss" },
      { name: "rest", from: 0 },
    ]);
    expect(result).toEqual({
      problems: [{ at: "tiers", expected: "must all be by expected loss or none of them" }],
    });
  });
});

test.each<TierRule>([
  { by: "auto" },
  { by: "auto", max: 3 },
  {
    by: "expectedLoss",
    tiers: [
      { name: "a", from: 5 },
      { name: "b", from: 0 },
    ],
  },
])("copyOfRule leaves out unknown fields of the rule %j", (rule) => {
  expect(copyOfRule(Object.assign({ colour: "red" }, rule))).toEqual(rule);
});
