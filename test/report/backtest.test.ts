import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { backtestText } from "../../src/cli/print/backtest.js";
import { arpu, tenure } from "../../src/history/index.js";
import { openHistory, trainChurnModel, trainingMarkdown } from "../../src/index.js";
import { backtestMarkdown } from "../../src/report/backtest.js";
import { backtest } from "../../src/training/index.js";
import { subscriberTable } from "../support/subscribers.js";

const history = await openHistory(fileURLToPath(new URL("../../datasets/simulated", import.meta.url)));
const QUICK = { classifier: "logistic", repeats: 1, folds: 2, replicates: 5 } as const;
const found = await backtest(history, {
  ...QUICK,
  ...{ gap: 0, horizon: 1, features: [tenure(), arpu()], from: "2025-11", tiers: "call=8%,rest" },
});
history.close();

/** A section of Markdown: the rows of its table as cells. */
const rowsOfSection = (markdown: string, heading: string) => {
  const [, section] = markdown.split(`# ${heading}\n\n`);
  const lines = section.split("\n\n")[0].split("\n");
  return lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

describe("a backtest as Markdown", () => {
  const markdown = backtestMarkdown(found);

  test("begins with what was done, the sentence and what was left out", () => {
    const [schedule, sentence, leftOut] = markdown.split("\n\n");
    expect(schedule).toBe(
      `2025-11 to 2026-01, trained every month on all that was known; churned: ${found.label.column} = ${found.label.positive}.`,
    );
    expect(sentence).toBe(found.sentence);
    expect(leftOut).toBe("## By month");
    const without = {
      ...found,
      leftOut: [
        { month: "2026-02", reason: "x" },
        { month: "2026-03", reason: "x" },
      ],
    };
    expect(backtestMarkdown(without).split("\n\n")[2]).toBe("- left out 2026-02, 2026-03: x");
  });

  test("has a row for each month and all", () => {
    const [head, , ...rows] = rowsOfSection(markdown, "By month");
    expect(head.slice(0, 6)).toEqual(["month", "rows", "churned", "rate", "predicted", "ROC AUC"]);
    expect(rows.map(([month]) => month)).toEqual(["2025-11", "2025-12", "2026-01", "all"]);
    const { overall } = found;
    expect(rows[3][1]).toBe(overall.rows.toLocaleString("en-US"));
    expect(rows[3][5]).toBe(overall.evaluation?.metrics.rocAuc.value.toFixed(4));
  });

  test("compares metrics with what training reported, and counts the months outside", () => {
    const rows = rowsOfSection(markdown, "Against what training reported");
    const auc = rows.find(([metric]) => metric === "ROC AUC") ?? [];
    const { reported, verdict } = found.overall.againstTraining.rocAuc;
    const outside = found.months.filter((month) => month.againstTraining.rocAuc.verdict !== "within").length;
    expect([auc[1], auc[5], auc[6]]).toEqual([reported.value.toFixed(4), verdict, `${outside} of 3`]);
  });

  test("has tiers by month, and trainings with the change of limits; the lowest tier has none", () => {
    const tiers = rowsOfSection(markdown, "Churned by risk tier");
    expect(tiers[0]).toEqual([
      ...["month", "call: share", "predicted", "churned", "95%"],
      ...["rest: share", "predicted", "churned", "95%"],
    ]);
    expect(tiers).toHaveLength(6);
    const [head, , first, second] = rowsOfSection(markdown, "Trainings");
    expect(head.slice(-2)).toEqual(["call from", "change"]);
    expect([first.at(-1), first[0]]).toEqual(["–", "2025-11-01"]);
    const change = found.trainings[1].tiers[0].change ?? 0;
    expect(second.at(-1)).toBe(`${change > 0 ? "+" : ""}${change.toFixed(4)}`);
  });

  test("a month of one label has dashes", () => {
    const [month, ...others] = found.months;
    const oneLabel = { ...found, months: [{ ...month, evaluation: null, againstTraining: {} }, ...others] };
    const [, , first] = rowsOfSection(backtestMarkdown(oneLabel), "By month");
    expect(first.slice(5)).toEqual(Array(7).fill("–"));
  });

  test("is a last section of the Markdown of a training", async () => {
    const table = subscriberTable(200);
    const model = await trainChurnModel(table, { ...QUICK, label: "churned", id: "subscriber" });
    const without = trainingMarkdown(model);
    const page = trainingMarkdown(model, { backtest: found });
    expect(page).toBe(`${without}\n## Backtest\n\n${backtestMarkdown(found, 3)}\n`);
    expect(page).toContain("### By month");
  });
});

test("a backtest on the command line ends with the sentence, after the same tables", () => {
  const text = backtestText(found);
  expect(text.endsWith(found.sentence)).toBe(true);
  for (const heading of ["By month", "Against what training reported", "Churned by risk tier", "Trainings"]) {
    expect(text).toContain(`\n\n${heading}\n\n`);
  }
});
