import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { MISSING } from "../../../src/analytics/activation/missing-activations.js";

const ROOM = fileURLToPath(new URL("../../../src/analytics/", import.meta.url));
const WORDS = join(ROOM, "page/words");

/** The texts of every file of words: `{ CHINESE_X: { english: chinese } }`. */
const ENTRIES = (
  await Promise.all(
    readdirSync(WORDS).map(async (file) => {
      const exported: Record<string, Record<string, string>> = await import(join(WORDS, file));
      return Object.values(exported).flatMap((words) =>
        Object.entries(words).map(([english, chinese]) => ({ file, english, chinese })),
      );
    }),
  )
).flat();

/** Names of placeholders; forms of words are English only. */
const placeholdersOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name))].sort();

/** All code of the room but its words. */
const CODE = readdirSync(ROOM, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.parentPath !== WORDS)
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
  .join("\n");

describe("the Chinese texts of the analysis", () => {
  test("are many", () => {
    expect(ENTRIES.length).toBeGreaterThan(200);
  });

  test("have the placeholders of the English ones", () => {
    const wrong = ENTRIES.filter(
      ({ english, chinese }) =>
        placeholdersOf(chinese).join() !== placeholdersOf(english).join() &&
        // A text may say a number by the form of a word alone.
        !placeholdersOf(chinese).every((name) => english.includes(`{${name}`)),
    );
    expect(wrong).toEqual([]);
  });

  test("are Chinese, but for names that are the same in both languages", () => {
    const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
    const foreign = ENTRIES.filter(({ chinese }) => !isChinese(chinese)).map(({ english }) => english);
    expect([...new Set(foreign)].sort()).toEqual(["q", "{cut} {value}", "{kind}: {tariffs}"]);
  });

  test("are all used", () => {
    // Names of cuts, values and causes are words of the data model: literals of it, or of its types.
    const reasons: readonly string[] = Object.values(MISSING);
    const unused = ENTRIES.filter(({ english }) => !CODE.includes(english) && !reasons.includes(english));
    expect(unused.filter(({ file }) => file !== "chinese-names.ts")).toEqual([]);
  });
});
