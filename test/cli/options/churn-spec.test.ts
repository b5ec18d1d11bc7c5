import { describe, expect, test } from "vitest";
import { parseChurnSpec } from "../../../src/cli/options/churn-spec.js";
import { parseCutoffs, parseSpan } from "../../../src/cli/options/window-spec.js";

describe("--churn", () => {
  test.each([
    ["disconnected", "disconnected", "left"],
    ["disconnected:voluntary，携号转网", "disconnected", "left: voluntary, 携号转网"],
    ["voluntary", "voluntary", "left: natural, competitor, own failing, other"],
    ["involuntary", "involuntary", "left: arrears or abuse"],
    ["inactive:60", "inactive", "did nothing for 60 days"],
    ["partial:usage.流量,0.3", "partialChurn", "流量 fell to 0.3"],
    ["service:internet", "serviceChurn", "dropped internet"],
    ["no-purchase", "noPurchase", "made no purchase"],
    ["disconnected+inactive", "disconnected or inactive", "left, or did nothing for 90 days"],
  ])("reads %s", (text, name, description) => {
    const churn = parseChurnSpec(text);
    expect(churn).toMatchObject({ name, description: expect.stringContaining(description) });
  });

  test("reads none as rows without a label", () => {
    expect(parseChurnSpec("none")).toBe(false);
  });

  test.each([
    "",
    "gone",
    "disconnected:",
    "partial",
    "partial:minutes",
    "no-purchase:3",
    "inactive:a",
    "none+inactive",
  ])("refuses %j", (text) => {
    expect(() => parseChurnSpec(text)).toThrow(/must/);
  });
});

describe("--at and spans", () => {
  test("read days, months and series of months", () => {
    expect(parseCutoffs("2025-01..2025-03,2025-06-15")).toEqual([
      "2025-01-01",
      "2025-02-01",
      "2025-03-01",
      "2025-06-15",
    ]);
    expect(() => parseCutoffs("2025-03..2025-01")).toThrow("must not lie before 2025-03");
    expect(() => parseCutoffs("2025-01..2025-02..2025-03")).toThrow("must read like");
  });

  test("read months and days", () => {
    expect(parseSpan("--gap")("6")).toBe(6);
    expect(parseSpan("--gap")("6m")).toBe(6);
    expect(parseSpan("--gap")("90d")).toEqual({ days: 90 });
    expect(() => parseSpan("--gap")("six")).toThrow("--gap");
  });
});
