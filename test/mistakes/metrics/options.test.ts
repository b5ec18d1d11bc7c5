import { describe, expect, test } from "vitest";
import * as metrics from "../../../src/metrics/index.js";
import { mistake } from "../every-function.js";
import { testMistakes } from "../mistake.js";
import { labels, scores, untyped } from "./sample.js";

describe("options", () => {
  testMistakes([
    mistake(
      "weight in the place of weights",
      () => untyped.rocAuc(labels, scores, { weight: [1, 1, 1, 1] }),
      "rocAuc",
      "weight",
      /must be an option of rocAuc: weights, received 1, 1, 1, 1 \(did you mean "weights"\?\)/,
    ),
    mistake(
      "scikit-learn's sample_weight",
      () => untyped.averagePrecision(labels, scores, { sample_weight: [1, 1, 1, 1] }),
      "averagePrecision",
      "sample_weight",
      /did you mean "weights"\?/,
    ),
    mistake(
      "weights by position",
      () => untyped.rocAuc(labels, scores, [1, 1, 1, 1]),
      "rocAuc",
      "options",
      /must be an object such as \{ weights: … \}/,
    ),
    mistake(
      "weights by position, as a typed array",
      () => untyped.rocAuc(labels, scores, Float64Array.of(1, 1, 1, 1)),
      "rocAuc",
      "options",
      /must be an object such as \{ weights: … \}/,
    ),
    mistake(
      "weights by class",
      () => untyped.rocAuc(labels, scores, { weights: { 0: 1, 1: 5 } }),
      "rocAuc",
      "weights",
      /must be a list of numbers, received \{"0":1,"1":5\} \(one number per row\)/,
    ),
    mistake(
      "weights by the name of their column",
      () => untyped.logLoss(labels, scores, { weights: "weight" }),
      "logLoss",
      "weights",
      /received "weight" \(pass the numbers themselves, one per row\)/,
    ),
    mistake(
      "null in the place of options",
      () => untyped.rocAuc(labels, scores, null),
      "rocAuc",
      "options",
      /must be an object such as \{ weights: … \}, received null/,
    ),
    mistake(
      "scikit-learn's n_bins",
      () => untyped.calibrationCurve(labels, scores, { n_bins: 2 }),
      "calibrationCurve",
      "n_bins",
      /did you mean "bins"\?/,
    ),
    mistake(
      "scikit-learn's strategy",
      () => untyped.calibrationCurve(labels, scores, { strategy: "quantile" }),
      "calibrationCurve",
      "strategy",
      /did you mean "binning"\?/,
    ),
    mistake(
      "scikit-learn's name of bins of equal mass",
      () => untyped.expectedCalibrationError(labels, scores, { bins: 2, binning: "quantile" }),
      "expectedCalibrationError",
      "binning",
      /must be one of mass, width, received "quantile" \(did you mean "mass"\?\)/,
    ),
    mistake(
      "bins as a list of edges",
      () => untyped.expectedCalibrationError(labels, scores, { bins: [0, 0.5, 1] }),
      "expectedCalibrationError",
      "bins",
      /must be a whole number from 1 to the number of rows, 4/,
    ),
    mistake(
      "bins of a lift table",
      () => untyped.liftTable(labels, scores, { bins: 2 }),
      "liftTable",
      "bins",
      /did you mean "groupCount"\?/,
    ),
    mistake(
      "a level in percent",
      () => metrics.rocAucInterval(labels, scores, { level: 95 }),
      "rocAucInterval",
      "level",
      /must be between 0 and 1, received 95 \(shares are of 1: write level: 0\.95\)/,
    ),
    mistake(
      "a level as a text",
      () => untyped.rocAucInterval(labels, scores, { level: "0.95" }),
      "rocAucInterval",
      "level",
      /must be between 0 and 1, received "0\.95"/,
    ),
    mistake(
      "an acceptance in percent",
      () => metrics.mpc(labels, scores, { acceptance: 30 }),
      "mpc",
      "acceptance",
      /write acceptance: 0\.3/,
    ),
    mistake(
      "an unknown amount of a campaign",
      () => untyped.empc(labels, scores, { clv: 300 }),
      "empc",
      "clv",
      /did you mean "lifetimeValue"\?/,
    ),
    mistake(
      "amounts as texts",
      () => untyped.profitCurve(labels, scores, { lifetimeValue: "200" }),
      "profitCurve",
      "lifetimeValue",
      /must be a number, or a list of one per row, received "200"/,
    ),
    mistake(
      "severity as a number",
      () => untyped.hMeasure(labels, scores, { severity: 2 }),
      "hMeasure",
      "severity",
      /must be an object such as \{ alpha: 2, beta: 2 \}/,
    ),
    mistake(
      "a misspelt option of the bootstrap",
      () => untyped.evaluateScores(labels, scores, { replicate: 3 }),
      "evaluateScores",
      "replicate",
      /did you mean "replicates"\?/,
    ),
    mistake(
      "scikit-learn's random_state",
      () => untyped.bootstrapIntervals(labels, scores, ["rocAuc"], { random_state: 1 }),
      "bootstrapIntervals",
      "random_state",
      /did you mean "seed"\?/,
    ),
    mistake(
      "an unknown option on threads",
      () => untyped.evaluateScoresInWorkers(labels, scores, { n_jobs: 4 }),
      "evaluateScoresInWorkers",
      "n_jobs",
      /did you mean "threads"\?/,
    ),
    mistake(
      "threads as a text",
      () => untyped.bootstrapIntervalsInWorkers(labels, scores, ["rocAuc"], { threads: "4" }),
      "bootstrapIntervalsInWorkers",
      "threads",
      /must be a whole number of at least 1, received "4"/,
    ),
    mistake(
      "groups as ids",
      () => untyped.evaluateScores(labels, scores, { groups: ["a", "b", "a", "b"] }),
      "evaluateScores",
      "groups[0]",
      /4 rows have such a value; number the texts: groups\.map\(\(id\) => ids\.indexOf\(id\)\) with const ids = \[\.\.\.new Set\(groups\)\]/,
    ),
  ]);

  test("ids become numbers by the hint", () => {
    const groups = ["a", "b", "a", "b"];
    const ids = [...new Set(groups)];
    const options = { groups: groups.map((id) => ids.indexOf(id)), replicates: 5 };
    expect(metrics.evaluateScores(labels, scores, options).rows).toBe(4);
  });
});
