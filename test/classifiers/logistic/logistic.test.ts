import { describe, expect, test } from "vitest";
import { FittedLogistic, type LogisticJson } from "../../../src/classifiers/logistic/fitted-logistic.js";
import { logisticRegression } from "../../../src/classifiers/logistic/logistic.js";
import { LAMBDAS } from "../../../src/classifiers/logistic/options.js";
import { meanLogLossOfMargins } from "../../../src/classifiers/margins.js";
import type { ProgressEvent } from "../../../src/progress.js";
import { rowsOfFold, stratifiedFolds } from "../../../src/vectors/folds.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { thrownBy } from "../../support/thrown.js";
import { categorical, numeric, rowOf, vectorsOf } from "../../support/vectors.js";
import { weightedTwins } from "../../support/weighted-twins.js";

const { vectors: VECTORS, labels: LABELS } = noisyVectors(300, 1);
const FOLDS = stratifiedFolds(LABELS, 4, 0);

describe("logisticRegression", () => {
  test.each([0, 1])(
    "crossFit picks for every fold the λ with the least log loss on the other folds, L1 share %s",
    async (l1Ratio) => {
      const searched = await logisticRegression({ l1Ratio }).crossFit(VECTORS, LABELS, FOLDS);
      const margins: Float64Array[] = [];
      for (const lambda of LAMBDAS) {
        const alone = await logisticRegression({ lambda, l1Ratio }).crossFit(VECTORS, LABELS, FOLDS);
        margins.push(alone.outOfFoldMargins);
      }
      searched.models.forEach((model, fold) => {
        const others = rowsOfFold(FOLDS, fold, true);
        const losses = margins.map((each) => meanLogLossOfMargins(each, LABELS, others));
        const best = LAMBDAS[losses.indexOf(Math.min(...losses))];
        expect((model.toJSON() as LogisticJson).lambda).toBe(best);
      });
    },
  );

  test("crossFit takes every row's margin from the model that did not see it, to the last bit", async () => {
    const { models, outOfFoldMargins } = await logisticRegression({ lambda: 0.01 }).crossFit(
      VECTORS,
      LABELS,
      FOLDS,
    );
    models.forEach((model, fold) => {
      const margins = model.margin(VECTORS);
      for (const row of rowsOfFold(FOLDS, fold)) expect(outOfFoldMargins[row]).toBe(margins[row]);
    });
  });

  test("crossFit's model k does not depend on the labels of fold k", async () => {
    const flipped = LABELS.map((label, row) => (FOLDS.of[row] === 2 ? 1 - label : label));
    const [one, other] = await Promise.all(
      [LABELS, flipped].map((labels) =>
        logisticRegression({ lambda: 0.01 }).crossFit(VECTORS, labels, FOLDS),
      ),
    );
    expect(other.models[2].toJSON()).toEqual(one.models[2].toJSON());
    expect(other.models[1].toJSON()).not.toEqual(one.models[1].toJSON());
  });

  test("fit uses all rows, with the λ that cross-validation picks", async () => {
    const fitted = (await logisticRegression().fit(VECTORS, LABELS, { seed: 5 })) as FittedLogistic;
    const folds = stratifiedFolds(LABELS, 5, 5);
    const { models } = await logisticRegression().crossFit(VECTORS, LABELS, folds);
    expect(fitted.lambda).toBe((models[0].toJSON() as LogisticJson).lambda);
    const again = await logisticRegression({ lambda: fitted.lambda }).fit(VECTORS, LABELS);
    expect(again.toJSON()).toEqual(fitted.toJSON());
  });

  test("margin gives for every row what marginOf gives, to the last bit, also after JSON", async () => {
    const fitted = await logisticRegression({ lambda: 0.001 }).fit(VECTORS, LABELS);
    const copy = new FittedLogistic(JSON.parse(JSON.stringify(fitted)) as LogisticJson);
    const margins = fitted.margin(VECTORS);
    for (let row = 0; row < VECTORS.rowCount; row++) {
      expect(fitted.marginOf(rowOf(VECTORS, row))).toBe(margins[row]);
      expect(copy.marginOf(rowOf(VECTORS, row))).toBe(margins[row]);
    }
  });

  test("scores categories that training never saw as if the feature were not there", async () => {
    const codes = Array.from({ length: 40 }, (_, row) => row % 2);
    const labels = Uint8Array.from(codes, (code, row) => (row % 5 === 0 ? 1 - code : code));
    const trained = vectorsOf(categorical("plan", codes, ["a", "b"]));
    const fitted = (await logisticRegression({ lambda: 0.1 }).fit(trained, labels)) as FittedLogistic;
    expect(fitted.marginOf(Float64Array.of(2))).toBe(fitted.intercept);
    expect(fitted.marginOf(Float64Array.of(Number.NaN))).toBe(fitted.intercept);
  });

  test("works when no feature varies: every row has the churn rate's log-odds", async () => {
    const labels = Uint8Array.from({ length: 40 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    const fitted = await logisticRegression().fit(vectorsOf(numeric("x", new Array(40).fill(3))), labels);
    expect(fitted.marginOf(Float64Array.of(9))).toBeCloseTo(Math.log(1 / 3), 10);
  });

  test("reports progress that never falls and ends at its total", async () => {
    const events: ProgressEvent[] = [];
    await logisticRegression().crossFit(VECTORS, LABELS, FOLDS, {
      onProgress: (event) => events.push(event),
    });
    expectSteadyProgress(events);
  });

  test("stops when aborted", async () => {
    const signal = AbortSignal.abort();
    const error = await thrownBy(() => logisticRegression().crossFit(VECTORS, LABELS, FOLDS, { signal }));
    expect(error.code).toBe("aborted");
  });

  test.each([
    ["lambda", { lambda: -1 }],
    ["lambda", { lambda: Number.NaN }],
    ["l1Ratio", { l1Ratio: 1.1 }],
  ])("refuses %s in %j", async (argument, options) => {
    const error = await thrownBy(() => logisticRegression(options));
    expect(error.path).toEqual({ function: "logisticRegression", argument });
  });

  test("takes a weight of 2 for a row that appears twice", async () => {
    const weighted = weightedTwins(VECTORS, LABELS);
    // A single λ without penalty to speak of: standardisation is by rows, and only a penalty would show it.
    const classifier = logisticRegression({ lambda: 1e-9 });
    const one = await classifier.fit(weighted.vectors, LABELS, { weights: weighted.weights });
    const other = await classifier.fit(weighted.repeated, weighted.repeatedLabels);
    const expected = other.margin(weighted.vectors);
    one.margin(weighted.vectors).forEach((margin, row) => {
      expect(Math.abs(margin - expected[row])).toBeLessThan(1e-5);
    });
  });
});
