import { beforeAll, describe, expect, test } from "vitest";
import { explainGlobally, type GlobalExplanation } from "../../src/predict/explaining/explain-globally.js";
import { globalExplanationMarkdown, globalExplanationText } from "../../src/report/global-explanation.js";
import { tableFromRows } from "../../src/table/rows.js";
import { trainChurnModel } from "../../src/training/train.js";
import { subscriberRows } from "../support/subscribers.js";
import { errorOf } from "../support/thrown.js";

const QUICK = { rows: 500, contributionRows: 40, curveRows: 20, interactionRows: 10, repeats: 2, points: 4 };
/** A name that clears a terminal, ends a cell of Markdown and begins a heading. */
const HOSTILE = "\u001b[2J|calls\n# heading";

/** Subscribers with a column of a hostile name and a date. */
function hostileTable(count: number, seed: number) {
  const rows = subscriberRows(count, seed).map(({ "客服 calls": calls, ...rest }, i) => ({
    ...rest,
    [HOSTILE]: calls,
    joined: `2024-0${1 + (i % 9)}-11`,
  }));
  return tableFromRows(rows, { columns: { subscriber: "text" } });
}

let explanation: GlobalExplanation;
beforeAll(async () => {
  const options = {
    label: "churned",
    id: "subscriber",
    classifier: "logistic",
    replicates: 5,
    repeats: 1,
  } as const;
  const model = await trainChurnModel(hostileTable(400, 1), options);
  const groups = { service: [HOSTILE, "charge"] };
  explanation = await explainGlobally(model, hostileTable(600, 2), { ...QUICK, curves: 6, groups });
});

describe("a global explanation as text", () => {
  test("has every part as a section, the most important input first with the longest bar", () => {
    const lines = globalExplanationText(explanation).split("\n");
    expect(lines[0]).toBe("What matters overall");
    expect(lines[1]).toMatch(/^500 rows of 600 \(a random sample, seed 0\), mean probability \d+\.\d%$/u);
    for (const heading of ["Importance", "Contributions", "Curves", "Interactions", "Odds ratios"])
      expect(lines).toContain(heading);
    expect(lines.find((line) => line.startsWith("tenure"))).toMatch(/^tenure\s+█{16}\s+\+0\.\d{4}/u);
    expect(lines.find((line) => line.startsWith("service"))).toMatch(/█/u);
  });

  test("shows what is not beyond chance, dates as dates, and missing values", () => {
    const text = globalExplanationText(explanation);
    expect(text).toContain("not beyond chance");
    expect(text).toMatch(/2024-09-11/u);
    expect(text).toMatch(/^missing\s+\d/mu);
  });

  test("has no control characters, and nothing that is no number", () => {
    const text = globalExplanationText(explanation);
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(text).not.toMatch(/NaN|Infinity|undefined|null/u);
  });

  test("says which parts there are not, and why", () => {
    const without = {
      ...explanation,
      importance: null,
      missing: [{ part: "importance", reason: "the table has no column churned" }],
    } as const;
    const text = globalExplanationText(without);
    expect(text).toContain("Not there\nimportance: the table has no column churned");
    expect(text).not.toContain("Importance\n");
  });
});

describe("a global explanation as Markdown", () => {
  test("has the same sections, and tables whose rows have as many cells as their head", () => {
    const text = globalExplanationMarkdown(explanation);
    expect(text.startsWith("# What matters overall\n\n")).toBe(true);
    const headings = [...text.matchAll(/^#+ (.*)$/gmu)].map(([, heading]) => heading);
    expect(headings).toEqual(expect.arrayContaining(["Importance", "Contributions", "Curves", "tenure"]));
    expect(headings).not.toContain("heading");
    for (const table of text.split("\n\n").filter((part) => part.startsWith("|"))) {
      const widths = table
        .trimEnd()
        .split("\n")
        .map((line) => line.replaceAll("\\|", "").split("|").length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  test("has no control characters but line ends", () => {
    expect(globalExplanationMarkdown(explanation).replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });
});

test("both read what was saved as JSON, and refuse what is no global explanation", () => {
  const saved = JSON.parse(JSON.stringify(explanation)) as GlobalExplanation;
  expect(globalExplanationText(saved)).toBe(globalExplanationText(explanation));
  const promise = Promise.resolve(explanation) as unknown as GlobalExplanation;
  expect(errorOf(() => globalExplanationText(promise)).message).toContain("await it first");
  expect(errorOf(() => globalExplanationMarkdown({} as GlobalExplanation)).message).toBe(
    "globalExplanationMarkdown: explanation: must be the result of explainGlobally, received {}",
  );
});
