import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellWord } from "../../src/printing/shell-word.js";

test("a word that needs no quotes has none", () => {
  expect(shellWord("流失.csv")).toBe("流失.csv");
  expect(shellWord("Area code=categorical")).toBe("'Area code=categorical'");
});

test("a shell reads back what was written", () => {
  const words = fc.sample(fc.string({ unit: "grapheme-ascii", minLength: 1 }), { numRuns: 50, seed: 1 });
  const script = words.map((word) => `printf '%s\\0' ${shellWord(word)}`).join("\n");
  expect(execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1)).toEqual(words);
});
