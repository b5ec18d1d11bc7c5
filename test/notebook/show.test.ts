import { describe, expect, test, vi } from "vitest";
import { bundleOf } from "../../src/notebook/bundle-of.js";
import { show } from "../../src/notebook/show.js";
import { JUPYTER } from "../../src/printing/print-as-text.js";
import { tableFromRows } from "../../src/table/rows.js";
import { tierTable } from "../../src/tiers/summary/tier-table.js";

const ROWS = [
  { id: "007", tenure: 2.34567, plan: "<b>basic</b>", since: "2024-03-01" },
  { id: "008", tenure: null, plan: "家庭套餐", since: "2025-01-15" },
];

describe("what a notebook shows", () => {
  test("a table: its first rows, with kinds, as HTML that is escaped, and the text of console.log", () => {
    const table = tableFromRows(ROWS);
    const { "text/plain": text, "text/html": html } = bundleOf(table);
    expect(text).toBe(String(table));
    expect(html).toContain("Table 2 rows × 4 columns");
    expect(html).toContain("&lt;b&gt;basic&lt;/b&gt;");
    expect(html).not.toContain("<b>");
    expect(html).toContain("家庭套餐");
    expect(html).toContain(">2.34567<");
    expect(html).toContain(">2024-03-01<");
    expect(html.match(/<tr>/gu)).toHaveLength(4);
    expect(html.match(/scope="col"/gu)).toHaveLength(8);
  });

  test("five rows and twenty columns of a larger table, and how many columns more there are", () => {
    const names = Array.from({ length: 30 }, (_, i) => `c${i}`);
    const rows = Array.from({ length: 9 }, (_, i) => Object.fromEntries(names.map((name) => [name, i])));
    const { "text/html": html } = bundleOf(tableFromRows(rows));
    expect(html.match(/<tr>/gu)).toHaveLength(2 + 5);
    expect(html).toContain("10 more");
    expect(html).not.toContain("c20<");
  });

  test("a tier table as a table", () => {
    const tiers = tierTable(
      [
        { name: "high", from: 0.5 },
        { name: "low", from: 0 },
      ],
      [0.9, 0.2, 0.1],
      [1, 0, 0],
    );
    const { "text/plain": text, "text/html": html } = bundleOf(tiers);
    expect(text).toContain("high");
    expect(html).toContain("churners captured");
    expect(JSON.parse(JSON.stringify(tiers))).toEqual([...tiers]);
  });

  test("a picture as a picture, with its title where it can't be seen", () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><title id="a">Lift &amp; gain</title></svg>';
    expect(bundleOf(svg)).toEqual({ "image/svg+xml": svg, "text/plain": "[Lift & gain]" });
  });

  test("row objects: twenty of them, intervals after their value, missing values as nothing", () => {
    const rows = Array.from({ length: 25 }, (_, i) => ({
      id: `S${i}`,
      rocAuc: { value: 0.81234, low: 0.7, high: 0.9 },
      none: null,
      tags: ["a", "b"],
    }));
    const { "text/plain": text, "text/html": html } = bundleOf(rows);
    expect(html.match(/<tr>/gu)).toHaveLength(21);
    expect(html).toContain("0.8123 (0.7–0.9)");
    expect(html).toContain("a, b");
    expect(text.split("\n").at(-1)).toBe("… and 5 more rows");
    expect(html).toContain("… and 5 more rows");
  });

  test("an object as pairs, other values as Node prints them", () => {
    expect(bundleOf({ share: 0.123456 })["text/html"]).toContain("0.1235");
    expect(bundleOf({ profit: -68_746.4, rows: 1200 })["text/plain"]).toMatch(/-68,746[\s\S]*1,200/u);
    expect(bundleOf("text")).toEqual({ "text/plain": "text" });
    expect(bundleOf(new Map([[1, 2]]))).toEqual({ "text/plain": "Map(1) { 1 => 2 }" });
    expect(bundleOf([])).toEqual({ "text/plain": "[]" });
    expect(bundleOf(undefined)).toEqual({ "text/plain": "undefined" });
    expect(bundleOf([1, 2])).toEqual({ "text/plain": "[ 1, 2 ]" });
  });

  test("what an object says itself", () => {
    const own = { [JUPYTER]: () => ({ "text/plain": "mine" }) };
    expect(bundleOf(own)).toEqual({ "text/plain": "mine" });
  });
});

describe("show", () => {
  test("prints text where there is no notebook, and waits for promises", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await show("a", Promise.resolve("b"));
    expect(log.mock.calls).toEqual([["a"], ["b"]]);
    log.mockRestore();
  });

  test("hands everything to the kernel in its order, one after the other", async () => {
    const shown: unknown[] = [];
    vi.stubGlobal("Deno", {
      jupyter: {
        display: async (bundle: unknown, options: unknown) => {
          await new Promise((resolve) => setTimeout(resolve, 5 - shown.length));
          shown.push([bundle, options]);
        },
      },
    });
    await show("a", "b");
    vi.unstubAllGlobals();
    expect(shown).toEqual([
      [{ "text/plain": "a" }, { raw: true }],
      [{ "text/plain": "b" }, { raw: true }],
    ]);
  });

  test("prints where Deno refuses to say what its kernel is", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    vi.stubGlobal("Deno", {
      get jupyter() {
        throw new Error("only in a notebook");
      },
    });
    await show("a");
    vi.unstubAllGlobals();
    expect(log.mock.calls).toEqual([["a"]]);
    log.mockRestore();
  });
});
