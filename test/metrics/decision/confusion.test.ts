import { expect, it } from "vitest";
import { confusionAt, fScoreAt, precisionAt, recallAt } from "../../../src/metrics/decision/confusion.js";
import * as golden from "../golden.js";
import { referenceCases } from "../reference.js";

it("confusionAt decides positive where score ≥ threshold", () => {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusionAt(
    golden.labels,
    golden.scores,
    0.5,
  );
  // By hand: at .95 .9 .8 .7 .65 .6 .5 .5 there are 3 churners and 5 others.
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

it("precisionAt, recallAt and fScoreAt are those of the confusion matrix", () => {
  const at = [golden.labels, golden.scores, 0.5] as const;
  expect([precisionAt(...at), recallAt(...at), fScoreAt(...at)]).toEqual([3 / 8, 3 / 4, 6 / 12]);
  expect(precisionAt([1, 0, 0], [0.9, 0.8, 0.1], 0.5, { weights: [2, 0.5, 3] })).toBe(0.8);
  expect(recallAt([1, 0, 1], [0.9, 0.8, 0.1], 0.5, { weights: [2, 0.5, 3] })).toBe(0.4);
});

it("precisionAt, recallAt and fScoreAt of nothing are null", () => {
  expect(precisionAt([1, 0], [0.1, 0.2], 0.5)).toBeNull();
  expect(recallAt([0, 0], [0.1, 0.9], 0.5)).toBeNull();
  expect(fScoreAt([0, 0], [0.1, 0.2], 0.5, { beta: 2 })).toBeNull();
});

it.each(referenceCases)("fScoreAt agrees with scikit-learn on a sample with $name", (reference) => {
  const { labels, probabilities, options, fScores } = reference;
  for (const [beta, expected] of Object.entries(fScores)) {
    const found = fScoreAt(labels, probabilities, 0.3, { ...options, beta: Number(beta) });
    expect(found, `beta ${beta}`).toBeCloseTo(expected, 13);
  }
});

it("fScoreAt a beta of 0 is precision, and of a large one recall", () => {
  const at = [golden.labels, golden.scores, 0.5] as const;
  expect(fScoreAt(...at, { beta: 0 })).toBe(3 / 8);
  expect(fScoreAt(...at, { beta: 1e9 })).toBeCloseTo(3 / 4, 14);
});

it("confusionAt has an F score where a beta is given, beside f1", () => {
  // (1 + 4) · 3 / (5 · 3 + 4 · 1 + 5).
  expect(confusionAt(golden.labels, golden.scores, 0.5, { beta: 2 })).toMatchObject({
    f1: 6 / 12,
    beta: 2,
    fScore: 15 / 24,
  });
  expect(confusionAt(golden.labels, golden.scores, 0.5)).not.toHaveProperty("fScore");
});
