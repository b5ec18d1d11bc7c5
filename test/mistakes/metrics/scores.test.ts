import { describe, expect, test } from "vitest";
import * as metrics from "../../../src/metrics/index.js";
import { thrownBy } from "../../support/thrown.js";
import { mistake, testNonsense } from "../every-function.js";
import { testMistakes } from "../mistake.js";
import { labels, many, predictions, scores, untyped } from "./sample.js";

describe("scores and probabilities", () => {
  testMistakes([
    mistake(
      "predictions in the place of probabilities",
      () => untyped.evaluateScores(labels, predictions),
      "evaluateScores",
      "probabilities[0]",
      /4 rows have such a value; of predictions take the probability: predictions\.map\(\(\{ probability \}\) => probability\)/,
    ),
    mistake(
      "a model",
      () => untyped.rocAuc(labels, { predictOne: () => predictions[0] }),
      "rocAuc",
      "scores",
      /not a ChurnModel \(pass model\.probabilities\(table\)\)/,
    ),
    mistake(
      "columns of predictions",
      () => untyped.logLoss(labels, { id: ["a"], probability: Float64Array.from(scores) }),
      "logLoss",
      "probabilities",
      /pass its member: \.probability/,
    ),
    mistake(
      "a promise",
      () => untyped.logLoss(labels, Promise.resolve(scores)),
      "logLoss",
      "probabilities",
      /not a promise of one \(await it first\)/,
    ),
    mistake(
      "two columns, as predict_proba gives them",
      () =>
        untyped.brierScore(
          labels,
          scores.map((score) => [1 - score, score]),
        ),
      "brierScore",
      "probabilities[0]",
      /probabilities\.map\(\(pair\) => pair\[1\]\)/,
    ),
    mistake(
      "texts",
      () => untyped.brierScore(labels, scores.map(String)),
      "brierScore",
      "probabilities[0]",
      /must be a finite number, received "0\.1" \(4 rows have such a value; make numbers of them: probabilities\.map\(Number\)\)/,
    ),
    mistake(
      "percentages",
      () => metrics.logLoss(labels, [10, 20, 30, 90]),
      "logLoss",
      "probabilities[0]",
      /percentages become probabilities by Array\.from\(probabilities, \(each\) => each \/ 100\)/,
    ),
    mistake(
      "margins",
      () => metrics.logLoss(labels, [-2.1, 0.3, 1.4, 2]),
      "logLoss",
      "probabilities[0]",
      /received -2\.1 \(margins become probabilities by calibration\)/,
    ),
    mistake(
      "NaN in 10,000 rows is one problem",
      () =>
        metrics.rocAuc(
          many.map((row) => row % 2),
          many.map(() => Number.NaN),
        ),
      "rocAuc",
      "scores[0]",
      /^rocAuc: scores\[0\]: must be finite, received NaN \(10,000 rows have such a value\)$/,
    ),
    mistake(
      "nothing at all",
      () => untyped.calibrationCurve(),
      "calibrationCurve",
      "labels",
      /2 problems:\n.*labels: must be a list of numbers, not undefined.*\n.*probabilities: must be a list/,
    ),
    mistake(
      "only one of two sets",
      () => untyped.compareScores(labels, scores),
      "compareScores",
      "probabilitiesB",
      /must be a list of numbers, not undefined/,
    ),
    mistake(
      "names in the place of the second set",
      () => untyped.compareRocAuc(labels, scores, { level: 0.9 }),
      "compareRocAuc",
      "scoresB",
      /must be a list of numbers, received \{"level":0\.9\}/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    const expected = metrics.brierScore(labels, scores);
    for (const followed of [
      predictions.map(({ probability }) => probability),
      scores.map((score) => [1 - score, score]).map((pair) => pair[1]),
      scores.map(String).map(Number),
      Array.from([10, 20, 30, 90], (each) => each / 100),
    ]) {
      expect(metrics.brierScore(labels, followed)).toBe(expected);
    }
  });
});

describe("nonsense", () => {
  const { HoldfastError: _, ...functions } = untyped;
  testNonsense(functions);

  test.each(Object.entries(functions))("%s with null for options names itself", async (name, call) => {
    const { path } = await thrownBy(() => call(labels, scores, null, null));
    expect(path.function).toBe(name);
  });
});
