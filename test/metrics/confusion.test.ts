import { expect, it } from "vitest";
import { confusionAt } from "../../src/metrics/confusion.js";
import * as golden from "./golden.js";

it("confusionAt decides positive where score ≥ threshold", () => {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusionAt(
    golden.labels,
    golden.scores,
    0.5,
  );
  // By hand: at .95 .9 .8 .7 .65 .6 .5 .5 stand 3 churners and 5 others.
  expect([truePositives, falsePositives, trueNegatives, falseNegatives]).toEqual([3, 5, 11, 1]);
});

it("confusionAt makes rates of the counts", () => {
  const { precision, recall, specificity, f1, accuracy } = confusionAt(golden.labels, golden.scores, 0.5);
  expect([precision, recall, specificity, f1, accuracy]).toEqual([3 / 8, 3 / 4, 11 / 16, 6 / 12, 14 / 20]);
});

it("confusionAt leaves rates of nothing null", () => {
  expect(confusionAt([0, 0], [0.1, 0.2], 0.5)).toMatchObject({
    precision: null,
    recall: null,
    f1: null,
    specificity: 1,
  });
  expect(confusionAt([1, 1], [0.1, 0.2], 0.5)).toMatchObject({
    precision: null,
    recall: 0,
    specificity: null,
    f1: 0,
  });
});

it("confusionAt counts weights", () => {
  expect(confusionAt([1, 0, 0], [0.9, 0.8, 0.1], 0.5, { weights: [2, 0.5, 3] })).toMatchObject({
    truePositives: 2,
    falsePositives: 0.5,
    trueNegatives: 3,
    falseNegatives: 0,
    precision: 0.8,
  });
});
