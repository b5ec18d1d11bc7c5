import { describe, expect, test } from "vitest";
import { pageMarkdown } from "../../src/page/markdown/page-markdown.js";
import type { Block, Page, PageFile } from "../../src/page/page.js";
import { chart, examplePage } from "./example-page.js";

/** The Markdown of one section, after its heading, and the files beside it. */
function written(...blocks: Block[]): { text: string; files: readonly PageFile[] } {
  const page: Page = {
    locale: "en",
    title: "T",
    subtitle: "s",
    sections: [{ id: "one", title: "One", blocks }],
    foot: [],
  };
  const { markdown, files } = pageMarkdown(page, { name: "report" });
  return { text: markdown.slice(markdown.indexOf("## One") + 8, -1), files };
}

const shown = (text: string) => written({ is: "text", text }).text;

describe("pageMarkdown", () => {
  test("has the title, the subtitle, the sections and the foot", () => {
    const { markdown } = pageMarkdown(
      { ...examplePage(), sections: [{ id: "a", title: "*A*", blocks: [] }] },
      { name: "report" },
    );
    expect(markdown.split("\n\n")).toEqual([
      "# Churn of the telco data",
      "Gradient-boosted trees on 7,043 subscribers, evaluated on 19 June 2026",
      "## \\*A\\*",
      "---",
      "holdfast 1.0, model telco.model.json of 12 May 2026, seed 42.",
      "Rows: march.csv, 7,043 rows, SHA-256 3f5a…\n",
    ]);
  });

  test("shows whatever names hold as text", () => {
    expect(shown("*a* `b` [c](d) <e> ~f~ $g$ \\ &amp; a&b")).toBe(
      "\\*a\\* \\`b\\` \\[c\\](d) \\<e> \\~f\\~ \\$g\\$ \\\\ \\&amp; a&b",
    );
    expect(shown("monthly_charges _a_ __b")).toBe("monthly_charges \\_a\\_ \\_\\_b");
    expect(shown("https://example.com www.example.com 12:30")).toBe(
      "https\\://example.com www\\.example.com 12:30",
    );
    expect(["- a", "+ a", "# a", "> a", "1. a", "12) a", "---", "==="].map(shown)).toEqual([
      "\\- a",
      "\\+ a",
      "\\# a",
      "\\> a",
      "1\\. a",
      "12\\) a",
      "\\---",
      "\\===",
    ]);
    expect(["-5", "1.5", "a - b", "#a"].map(shown)).toEqual(["-5", "1.5", "a - b", "#a"]);
    expect(shown("\u202ea\nb")).toBe("�a�b");
  });

  test("writes figures as a list, notes as quotes, details as sections below, code between fences that it does not hold", () => {
    const { text } = written(
      {
        is: "figures",
        items: [
          { label: "ROC AUC", value: "0.85", detail: "0.84–0.86" },
          { label: "Rows", value: "7" },
        ],
      },
      { is: "note", tone: "missing", text: "no value" },
      {
        is: "details",
        summary: "More",
        blocks: [
          { is: "heading", text: "Deeper" },
          { is: "list", items: ["a", "- b"] },
        ],
      },
      { is: "code", text: "a\n```\tb" },
    );
    expect(text.split("\n\n")).toEqual([
      "- ROC AUC: **0.85** (0.84–0.86)\n- Rows: **7**",
      "> **Not available:** no value",
      "### More",
      "#### Deeper",
      "- a\n- \\- b",
      "````\na\n```\tb\n````",
    ]);
  });

  test("aligns tables as HTML does, marks warnings by a shape, and cuts them likewise", () => {
    const { text, files } = written({
      is: "table",
      table: {
        id: "segments",
        caption: "All",
        head: ["Name", "AUC", "Interval"],
        rows: [
          ["a|b", { text: "0.85", tone: "warning" }, "0.84–0.86"],
          ["c\\", "–", "–"],
          ["d", "0.9", "–"],
        ],
        most: 2,
      },
    });
    expect(text).toBe(
      [
        "**All**",
        "",
        "| Name |    AUC |  Interval |",
        "| ---- | -----: | --------: |",
        "| a\\|b | ▲ 0.85 | 0.84–0.86 |",
        "| c\\\\  |      – |         – |",
        "",
        "The first 2 of 3 rows, all in [report-segments.csv](report-segments.csv)",
      ].join("\n"),
    );
    expect(files.map(({ name }) => name)).toEqual(["report-segments.csv"]);
  });

  test("charts are SVG files with a ground of their theme beside it", () => {
    const { text, files } = written({ is: "pictures", pictures: [chart("lift", "Lift [1]")] });
    expect(text).toMatch(/^!\[Lift \\\[1\\\]\]\(report-lift\.svg\)\n\nThe first three/u);
    expect(files[0].name).toBe("report-lift.svg");
    expect(files[0].text).not.toContain("var(");
  });
});
