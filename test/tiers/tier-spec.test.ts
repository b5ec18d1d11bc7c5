import { describe, expect, test } from "vitest";
import { riskTiers } from "../../src/tiers/risk-tiers.js";
import { capacityRuleFrom, parseTierSpec } from "../../src/tiers/tier-spec.js";

describe("parseTierSpec", () => {
  test.each([
    [
      "high=10%,medium=20%,low",
      {
        by: "capacity",
        tiers: [{ name: "high", share: 0.1 }, { name: "medium", share: 0.2 }, { name: "low" }],
      },
    ],
    ["call = 500 , rest", { by: "capacity", tiers: [{ name: "call", top: 500 }, { name: "rest" }] }],
    [
      "高>=0.6，低",
      {
        by: "probability",
        tiers: [
          { name: "高", from: 0.6 },
          { name: "低", from: 0 },
        ],
      },
    ],
    [
      "loss:call>=200,care >= 50.5,rest",
      {
        by: "expectedLoss",
        tiers: [
          { name: "call", from: 200 },
          { name: "care", from: 50.5 },
          { name: "rest", from: 0 },
        ],
      },
    ],
    [
      " loss： 高>=1e3，低",
      {
        by: "expectedLoss",
        tiers: [
          { name: "高", from: 1000 },
          { name: "低", from: 0 },
        ],
      },
    ],
    ["auto", { by: "auto" }],
    ["auto:3", { by: "auto", max: 3 }],
    ["auto ： 4", { by: "auto", max: 4 }],
    ["automatic=10%,low", { by: "capacity", tiers: [{ name: "automatic", share: 0.1 }, { name: "low" }] }],
  ])("reads %s", (text, rule) => {
    expect(parseTierSpec("riskTiers", "rule", text)).toEqual(rule);
  });

  test.each([
    "",
    "high",
    "high=10%",
    "high=10%,low=20%",
    "high>=0.5,medium=10%,low",
    "=5,low",
    "high=,low",
    "loss:",
    "loss:high",
    "loss:high=500,low",
    "loss:high=10%,low",
    "loss:high>=500,low>=0",
    "auto:",
    "auto:many",
    "auto,low",
  ])("refuses %j", (text) => {
    expect(() => parseTierSpec("trainChurnModel", "tiers", text)).toThrow(
      "trainChurnModel: tiers: must read like high=10%,medium=20%,low",
    );
  });

  test("says how limits in money are written", () => {
    expect(() => parseTierSpec("riskTiers", "rule", "loss:high=500,low")).toThrow("loss:call>=200,rest");
  });
});

describe("riskTiers takes text for a rule", () => {
  test("and draws the tiers of that rule", () => {
    expect(riskTiers("high>=0.6,low", [0.2])).toEqual(
      riskTiers(
        {
          by: "probability",
          tiers: [
            { name: "high", from: 0.6 },
            { name: "low", from: 0 },
          ],
        },
        [0.2],
      ),
    );
    expect(riskTiers("call=1,rest", [0.2, 0.9, 0.4])[0].from).toBe(0.9);
  });

  test.each([
    ["high", "riskTiers: rule: must read like"],
    ["high=100%,low", "riskTiers: rule.tiers[0].share: must be above 0 and below 1, received 1"],
    ["auto:9", "riskTiers: rule.max: must be a whole number from 2 to 5, received 9"],
  ])("and refuses %j by name", (text, message) => {
    expect(() => riskTiers(text, [0.2])).toThrow(message);
  });
});

describe("capacityRuleFrom", () => {
  const read = (rule: Parameters<typeof capacityRuleFrom>[2]) =>
    capacityRuleFrom("scoreFile", "capacity", rule);
  const tiers = [
    { name: "call", top: 300 },
    { name: "watch", share: 0.2 },
  ];

  test.each([
    ["call=300,watch=20%", "rest"],
    ["call = 300，watch=20%，其余", "其余"],
    ["call=300,watch=20%,100", "100"],
  ])("reads %s", (text, last) => {
    expect(read(text)).toEqual({ by: "capacity", tiers: [...tiers, { name: last }] });
  });

  test("completes a rule, and leaves the caller's alone", () => {
    const rule = { by: "capacity", tiers } as const;
    expect(read(rule)).toEqual(read({ by: "capacity", tiers: [...tiers, { name: "rest" }] }));
    expect(rule.tiers.length).toBe(2);
  });

  test.each([
    "",
    "call",
    "=5",
    "call=5,,rest",
    "call,rest=5",
    "call>=5,rest",
    "loss:call>=5,rest",
    "auto",
    "call=5;b=6",
  ])("refuses %s", (text) => {
    expect(() => read(text)).toThrow(/^scoreFile: capacity: must read like call=300/);
  });

  test.each(["call=1,000", "call=1,000,watch=20%"])(
    "does not take the comma in a number for one between tiers: %s",
    (text) => {
      expect(() => read(text)).toThrow(/write numbers without separators, such as call=1000/);
      expect(() => parseTierSpec("riskTiers", "rule", text)).toThrow(/must read like/);
    },
  );
});
