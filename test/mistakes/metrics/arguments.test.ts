import { describe, expect, test } from "vitest";
import * as metrics from "../../../src/metrics/index.js";
import { findColumn } from "../../../src/table/table.js";
import { mistake } from "../every-function.js";
import { testMistakes } from "../mistake.js";
import { churn, labels, scores, table, untyped } from "./sample.js";

describe("shares, thresholds, metrics and segments", () => {
  testMistakes([
    mistake(
      "a percentage in the place of a share",
      () => metrics.liftAt(labels, scores, 10),
      "liftAt",
      "share",
      /must be above 0 and at most 1, received 10 \(write liftAt\(labels, scores, 0\.1\)\)/,
    ),
    mistake(
      "no share",
      () => untyped.liftAt(labels, scores),
      "liftAt",
      "share",
      /for the top tenth write liftAt\(labels, scores, 0\.1\)/,
    ),
    mistake(
      "the share among the options",
      () => untyped.liftAt(labels, scores, { share: 0.2 }),
      "liftAt",
      "share",
      /write liftAt\(labels, scores, 0\.2\)/,
    ),
    mistake(
      "no threshold",
      () => untyped.confusionAt(labels, scores),
      "confusionAt",
      "threshold",
      /write confusionAt\(labels, scores, 0\.5\)/,
    ),
    mistake(
      "the threshold among the options",
      () => untyped.precisionAt(labels, scores, { threshold: 0.5 }),
      "precisionAt",
      "threshold",
      /must be finite, received \{"threshold":0\.5\} \(write precisionAt\(labels, scores, 0\.5\)\)/,
    ),
    mistake(
      "another library's name of a metric",
      () => untyped.bootstrapIntervals(labels, scores, ["auc"]),
      "bootstrapIntervals",
      "metrics",
      /must be among rocAuc, .*received "auc" \(did you mean "rocAuc"\?\)/,
    ),
    mistake(
      "scikit-learn's name of a metric",
      () => untyped.metricValues(labels, scores, ["neg_log_loss"]),
      "metricValues",
      "metrics",
      /did you mean "logLoss"\?/,
    ),
    mistake(
      "an abbreviation of a metric",
      () => untyped.metricValues(labels, scores, ["ece"]),
      "metricValues",
      "metrics",
      /did you mean "expectedCalibrationError"\?/,
    ),
    mistake(
      "one metric in the place of a list",
      () => untyped.bootstrapIntervals(labels, scores, "rocAuc"),
      "bootstrapIntervals",
      "metrics",
      /put it into a list: \["rocAuc"\]/,
    ),
    mistake(
      "no metrics",
      () => untyped.bootstrapIntervals(labels, scores),
      "bootstrapIntervals",
      "metrics",
      /not undefined \(as in bootstrapIntervals\(labels, scores, \["rocAuc"\]\)\)/,
    ),
    mistake(
      "functions in the place of names",
      () => untyped.bootstrapIntervals(labels, scores, [metrics.rocAuc]),
      "bootstrapIntervals",
      "metrics",
      /not functions \(name them, as in \["rocAuc"\]/,
    ),
    mistake(
      "a name in the place of a function",
      () => untyped.bootstrapMetric(labels, scores, "rocAuc"),
      "bootstrapMetric",
      "metric",
      /must be a function such as rocAuc, received "rocAuc"/,
    ),
    mistake(
      "a metric of several numbers",
      () => untyped.bootstrapMetric(labels, scores, metrics.empc),
      "bootstrapMetric",
      "metric",
      /must return a number.*\(of a metric of several numbers take one: \(\.\.\.sample\) => empc\(\.\.\.sample\)\.value\)/,
    ),
    mistake(
      "metrics of the package among the caller's",
      () => untyped.evaluateScores(labels, scores, { metrics: ["rocAuc"] }),
      "evaluateScores",
      "metrics",
      /must be your own metrics, received "rocAuc" \(metrics of this package are measured anyway: leave them out\)/,
    ),
    mistake(
      "names of one only",
      () => untyped.compareScores(labels, scores, scores, { names: "new" }),
      "compareScores",
      "names",
      /must be two texts such as \["old", "new"\], received "new"/,
    ),
    mistake(
      "the name of a column in the place of segments",
      () => untyped.evaluateSegments(labels, scores, "plan"),
      "evaluateSegments",
      "segmentations",
      /must be a list of segmentations such as \[\{ name: "tariff", codes: \[0, 1, 0\], segments: \["S", "L"\] \}\], received "plan"/,
    ),
    mistake(
      "names of columns in the place of segments",
      () => untyped.evaluateSegments(labels, scores, ["plan"]),
      "evaluateSegments",
      "segmentations[0]",
      /must be a segmentation such as/,
    ),
    mistake(
      "a column in the place of a segmentation",
      () => untyped.evaluateSegments(labels, scores, churn),
      "evaluateSegments",
      "segmentations",
      /of a column: \[\{ name: column\.name, codes: column\.codes, segments: column\.categories \}\]/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    expect(metrics.liftAt(labels, scores, 0.1)).toBe(metrics.topDecileLift(labels, scores));
    expect(metrics.precisionAt(labels, scores, 0.5)).toBe(1);
    const { value } = metrics.bootstrapMetric(labels, scores, (...sample) => metrics.empc(...sample).value, {
      replicates: 5,
    });
    expect(value).toBe(metrics.empc(labels, scores).value);
    expect(metrics.bootstrapIntervals(labels, scores, ["rocAuc"], { replicates: 5 }).rocAuc.value).toBe(0.75);
    const column = findColumn(table, "churn");
    if (column?.kind !== "categorical") throw new Error("a column of texts is categorical");
    const segmentation = { name: column.name, codes: column.codes, segments: column.categories };
    expect(metrics.evaluateSegments(labels, scores, [segmentation])).toHaveLength(2);
  });
});
