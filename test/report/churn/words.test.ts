import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { CARD } from "../../../src/report/churn/page/words/chinese-card.js";
import { DRIFT } from "../../../src/report/churn/page/words/chinese-drift.js";
import { MEASURES } from "../../../src/report/churn/page/words/chinese-measures.js";
import { MODEL } from "../../../src/report/churn/page/words/chinese-model.js";
import { NOTES } from "../../../src/report/churn/page/words/chinese-notes.js";
import { SUMMARY } from "../../../src/report/churn/page/words/chinese-summary.js";
import { TABLES } from "../../../src/report/churn/page/words/chinese-tables.js";

const PARTS = { CARD, DRIFT, MEASURES, MODEL, NOTES, SUMMARY, TABLES };
const ENTRIES = Object.entries(PARTS).flatMap(([part, words]) =>
  Object.entries(words).map(([english, chinese]) => ({ part, english, chinese })),
);

/** Names of placeholders; forms of words are English only. */
const placeholdersOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name))].sort();

/** All code of the pages of the report. */
function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith("words"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

describe("the Chinese texts of the report", () => {
  test("say each English text once", () => {
    const seen = new Map<string, string>();
    const twice = ENTRIES.filter(({ part, english }) => {
      const before = seen.get(english);
      seen.set(english, part);
      return before !== undefined;
    });
    expect(twice).toEqual([]);
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
    const same = ENTRIES.filter(({ english, chinese }) => english === chinese).map(({ english }) => english);
    expect(same).toEqual(["ROC AUC", "kB"]);
  });

  test("are all used by a page, but for words of tables", () => {
    const code = sources(fileURLToPath(new URL("../../../src/report/churn/page", import.meta.url)));
    const unused = ENTRIES.filter(
      ({ part, english }) => part !== "TABLES" && !code.includes(JSON.stringify(english)),
    );
    expect(unused).toEqual([]);
  });
});
