import { describe, expect, test } from "vitest";
import { bootstrapIntervals } from "../../src/metrics/bootstrap/bootstrap-intervals.js";
import { evaluateScores } from "../../src/metrics/evaluation/evaluate-scores.js";
import { metricValues } from "../../src/metrics/evaluation/metric-values.js";
import type { BuiltInMetric } from "../../src/metrics/metric.js";
import { LEADERBOARD_METRICS, METRICS, type MetricName } from "../../src/metrics/metrics.js";
import { createRandom } from "../../src/random.js";
import { evaluationMarkdown } from "../../src/report/evaluation-markdown.js";
import { thrownBy } from "../support/thrown.js";

// What holds for every metric of the list.

const random = createRandom(8, "metrics");
const PROBABILITIES = Float64Array.from({ length: 300 }, () => Math.round(20 * random.next()) / 20);
const LABELS = Uint8Array.from(PROBABILITIES, (probability) => (random.next() < probability ? 1 : 0));
const WEIGHTS = Float64Array.from(LABELS, () => random.integer(4));
const EVALUATION = evaluateScores(LABELS, PROBABILITIES, { replicates: 50, seed: 3 });
const MARKDOWN = evaluationMarkdown(EVALUATION);

describe.each<BuiltInMetric>([...METRICS])("$name", ({ name: given, label, value, ...metric }) => {
  const name = given as MetricName;

  test("is computed from a tally, and where possible row by row, as by its function", () => {
    const plain = value(LABELS, PROBABILITIES, {});
    const weighted = value(LABELS, PROBABILITIES, { weights: WEIGHTS });
    const { [name]: ofTally } = metricValues(LABELS, PROBABILITIES, [name], { weights: WEIGHTS });
    expect(metricValues(LABELS, PROBABILITIES, [name])[name]).toBeCloseTo(plain, 11);
    expect(ofTally).toBeCloseTo(weighted, 11);
  });

  test("counts a row of weight 2 twice and one of weight 0 not at all", () => {
    const rows = Array.from(WEIGHTS, (weight, row) => new Array<number>(weight).fill(row)).flat();
    const repeated = value(
      rows.map((row) => LABELS[row]),
      rows.map((row) => PROBABILITIES[row]),
      {},
    );
    expect(value(LABELS, PROBABILITIES, { weights: WEIGHTS })).toBeCloseTo(repeated, 11);
  });

  test("has an interval, which a seed determines, around a value that an evaluation holds under its name", () => {
    const intervals = () => bootstrapIntervals(LABELS, PROBABILITIES, [name], { replicates: 50, seed: 3 });
    const { low, high, value: found } = intervals()[name];
    expect(found).toBeCloseTo(value(LABELS, PROBABILITIES, {}), 11);
    expect(low).toBeLessThan(high);
    expect(intervals()[name]).toEqual({ value: found, low, high });
    expect(EVALUATION.metrics[name]).toEqual({ value: found, low, high });
    const [least, most] = metric.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    expect(low).toBeGreaterThanOrEqual(least);
    expect(high).toBeLessThanOrEqual(most);
  });

  test("appears in the tables under its label", () => {
    expect(MARKDOWN).toContain(`| ${label} `);
  });

  test("refuses scores of another length, and probabilities only where it needs them", async () => {
    const { problems } = await thrownBy(() => value(LABELS, PROBABILITIES.subarray(1), {}));
    expect(problems).not.toEqual([]);
    const scores = PROBABILITIES.map((probability) => 10 * probability - 3);
    if (metric.needs === "probabilities") await thrownBy(() => value(LABELS, scores, {}));
    else expect(value(LABELS, scores, {})).toBeCloseTo(value(LABELS, PROBABILITIES, {}), 11);
  });
});

test("metrics have unique names, labels and places", () => {
  const metrics: readonly BuiltInMetric[] = METRICS;
  for (const values of [
    metrics.map(({ name }) => name),
    metrics.map(({ label }) => label),
    metrics.flatMap(({ comparison }) => comparison ?? []),
    metrics.map(
      ({ computation, at = 0 }) => `${metrics.findIndex((m) => m.computation === computation)} ${at}`,
    ),
    LEADERBOARD_METRICS.map(({ leaderboard }) => leaderboard?.place),
    LEADERBOARD_METRICS.map(({ leaderboard }) => leaderboard?.heading),
  ])
    expect(new Set<unknown>(values).size).toBe(values.length);
});
