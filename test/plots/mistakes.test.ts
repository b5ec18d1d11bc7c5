import { describe, expect, test } from "vitest";
import { evaluateScores, profitCurve, rocCurve } from "../../src/metrics/index.js";
import * as plots from "../../src/plots/index.js";
import { testNonsense, untypedOf } from "../mistakes/every-function.js";
import { type Mistake, testMistakes } from "../mistakes/mistake.js";
import { of } from "../mistakes/of.js";
import { modelWithoutId } from "../support/scoring-model.js";

const untyped = untypedOf(plots);
const { HoldfastError: _, ...functions } = untyped;
testNonsense(functions);

const labels = [1, 0, 1, 0, 1, 0];
const scores = [0.9, 0.8, 0.7, 0.1, 0.6, 0.2];
const evaluation = evaluateScores(labels, scores, { replicates: 5 });
const curve = rocCurve(labels, scores);
const model = await modelWithoutId();

const wrong = (
  name: keyof typeof functions,
  what: string,
  given: readonly unknown[],
  argument: string,
  says: RegExp,
): Mistake => of(name, what, argument, () => untyped[name](...given), says);

describe("options of any chart", () => {
  const roc = (what: string, options: unknown, argument: string, says: RegExp) =>
    wrong("rocPlot", what, [curve, options], argument, says);
  testMistakes([
    roc("a misspelt option", { with: 300 }, "with", /did you mean "width"\?/u),
    roc("a text as options", "dark", "options", /must be an object/u),
    roc("a width as text", { width: "640" }, "width", /must be a number of pixels from 240 to 4000/u),
    roc("a height of none", { height: 0 }, "height", /from 120 to 4000, received 0/u),
    roc("a theme that is none", { theme: "print" }, "theme", /must be one of light, dark, page/u),
    roc("another language", { locale: "de" }, "locale", /must be one of en, zh/u),
    roc("a title that is no text", { title: 3 }, "title", /must be a text/u),
    roc("an id of blanks", { id: "my plot" }, "id", /letters, digits/u),
  ]);
});

describe("curves", () => {
  testMistakes([
    ...(
      ["rocPlot", "precisionRecallPlot", "gainPlot", "liftPlot", "calibrationPlot", "scoresPlot"] as const
    ).map((name) =>
      wrong(
        name,
        "an evaluation without curves",
        [evaluation],
        "source",
        /evaluate with \{ curves: true \}/u,
      ),
    ),
    wrong(
      "rocPlot",
      "one of two without curves",
      [{ old: evaluation, new: curve }],
      "source.old",
      /curves: true/u,
    ),
    wrong("rocPlot", "a model", [model], "source", /pass model\.evaluate\(table, \{ curves: true \}\)/u),
    wrong("rocPlot", "a promise", [Promise.resolve(curve)], "source", /await it first/u),
    wrong(
      "rocPlot",
      "another curve",
      [{ share: [0, 1], gain: [0, 1] }],
      "source",
      /what rocCurve\(labels, scores\) returns/u,
    ),
    wrong(
      "rocPlot",
      "a rate that is no number",
      [{ falsePositiveRate: [0, Number.NaN, 1], truePositiveRate: [0, 0.5, 1] }],
      "source.falsePositiveRate[1]",
      /must be finite, received NaN/u,
    ),
    wrong(
      "gainPlot",
      "lists of two lengths",
      [{ share: [0, 1], gain: [0, 0.5, 1] }],
      "source.gain",
      /must have the length of share, 2/u,
    ),
    wrong(
      "rocPlot",
      "seven curves",
      [Object.fromEntries(Array.from({ length: 7 }, (__, i) => [`model ${i}`, curve]))],
      "source",
      /must be at most 6 by name/u,
    ),
    wrong(
      "profitPlot",
      "a gain curve",
      [{ share: [0], gain: [0] }],
      "curve",
      /profitCurve\(labels, scores\)/u,
    ),
    wrong(
      "profitPlot",
      "more contacts than there are",
      [profitCurve(labels, scores), { chosen: 7 }],
      "chosen",
      /from 0 to 6, received 7/u,
    ),
    wrong(
      "scoresPlot",
      "tiers without names",
      [{ from: [0], to: [1], churned: [1], stayed: [1] }, { tiers: [{ from: 0.5 }] }],
      "tiers[0].name",
      /must be a text/u,
    ),
  ]);
});

