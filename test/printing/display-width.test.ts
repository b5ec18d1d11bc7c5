import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { clipped, displayWidth, padded } from "../../src/printing/display-width.js";

// The reference is the package string-width.

/** A character of the blocks from `first` to `last`. */
const from = (first: number, last: number) =>
  fc.integer({ min: first, max: last }).map((codePoint) => String.fromCodePoint(codePoint));

const texts = fc
  .array(
    fc.oneof(
      from(0x20, 0x7e),
      from(0xa0, 0x2af), // Latin letters beyond ASCII
      from(0x391, 0x3a1), // Greek
      from(0x410, 0x44f), // Cyrillic
      from(0x3041, 0x3096), // kana
      from(0x4e00, 0x9fff), // Chinese
      from(0x3001, 0x3011), // its punctuation
      from(0xac00, 0xd7a3), // Hangul
      from(0xff01, 0xff60), // fullwidth
      from(0x20000, 0x2a6df), // Chinese, extension B
      fc.constantFrom("e\u0301", "📱", "👍🏽", "👨‍👩‍👧", "❤️", "–", "…", "→", "±", "€"),
    ),
    { maxLength: 12 },
  )
  .map((characters) => characters.join(""));

describe("displayWidth", () => {
  test.each([
    ["tenure", 6],
    ["套餐", 4],
    ["月租费（元）", 12],
    ["é", 1],
    ["e\u0301", 1],
    ["👨‍👩‍👧", 2],
    ["", 0],
  ])("of %j is %i", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test("is that of string-width", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(displayWidth(text)).toBe(stringWidth(text));
      }),
    );
  });

  test("is that of string-width for every letter of these scripts and every sign of the first plane", () => {
    const letters =
      /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]$/u;
    const signs = /^\p{Script=Common}$/u;
    const wrong: string[] = [];
    for (let codePoint = 0x20; codePoint < 0x33000; codePoint++) {
      const text = String.fromCodePoint(codePoint);
      const isCompared = letters.test(text) || (codePoint < 0x10000 && signs.test(text));
      if (isCompared && displayWidth(text) !== stringWidth(text)) wrong.push(codePoint.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});

test("padded fills up to the width, and cuts nothing", () => {
  expect(padded("套餐", 6)).toBe("套餐  ");
  expect(padded("套餐", 3)).toBe("套餐");
});

describe("clipped", () => {
  test("leaves what fits, and else ends in …, never in half a character", () => {
    expect(clipped("套餐名称", 8)).toBe("套餐名称");
    expect(clipped("套餐名称", 7)).toBe("套餐名…");
    expect(clipped("套餐名称", 6)).toBe("套餐…");
  });

  test("is never wider than asked", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 12 }), (text, width) => {
        expect(displayWidth(clipped(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
