import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { abnormalActivation } from "../../../src/analytics/activation/abnormal-activation.js";
import { activationSection } from "../../../src/analytics/page/sections/activation.js";
import { CHINESE_ACTIVATION } from "../../../src/analytics/page/words/chinese-activation.js";
import type { Block, PageSection } from "../../../src/page/page.js";
import { opened } from "../../support/history/facts-of.js";
import { type CardsOf, operatorRows } from "./operator-rows.js";

const HONEST = ["A", "B", "C", "D"].map((dealer): CardsOf => ({ dealer, cards: 60, life: "usual" }));
const CHEAT: readonly CardsOf[] = [
  { dealer: "E|<b>", cards: 40, life: "usual" },
  { dealer: "E|<b>", cards: 20, life: "bulk" },
];
const found = async (dealers: readonly CardsOf[]) => abnormalActivation(await opened(operatorRows(dealers)));

function textsOf({ blocks }: PageSection): string {
  const text = (block: Block): string => {
    if (block.is === "text" || block.is === "note") return block.text;
    if (block.is === "list") return block.items.join("\n");
    if (block.is === "table") return JSON.stringify(block.table);
    return "";
  };
  return blocks.map(text).join("\n");
}

describe("activationSection", () => {
  test("names the dealer with facts to check, and says what to do", async () => {
    const result = await found([...HONEST, ...CHEAT]);
    const text = textsOf(activationSection(result, { locale: "en" }));
    expect(text).toContain("1 of 5 dealers activates cards that are hardly used");
    expect(text).toContain("E|<b>: 20 of 60 activations were hardly used in any of their first four months");
    expect(text).toContain("20 of them ended or fell silent in their first year");
    expect(text).toMatch(/\d+ ended within \d+ days, from 2024-\d\d-\d\d to 2024-\d\d-\d\d\./u);
    expect(text).toContain("18 of 18 had no second payment in 180 days (peers that use their cards: 0.0%).");
    expect(text).toContain("hold the commission");
    expect(text).toContain("Fewer than 3 tariffs");
  });

  test("says what was tested where no dealer is named", async () => {
    const text = textsOf(activationSection(await found(HONEST), { locale: "en" }));
    expect(text).toContain(
      "No dealer is named: none of 4 dealers with 240 activations from 2024-01 to 2024-12 has cards",
    );
    expect(text).not.toContain("hold the commission");
  });

  test("draws every dealer, and writes a figure for each in the table", async () => {
    const { blocks } = activationSection(await found([...HONEST, ...CHEAT]), { locale: "en" });
    const pictures = blocks.flatMap((block) => (block.is === "pictures" ? block.pictures : []));
    expect(pictures.map(({ svg }) => svg("page"))).toEqual([expect.stringContaining("<svg")]);
    const tables = blocks.flatMap((block) => (block.is === "table" ? [block.table] : []));
    expect(tables.map(({ rows }) => rows.length)).toEqual([5]);
    expect(tables[0].rows.every((row) => row.length === tables[0].head.length)).toBe(true);
  });

  test("is Chinese with locale zh, missing parts too", async () => {
    const { subscribers } = operatorRows(HONEST);
    const nothing = await abnormalActivation(await opened({ subscribers }));
    for (const result of [await found([...HONEST, ...CHEAT]), await found(HONEST), nothing]) {
      const section = activationSection(result, { locale: "zh" });
      expect(section.title).toBe("异常入网");
      const words = textsOf(section).replaceAll(
        /E\|<b>|`\w+`|minutes|abnormal-activation-\w+-table|"\w+":|warning/gu,
        "",
      );
      expect(words.match(/[A-Za-z]{2,}/gu)).toBeNull();
    }
    expect(textsOf(activationSection(nothing, { locale: "zh" }))).toContain("没有可用于判断用卡情况");
  });

  test("has Chinese texts with the same placeholders, all of which are used", () => {
    const code = ["page/sections/activation.ts", "activation/missing-activations.ts"]
      .map((path) => readFileSync(new URL(`../../../src/analytics/${path}`, import.meta.url), "utf8"))
      .join("\n")
      .replaceAll(/\$\{LEAST_UNITS\}/gu, "3")
      .replaceAll(/\$\{LEAST_ACTIVATIONS\}/gu, "10");
    const placeholders = (text: string) =>
      [...new Set([...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name))].sort();
    for (const [english, chinese] of Object.entries(CHINESE_ACTIVATION)) {
      expect(placeholders(english).filter((name) => !placeholders(chinese).includes(name))).toEqual([]);
      // Units are said by their names in the code.
      expect(code, english).toContain(english);
    }
  });
});
