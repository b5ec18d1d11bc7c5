import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { pageHtml } from "../../src/page/html/page-html.js";
import type { Block, Page, Picture } from "../../src/page/page.js";
import { examplePage, HOSTILE_NAMES, PLOT_VARIABLES } from "./example-page.js";

const { html } = pageHtml(examplePage(), { name: "report", plotVariables: PLOT_VARIABLES });

function pageOf(...blocks: Block[]): Page {
  return {
    locale: "en",
    title: "T",
    subtitle: "s",
    sections: [{ id: "one", title: "One", blocks }],
    foot: [],
  };
}

/** The HTML of its one section, after the heading. */
function written(...blocks: Block[]): string {
  const text = pageHtml(pageOf(...blocks), { name: "report" }).html;
  return text.slice(text.indexOf("</h2>") + 6, text.indexOf("</section>"));
}

const PICTURE: Picture = { id: "chart", title: "Chart", svg: () => "" };

describe("pageHtml", () => {
  test("allows its style sheet and its script by their hashes, and nothing else", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(html)?.[1];
    const hash = (tag: string) => {
      const text = new RegExp(`<${tag}>([^]*?)</${tag}>`, "u").exec(html)?.[1] ?? "";
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    expect(policy?.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hash("style")}`,
      `script-src ${hash("script")}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html).not.toMatch(/\sstyle=|\son\w+="/u);
  });

  test("shows whatever names hold as text", () => {
    const tags = html.match(/<(?:script|style|img|b\b|!--)/gu);
    expect(tags).toEqual(["<style", "<script"]);
    expect(html.replaceAll("\n", "")).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
    for (const name of HOSTILE_NAMES.slice(0, 4)) expect(html).not.toContain(name);
    expect(html).not.toMatch(/href="javascript/u);
  });

  test("a text of every kind of block is escaped", () => {
    const bad = `<i>&"'\u202e`;
    const safe = "&lt;i&gt;&amp;&quot;&#39;�";
    const table = { id: "t", caption: bad, head: [bad], rows: [[bad]], most: 0 };
    const blocks: Block[] = [
      { is: "text", text: bad },
      { is: "heading", text: bad },
      { is: "list", items: [bad] },
      { is: "note", tone: "warning", text: bad },
      { is: "figures", items: [{ label: bad, value: bad, detail: bad }] },
      { is: "table", table: { ...table, id: "u" } },
      { is: "table", table: { ...table, most: 1 } },
      { is: "pictures", pictures: [{ ...PICTURE, title: bad, caption: bad }] },
      { is: "code", text: bad },
      { is: "details", summary: bad, blocks: [{ is: "text", text: bad }] },
    ];
    const text = written(...blocks);
    expect(text).not.toContain("<i>");
    expect(text.split(safe)).toHaveLength(1 + 17);
  });

  test("numbers and ranges are aligned right, other columns left; cells carry what they are sorted by", () => {
    const text = written({
      is: "table",
      table: {
        id: "t",
        caption: "c",
        head: ["Name", "Number", "Range", "Text"],
        rows: [
          ["1", { text: "12.3%", value: 0.123, bar: 0.123 }, "0.84–0.87", "low"],
          ["2", { text: "–", value: null }, "–", { text: "7", tone: "warning" }],
        ],
      },
    });
    expect(text).toContain(
      '<th scope="col" class="t">Name</th><th scope="col">Number</th><th scope="col">Range</th><th scope="col" class="t">Text</th>',
    );
    expect(text).toContain(
      '<th scope="row">1</th><td class="bar w12" data-v="0.123">12.3%</td><td>0.84–0.87</td><td class="t">low</td>',
    );
    expect(text).toContain(
      '<td data-v="">–</td><td>–</td><td class="t warn"><span class="mark" role="img" aria-label="Warning">▲</span> 7</td>',
    );
  });

  test("a table that is cut comes with all its rows as CSV: numbers as such, no formula, UTF-8 with its mark", () => {
    const table = {
      id: "segments",
      caption: "c",
      head: ["Name", "Rows", "Rate", "Range", "Kind"],
      most: 1,
      rows: [
        ["=1+1", "1,234", { text: "12.3%", value: 0.1234 }, "0.1–0.2", "@x"],
        ["中文", "5", "7%", "–", { text: "low", value: 1 }],
        ['"-3"', { text: "–", value: null }, "–", "0.3–0.4", "\tx"],
      ],
    };
    const { html: text, files } = pageHtml(pageOf({ is: "table", table }), { name: "my report" });
    expect(text).toContain(
      '<p class="rest">The first 1 of 3 rows, all in <a href="my%20report-segments.csv">my report-segments.csv</a></p>',
    );
    expect(text.match(/<tr>/gu)).toHaveLength(2);
    expect(files).toEqual([
      {
        name: "my report-segments.csv",
        text: [
          "\ufeffName,Rows,Rate,Range,Kind",
          "'=1+1,1234,0.1234,0.1–0.2,'@x",
          "中文,5,0.07,–,low",
          `"'""-3""",,,0.3–0.4,"'\tx"`,
          "",
        ].join("\n"),
      },
    ]);
  });

  test("ids of charts do not clash, whatever they hold, and lead to where they did", () => {
    const svg = () =>
      `<svg role="img" aria-labelledby="a b"><title id="a">id="a" url(#c)</title><desc id="b">x > y</desc><clipPath id="c"/><g clip-path="url(#c)" data-name="a > b"><use href="#c"/></g></svg>`;
    const text = written({
      is: "pictures",
      pictures: [
        { ...PICTURE, svg },
        { ...PICTURE, id: "other", svg },
      ],
    });
    expect(text).toContain(
      `<svg role="img" aria-labelledby="chart__a chart__b"><title id="chart__a">id="a" url(#c)</title><desc id="chart__b">x > y</desc><clipPath id="chart__c"/><g clip-path="url(#chart__c)" data-name="a > b"><use href="#chart__c"/></g></svg>`,
    );
    const ids = [...text.matchAll(/<[^>]*\sid="([^"]*)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("asks for the charts of the page's theme", () => {
    const svg = (theme: string) => `<svg class="${theme}"/>`;
    expect(written({ is: "pictures", pictures: [{ ...PICTURE, svg }] })).toContain('<svg class="page"/>');
  });

  test("says in Chinese what it says itself", () => {
    const { html: text } = pageHtml(examplePage("zh"), { name: "report" });
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).toContain("前 20 行，共 45 行，完整表格见");
    for (const word of ["目录", "跳到正文", "注意", "暂缺", "筛选行", "复制"]) expect(text).toContain(word);
    expect(text).not.toMatch(/Contents|Skip|Warning|Not available|Filter rows|Copied/u);
  });

  test("is lean: less than 12 kB of style, 5 kB of script, 1.2 kB of the rest", () => {
    const text = pageHtml(pageOf(), { name: "report" }).html;
    const style = /<style>.*<\/style>/su.exec(text)?.[0] ?? "";
    const script = /<script>.*<\/script>/su.exec(text)?.[0] ?? "";
    expect(Buffer.byteLength(style)).toBeLessThan(12_000);
    expect(Buffer.byteLength(script)).toBeLessThan(5_000);
    expect(text.length - style.length - script.length).toBeLessThan(1_200);
  });

  test("refuses names and ids that cannot be used, and rows that do not fit, all at once", () => {
    const table = { id: "one", caption: "c", head: ["a"], rows: [["1", "2"]] };
    const page = pageOf(
      { is: "details", summary: "s", blocks: [{ is: "table", table }] },
      { is: "pictures", pictures: [{ ...PICTURE, id: "A b" }] },
    );
    expect(() => pageHtml(page, { name: "../report" })).toThrow(
      /name: must be the name of a file.*ids must be of a-z, 0-9 and -, received "A b".*ids must be unique, received "one".*rows of table one must have 1 cell, received 2/su,
    );
  });
});