describe("rows", () => {
  testMistakes([
    wrong(
      "importancePlot",
      "a share of features",
      [[], { most: 0.5 }],
      "most",
      /whole number from 1 to 200/u,
    ),
    wrong("importancePlot", "another loss", [[], { by: "auc" }], "by", /must be one of logLoss, rocAuc/u),
    wrong(
      "importancePlot",
      "a value that is no number",
      [[{ name: "tenure", value: Number.POSITIVE_INFINITY }]],
      "importance[0].value",
      /must be a finite number, received Infinity/u,
    ),
    wrong(
      "tierPlot",
      "an evaluation",
      [evaluation],
      "tiers",
      /must be a list of \{ tier, rows, meanProbability \}/u,
    ),
    wrong(
      "tierPlot",
      "a percentage",
      [[{ tier: "high", rows: 3, meanProbability: 61, observedRate: null }]],
      "tiers[0].meanProbability",
      /from 0 to 1, or null, received 61/u,
    ),
    wrong(
      "segmentsPlot",
      "a rate without its interval",
      [
        [
          {
            by: "plan",
            segment: "a",
            rows: 1,
            meanProbability: 0.5,
            observedRate: 0.5,
            isMiscalibrated: false,
          },
        ],
      ],
      "segments[0].observedRate",
      /must be \{ value, low, high \}/u,
    ),
    wrong(
      "driftPlot",
      "a count below 0",
      [[{ name: "a", expected: -1, observed: 2 }]],
      "bins[0].expected",
      /≥ 0/u,
    ),
    wrong("waterfallPlot", "a list of explanations", [[{}]], "explanation", /model\.explainOne\(row\)/u),
    wrong(
      "contributionsPlot",
      "importance",
      [{ inputs: [], families: [] }],
      "summary",
      /global explanation/u,
    ),
    wrong("dependencePlot", "all curves", [[{}]], "curve", /an entry of the curves/u),
  ]);
});

describe("series, tables and points", () => {
  testMistakes([
    wrong("timePlot", "a day that is none", [[{ time: "March", value: 1 }]], "points[0].time", /2025-03-31/u),
    wrong(
      "timePlot",
      "times of two kinds",
      [
        [
          { time: "2025-03", value: 1 },
          { time: 4, value: 1 },
        ],
      ],
      "points[1].time",
      /all dates, or all numbers/u,
    ),
    wrong(
      "timePlot",
      "a named series without a value",
      [{ a: [{ time: 1 }] }],
      "points.a[0].value",
      /finite/u,
    ),
    wrong("survivalPlot", "a percentage", [[{ time: 1, survival: 97 }]], "steps[0].survival", /from 0 to 1/u),
    wrong("learningCurvePlot", "its points", [[]], "curve", /learningCurve\(table, options\)/u),
    wrong(
      "learningCurvePlot",
      "points without intervals",
      [{ points: [{ rows: 5, logLoss: 0.4 }] }],
      "curve.points[0].logLoss",
      /\{ value, low, high \}/u,
    ),
    wrong(
      "heatPlot",
      "a value as text",
      [[{ row: "a", column: "b", value: "3" }]],
      "cells[0].value",
      /or null/u,
    ),
    wrong(
      "pointsPlot",
      "a missing position",
      [[{ x: 1, y: null }]],
      "points[0].y",
      /must be a finite number/u,
    ),
    wrong("plotVariables", "the theme of a page", ["page"], "theme", /must be one of light, dark/u),
  ]);
});

test("following the hints works", () => {
  expect(plots.rocPlot({ old: curve, new: rocCurve(labels, [...scores].reverse()) })).toMatch(/^<svg/u);
  expect(plots.profitPlot(profitCurve(labels, scores), { chosen: 6 })).toMatch(/^<svg/u);
});
