import { describe, expect, test } from "vitest";
import * as calibration from "../../src/calibration/index.js";
import { stratifiedFolds } from "../../src/vectors/folds.js";
import { mistake, testNonsense, untypedOf } from "./every-function.js";
import { testMistakes } from "./mistake.js";

const untyped = untypedOf(calibration);
const margins = Float64Array.from({ length: 100 }, (_, row) => ((row * 37) % 100) / 25 - 2);
const labels = Uint8Array.from(margins, (margin, row) => (margin > (row % 5) - 2 ? 1 : 0));
const folds = stratifiedFolds(labels, 5, 0);

describe("calibrate", () => {
  testMistakes([
    mistake(
      "plain arrays",
      () => untyped.calibrate([...margins], [...labels], folds),
      "calibrate",
      "margins",
      /margins: must be a Float64Array.*\(write Float64Array\.from\(margins\)\)\n.*labels: must be a Uint8Array.*\(write Uint8Array\.from\(labels\)\)/,
    ),
    mistake(
      "no folds",
      () => untyped.calibrate(margins, labels),
      "calibrate",
      "folds",
      /must be folds, not undefined \(make them with stratifiedFolds\(labels, 5, 0\)\)/,
    ),
    mistake(
      "a number of folds",
      () => untyped.calibrate(margins, labels, 3),
      "calibrate",
      "folds",
      /must be folds, received 3 \(make them with stratifiedFolds\(labels, 3, 0\)\)/,
    ),
    mistake(
      "folds of other rows",
      () => calibration.calibrate(margins, labels, stratifiedFolds(labels.subarray(0, 50), 2, 0)),
      "calibrate",
      "folds",
      /must have one fold per row, 100 rows, received 50/,
    ),
    mistake(
      "labels and margins in the wrong order",
      () => untyped.calibrate(Float64Array.from(labels), margins, folds),
      "calibrate",
      "labels[0]",
      /must be 0 or 1, received -2 \(margins come before labels\)/,
    ),
    mistake(
      "labels of another length",
      () => calibration.calibrate(margins, labels.subarray(0, 99), folds),
      "calibrate",
      "margins",
      /must have the length of labels, 99, received 100/,
    ),
    mistake(
      "scikit-learn's name of Platt's curve",
      () => untyped.calibrate(margins, labels, folds, "sigmoid"),
      "calibrate",
      "method",
      /must be one of auto, temperature, platt, beta, isotonic, venn-abers, .*received "sigmoid" \(did you mean "platt"\?\)/,
    ),
    mistake(
      "a misspelt method",
      () => untyped.calibrate(margins, labels, folds, "isotonc"),
      "calibrate",
      "method",
      /did you mean "isotonic"\?/,
    ),
    mistake(
      "a calibrator that is not called",
      () => untyped.calibrate(margins, labels, folds, calibration.platt),
      "calibrate",
      "method",
      /\(call it: platt\(\)\)/,
    ),
    mistake(
      "an object of options in the place of a method",
      () => untyped.calibrate(margins, labels, folds, { method: "platt" }),
      "calibrate",
      "method",
      /must have name \(a string\), fit\(\)/,
    ),
    mistake(
      "weights as a plain array",
      () =>
        untyped.calibrate(
          margins,
          labels,
          folds,
          "platt",
          Array.from(margins, () => 1),
        ),
      "calibrate",
      "weights",
      /write Float64Array\.from\(weights\)/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    const expected = calibration.calibrate(margins, labels, folds, "platt").probabilities;
    const [plainMargins, plainLabels] = [[...margins], [...labels]];
    const followed = calibration.calibrate(
      Float64Array.from(plainMargins),
      Uint8Array.from(plainLabels),
      stratifiedFolds(labels, 5, 0),
      calibration.platt(),
    );
    expect(followed.probabilities).toEqual(expected);
  });
});

describe("calibrators", () => {
  testMistakes([
    mistake(
      "fit in scikit-learn's order of a classifier's scores",
      () => calibration.platt().fit(labels, margins),
      "platt",
      "labels[0]",
      /margins come before labels/,
    ),
    mistake(
      "fit on labels as texts",
      () => calibration.isotonic().fit([0.1, 0.4], ["stayed", "churned"] as never),
      "isotonic",
      "labels[0]",
      /labels\.map\(\(label\) => \(label === "churned" \? 1 : 0\)\)/,
    ),
    mistake(
      "fit without labels",
      () => (calibration.betaCalibration().fit as (...given: unknown[]) => unknown)(margins),
      "betaCalibration",
      "labels",
      /must be a list of numbers, not undefined/,
    ),
    mistake(
      "fit with weights among options",
      () => calibration.temperature().fit(margins, labels, { weights: [1] } as never),
      "temperature",
      "weights",
      /must be a list of numbers, received \{"weights":\[1\]\}/,
    ),
    mistake(
      "Venn-Abers on predictions",
      () => untyped.vennAbers([{ probability: 0.2 }, { probability: 0.7 }], [0, 1]),
      "vennAbers",
      "margins[0]",
      /predictions\.map\(\(\{ probability \}\) => probability\)/,
    ),
    mistake(
      "cross Venn-Abers without folds",
      () => untyped.crossVennAbers(margins, labels),
      "crossVennAbers",
      "folds",
      /make them with stratifiedFolds\(labels, 5, 0\)/,
    ),
  ]);
});

describe("rebase and undoSampling", () => {
  testMistakes([
    mistake(
      "a rate by itself",
      () => untyped.rebase([0.1], 0.2),
      "rebase",
      "target",
      /must be an object such as \{ from: 0\.2, to: 0\.1 \} or \{ toMean: 0\.1 \}, received 0\.2 \(write \{ toMean: 0\.2 \}\)/,
    ),
    mistake(
      "an unknown target",
      () => untyped.rebase([0.1], { rate: 0.2 }),
      "rebase",
      "rate",
      /must be an option of rebase: from, to, toMean, received 0\.2/,
    ),
    mistake("no target", () => untyped.rebase([0.1]), "rebase", "target", /must be an object such as/),
    mistake(
      "a target without its other half",
      () => untyped.rebase([0.1], { from: 0.2 }),
      "rebase",
      "to",
      /to: must be given/,
    ),
    mistake(
      "both targets",
      () => untyped.rebase([0.1], { from: 0.2, toMean: 0.2 }),
      "rebase",
      "from",
      /must not be given together with toMean/,
    ),
    mistake(
      "rates in percent",
      () => calibration.rebase([0.1], { from: 20, to: 10 }),
      "rebase",
      "from",
      /must be in \(0, 1\), received 20 \(shares are of 1: write from: 0\.2\)/,
    ),
    mistake(
      "predictions",
      () => untyped.rebase([{ probability: 0.2 }], { toMean: 0.2 }),
      "rebase",
      "probabilities[0]",
      /predictions\.map\(\(\{ probability \}\) => probability\)/,
    ),
    mistake(
      "a single probability",
      () => untyped.undoSampling(0.5, { others: 0.1 }),
      "undoSampling",
      "probabilities",
      /must be a list of numbers, received 0\.5/,
    ),
    mistake(
      "no rates",
      () => untyped.undoSampling([0.5]),
      "undoSampling",
      "rates",
      /must be an object such as \{ others: 0\.1 \}/,
    ),
    mistake(
      "an unknown rate",
      () => untyped.undoSampling([0.5], { other: 0.1 }),
      "undoSampling",
      "other",
      /did you mean "others"\?/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    expect(calibration.rebase([0.1], { toMean: 0.2 })[0]).toBeCloseTo(0.2, 12);
    expect(calibration.rebase([0.2], { from: 0.2, to: 0.1 })[0]).toBeCloseTo(0.1, 12);
  });
});

describe("nonsense", () => {
  const { calibrate, crossVennAbers, rebase, undoSampling, vennAbers } = untyped;
  testNonsense({ calibrate, crossVennAbers, rebase, undoSampling, vennAbers });
});
