import { describe, expect, test } from "vitest";
import { parseTierSpec } from "../../src/cli/tier-spec.js";

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
  ])("reads %s", (text, rule) => {
    expect(parseTierSpec(text)).toEqual(rule);
  });

  test.each(["", "high", "high=10%", "high=10%,low=20%", "high>=0.5,medium=10%,low", "=5,low", "high=,low"])(
    "refuses %j",
    (text) => {
      expect(() => parseTierSpec(text)).toThrow("--tiers");
    },
  );
});
