import { inspect, isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { printAsText } from "../../src/printing/print-as-text.js";

const data = { rows: 2, parts: [{ rows: 1 }] };
const printed = printAsText(structuredClone(data), {
  lines: ({ rows }) => [`${rows} rows`, "and more"],
  short: ({ rows }) => `Parts ${rows}`,
});

describe("printAsText", () => {
  test("prints lines by console.log and as a text", () => {
    expect(inspect(printed)).toBe("2 rows\nand more");
    expect(`${printed}`).toBe("2 rows\nand more");
  });

  test("prints one line inside another object or array", () => {
    expect(inspect({ at: 1, deep: { printed } })).toBe("{ at: 1, deep: { printed: [Parts 2] } }");
    expect(inspect([printed])).toBe("[ [Parts 2] ]");
    expect(inspect({ a: { b: { c: printed } } })).toBe("{ a: { b: { c: [Parts 2] } } }");
  });

  test("changes nothing else: keys, JSON, copies, comparison", () => {
    expect(Reflect.ownKeys({ ...printed })).toEqual(["rows", "parts"]);
    expect(Object.keys(printed)).toEqual(["rows", "parts"]);
    expect(JSON.stringify(printed)).toBe(JSON.stringify(data));
    expect(structuredClone(printed)).toEqual(data);
    expect(printed).toStrictEqual(data);
    expect(isDeepStrictEqual(printed, data)).toBe(true);
  });
});
