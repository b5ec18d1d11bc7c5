import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { evaluateScores } from "../../../src/metrics/evaluation/evaluate-scores.js";
import { leadsWithInterval, metricParts, metricText } from "../../../src/metrics/evaluation/shown-metric.js";
import { evaluationMarkdown } from "../../../src/report/evaluation-markdown.js";

const metric = { value: 0.7506, low: 0.73104, high: 0.78 };

/** So many churners and the same number of others, some of whom rank higher. */
function evaluationOf(churners: number) {
  const labels = Uint8Array.from({ length: 2 * churners }, (_, i) => i % 2);
  const probabilities = Float64Array.from(labels, (label, i) => 0.2 + 0.3 * label + (i % 7) / 14);
  return evaluateScores(labels, probabilities, { replicates: 20 });
}

describe("a metric as it is shown", () => {
  test("is its value, then its interval, from 100 churners", () => {
    expect(metricParts(metric, 100)).toEqual(["0.7506", "0.7310–0.7800"]);
    expect(metricText(metric, 100)).toBe("0.7506 (0.7310–0.7800)");
    expect(leadsWithInterval(100)).toBe(false);
  });

  test("is its interval, then its value, with fewer", () => {
    expect(metricParts(metric, 99)).toEqual(["0.731 to 0.780", "0.7506"]);
    expect(metricText(metric, 99, (value) => value.toFixed(2))).toBe("0.731 to 0.780 (0.75)");
    expect(leadsWithInterval(99)).toBe(true);
  });

  test("agrees in console.log and Markdown", () => {
    for (const churners of [99, 100]) {
      const evaluation = evaluationOf(churners);
      const [first, second] = metricParts(evaluation.metrics.logLoss, churners);
      expect(inspect(evaluation)).toMatch(new RegExp(`log loss +${first} +\\(${second}\\)`));
      const markdown = evaluationMarkdown(evaluation);
      expect(markdown).toMatch(new RegExp(`\\| log loss +\\| +${first} \\| +${second} +\\|`));
      const heading =
        churners < 100 ? /metric +\| +95% interval \| +value/ : /metric +\| +value \| +95% interval/;
      expect(markdown).toMatch(heading);
    }
  });
});
