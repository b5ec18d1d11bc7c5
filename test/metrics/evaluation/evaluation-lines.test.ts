import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { evaluateScores } from "../../../src/metrics/evaluation/evaluate-scores.js";

const labels = [1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0];
const probabilities = [0.9, 0.7, 0.6, 0.5, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05];
const evaluation = evaluateScores(labels, probabilities, {
  replicates: 20,
  metrics: [{ name: "hits", label: "hits", better: "higher", value: () => 0.25 }],
});

describe("console.log of an evaluation", () => {
  const lines = inspect(evaluation).split("\n");

  test("says rows and churn rate, then the main metrics and those of the caller with intervals", () => {
    expect(lines[0]).toBe("Evaluation on 12 rows: 4 churned, churn rate 33.3%");
    // Fewer than 100 churners: the interval comes first.
    const { value, low, high } = evaluation.metrics.rocAuc;
    const rocAuc = `${low.toFixed(3)} to ${high.toFixed(3)}  (${value.toFixed(4)})`;
    expect(lines[1].replace(/ {3,}/g, "  ")).toBe(`  ROC AUC  ${rocAuc}`);
    expect(lines.slice(1, -2).map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
      "ROC AUC",
      "average precision",
      "log loss",
      "Brier score",
      "expected calibration error",
      "expected maximum profit per customer",
      "top-decile lift",
      "hits",
    ]);
    expect(lines.at(-1)).toBe("  (95% intervals, 20 bootstrap samples)");
  });

  test("counts the metrics that it does not show", () => {
    const measured = Object.values(evaluation.metrics).filter((metric) => metric !== null).length;
    expect(lines.at(-2)).toBe(`  … and ${measured - 8} more in metrics`);
  });

  test("is one line inside something else", () => {
    const { value, low, high } = evaluation.metrics.rocAuc;
    const rocAuc = `${low.toFixed(3)} to ${high.toFixed(3)} (${value.toFixed(4)})`;
    expect(inspect({ evaluation })).toBe(`{ evaluation: [Evaluation 12 rows, ROC AUC ${rocAuc}] }`);
  });

  test("leaves JSON, copies and comparisons as they were", () => {
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
    expect(structuredClone(evaluation)).toStrictEqual(evaluation);
  });
});
