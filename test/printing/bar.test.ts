import { expect, test } from "vitest";
import { bar } from "../../src/printing/bar.js";

test("bar(share, width) is as long as its share, to an eighth of a character", () => {
  expect(bar(1, 4)).toBe("████");
  expect(bar(0.5, 4)).toBe("██");
  expect(bar(5 / 32, 4)).toBe("▋");
  expect(bar(0.3, 10)).toBe("███");
});

test("a share above 0 can be seen, and no other has a bar; no bar is longer than its width", () => {
  expect(bar(1e-9, 4)).toBe("▏");
  expect([bar(0, 4), bar(-1, 4), bar(Number.NaN, 4)]).toEqual(["", "", ""]);
  expect(bar(7, 4)).toBe("████");
  expect(bar(Number.POSITIVE_INFINITY, 4)).toBe("████");
});
