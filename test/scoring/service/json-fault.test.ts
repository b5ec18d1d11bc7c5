import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonFault } from "../../../src/scoring/service/http/json-fault.js";

describe("jsonFault(text)", () => {
  test.each([
    ["", 1, 1, "a value"],
    ['{"row": }', 1, 9, "a value"],
    ['{"row": {"a": 1,}}', 1, 17, "a name in double quotes"],
    ["{'row': 1}", 1, 2, "a name in double quotes"],
    ["{row: 1}", 1, 2, "a name in double quotes"],
    ['{"row" 1}', 1, 8, ": after the name"],
    ['{\n  "row": {\n    "a": NaN\n  }\n}', 3, 10, "a value"],
    ["[1 2]", 1, 4, ", or ]"],
    ['{"a": 1', 1, 8, ", or }"],
    ['{"a": "x', 1, 7, "a text that ends"],
    ["{} {}", 1, 4, "the end"],
    ["[01]", 1, 3, ", or ]"],
  ])("%j is no JSON at line %d, character %d", (text, line, character, expected) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonFault(text)).toEqual({ line, character, expected });
  });

  test("is undefined exactly where JSON.parse takes the text", () => {
    const takes = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", '"', ":", "\\", "1", "\u0001", "é"))
      .map(([json, place, more]) => {
        const at = place % (json.length + 1);
        return json.slice(0, at) + more + json.slice(at + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, fc.string()), (text) => {
        expect(jsonFault(text) === undefined).toBe(takes(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("takes text that is nested deeper than a stack", () => {
    expect(jsonFault("[".repeat(200_000))).toMatchObject({ character: 200_001, expected: "a value" });
    expect(jsonFault(`"${"x".repeat(1 << 20)}"`)).toBeUndefined();
  });

  test("takes control characters from U+007F on, as JSON does", () => {
    expect(JSON.parse('"\u007f"')).toBe("\u007f");
    expect(jsonFault('"\u007f\u0085\u2028"')).toBeUndefined();
  });
});
