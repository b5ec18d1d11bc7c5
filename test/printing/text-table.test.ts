import { describe, expect, test } from "vitest";
import { printable } from "../../src/printing/printable.js";
import { textTable } from "../../src/printing/text-table.js";

describe("textTable", () => {
  test("counts a Chinese character as two columns and aligns numbers right", () => {
    expect(
      textTable(
        ["套餐", "rows"],
        [
          ["基本", "7"],
          ["b", "1,200"],
        ],
      ),
    ).toBe(["套餐   rows", "────  ─────", "基本      7", "b     1,200"].join("\n"));
  });
  test("gives marks no separate column, and a wide character two", () => {
    expect(textTable(["e\u0301", "x"], [["ab", "한 😀"]])).toBe(
      ["e\u0301   x", "──  ─────", "ab  한 😀"].join("\n"),
    );
  });
  test("shows no control characters of the data", () => {
    expect(textTable(["a"], [["\u001b[31mred"]])).not.toContain("\u001b");
    expect(printable("a\u0007b\u009bc")).toBe("a�b�c");
  });
});
