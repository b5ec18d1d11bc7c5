import { describe, expect, test } from "vitest";
import type { Explanation } from "../../src/explain/explanation.js";
import { explanationText } from "../../src/report/explanation-text.js";

const BASE: Explanation = {
  id: "7\u202e\u0007",
  probability: 0.62,
  tier: "high",
  margin: 0.5,
  baseValue: -1,
  baseProbability: 0.27,
  contributions: [
    { column: "tenure", value: 2, contribution: 1.2, probabilityContribution: 0.3 },
    { column: "<b>plan</b>", value: "=cmd()|x", contribution: -0.6, probabilityContribution: -0.1 },
    { column: "fee", value: null, contribution: 0.9, probabilityContribution: 0.15 },
    ...Array.from({ length: 12 }, (_, i) => ({
      column: `c${i}`,
      value: 1 / 3,
      contribution: 0.001,
      probabilityContribution: 0,
    })),
  ],
  families: [
    { family: "life", contribution: 1.2, probabilityContribution: 0.3 },
    { family: "none", contribution: 0.001, probabilityContribution: 0 },
  ],
  reasons: [
    {
      column: "tenure",
      columns: ["tenure"],
      family: "life",
      value: 2,
      contribution: 1.2,
      actionable: true,
      text: "tenure is 2",
    },
  ],
  change: { found: false, text: "none\u001b[31m" },
};

describe("an explanation as text", () => {
  test("has reasons, bars by size and sign, and the sum of the others; control characters are not printed", () => {
    const text = explanationText(BASE);
    expect(text).toContain("7��: 62.0%, tier high");
    expect(text).toContain("1. tenure is 2 [can be acted on]");
    expect(text).toMatch(/tenure +2 +\+1\.20 {2}█{24}\n/);
    expect(text).toMatch(/<b>plan<\/b> +=cmd\(\)\|x +−0\.60 {2}░{12}\n/);
    expect(text).toMatch(/fee +missing +\+0\.90 {2}█{18}\n/);
    expect(text).toMatch(/3 others +0\.00/);
    expect(text).toContain("base -1.00 (27.0%) and these make 0.50");
    expect(text).toMatch(/life +\+1\.20/);
    expect(text).not.toMatch(/^none/m);
    expect(text).toContain("What would change it: none�[31m");
  });

  test("is in Chinese around Chinese reasons", () => {
    const text = explanationText(BASE, "zh");
    expect(text).toContain("使风险升高的原因");
    expect(text).toContain("基准 -1.00（27.0%）与以上合计 0.50");
    expect(text).not.toMatch(/What|column|adds|cause/);
  });

  test("says that nothing raises the risk, or that nothing matters", () => {
    expect(explanationText({ ...BASE, reasons: [], change: null })).toContain("Nothing raises the risk");
    const contributions = BASE.contributions.map((each) => ({ ...each, contribution: 0 }));
    expect(explanationText({ ...BASE, contributions })).toContain("No column matters to this model");
  });
});
