import { describe, expect, test } from "vitest";
import { type RiskTiers, tierOf } from "../../src/tiers/tiers.js";
import { thrownBy } from "../support/thrown.js";

const BY_PROBABILITY: RiskTiers = [
  { name: "high", from: 0.5 },
  { name: "low", from: 0 },
];
const BY_LOSS: RiskTiers = [
  { name: "call", from: 100, by: "expectedLoss" },
  { name: "rest", from: 0, by: "expectedLoss" },
];

describe("tierOf", () => {
  test.each([
    [0.5, 200, "call"],
    [0.5, 199.99, "rest"],
    [0.01, 20_000, "call"],
    [0, 1e9, "rest"],
    [1, 0, "rest"],
  ])("of probability %s and value %s by expected loss is %s", (probability, value, name) => {
    expect(tierOf(BY_LOSS, probability, value).name).toBe(name);
  });

  test("by probability ignores the value", () => {
    expect(tierOf(BY_PROBABILITY, 0.5, Number.NaN).name).toBe("high");
    expect(tierOf(BY_PROBABILITY, 0.4).name).toBe("low");
  });

  test.each([-0.1, 1.1, Number.NaN])("refuses the probability %s", async (probability) => {
    const { code, path, received } = await thrownBy(() => tierOf(BY_PROBABILITY, probability));
    expect([code, path.argument, received]).toEqual(["argument.invalid", "probability", probability]);
  });

  test("by expected loss refuses to guess the value of a subscriber", async () => {
    const error = await thrownBy(() => tierOf(BY_LOSS, 0.5));
    expect([error.code, error.path.argument]).toEqual(["argument.missing", "value"]);
    expect(error.message).toContain("probability × value");
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])(
    "by expected loss refuses the value %s",
    async (value) => {
      const { code, path, received } = await thrownBy(() => tierOf(BY_LOSS, 0.5, value));
      expect([code, path.argument, received]).toEqual(["argument.invalid", "value", value]);
    },
  );
});
