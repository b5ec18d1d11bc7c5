import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { evaluateScores } from "../../src/metrics/evaluation/evaluate-scores.js";
import { evaluateSegments } from "../../src/metrics/evaluation/evaluate-segments.js";
import { markdownTable } from "../../src/printing/text-table.js";
import { createRandom } from "../../src/random.js";
import { evaluationMarkdown } from "../../src/report/evaluation-markdown.js";

const random = createRandom(3, "markdown");
const probabilities = Float64Array.from({ length: 900 }, () => random.next() * 0.6);
const codes = probabilities.map((_, i) => i % 3);
/** In the south more leave than predicted. */
const labels = Uint8Array.from(probabilities, (p, i) =>
  random.next() < p + (i % 3 === 2 ? 0.25 : 0) ? 1 : 0,
);
const evaluation = evaluateScores(labels, probabilities, { replicates: 20 });
const segments = evaluateSegments(labels, probabilities, [
  { name: "地区", codes, segments: ["北", "中", "南"] },
]);

describe("evaluationMarkdown", () => {
  test("has tables with lines of equal width, so that they can be read in a terminal", () => {
    const text = evaluationMarkdown({ ...evaluation, segments }, { title: "March" });
    expect(text).toMatch(/^# March\n\n900 rows, /);
    const tables = text.split("\n\n").filter((part) => part.startsWith("|"));
    expect(tables.length).toBeGreaterThanOrEqual(4);
    for (const table of tables) {
      expect(
        new Set(
          table
            .trim()
            .split("\n")
            .map((line) => stringWidth(line)),
        ).size,
        table,
      ).toBe(1);
    }
  });

  test("lists the segments that are off, and why; others only on request", () => {
    const text = evaluationMarkdown({ ...evaluation, segments });
    expect(text).toContain(
      "1 of 3 segments is off beyond chance, all tests taken together (Holm); 2 are not.",
    );
    expect(text).toMatch(/\| 地区: 南 \|.*predicted too low \|/);
    expect(text).not.toContain("地区: 北");
    expect(evaluationMarkdown({ ...evaluation, segments }, { soundSegments: 1 })).toContain("地区: 北");
  });

  test("leaves out values that the data do not determine or an older model does not have", () => {
    const metrics = { ...evaluation.metrics, calibrationSlope: null, hMeasure: null };
    const text = evaluationMarkdown({ ...evaluation, metrics, calibration: null });
    expect(text).not.toContain("H-measure");
    expect(text).not.toContain("calibration slope");
    expect(text).not.toContain("## Calibration");
    expect(text).not.toContain("## Segments");
  });
});

test("markdownTable escapes bars, so that a tariff's name can't break a row", () => {
  expect(markdownTable({ head: ["tariff", "n"], rows: [["a|b", 1]] }).split("\n")).toEqual([
    "| tariff |   n |",
    "| ------ | --: |",
    "| a\\|b   |   1 |",
  ]);
});
