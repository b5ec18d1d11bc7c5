import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../../src/classifiers/boosting/boosting.js";
import { WeightedAverage } from "../../../src/classifiers/ensemble/weighted-average.js";
import { classifierFromJson } from "../../../src/classifiers/families.js";
import { logisticRegression } from "../../../src/classifiers/logistic/logistic.js";
import { noisyVectors } from "../../support/noisy-vectors.js";
import { thrownBy } from "../../support/thrown.js";
import { rowOf } from "../../support/vectors.js";

const { vectors: VECTORS, labels: LABELS } = noisyVectors(300, 31);
const MEMBERS = [
  await logisticRegression({ lambda: 0.01 }).fit(VECTORS, LABELS),
  await gradientBoosting({ rounds: 10 }).fit(VECTORS, LABELS),
];

describe("WeightedAverage", () => {
  test("averages margins by weight", () => {
    const margins = new WeightedAverage(MEMBERS, [0.25, 0.75]).margin(VECTORS);
    const [a, b] = MEMBERS.map((member) => member.margin(VECTORS));
    margins.forEach((margin, row) => {
      expect(margin).toBeCloseTo(0.25 * a[row] + 0.75 * b[row], 12);
    });
  });

  test("ofEqual gives every member the same weight", () => {
    expect(WeightedAverage.ofEqual([...MEMBERS, MEMBERS[0], MEMBERS[1]]).toJSON().weights).toEqual([
      0.25, 0.25, 0.25, 0.25,
    ]);
  });

  test("gives a table of rows and a single row the same bits, also nested and after JSON", () => {
    const nested = new WeightedAverage([WeightedAverage.ofEqual(MEMBERS), MEMBERS[0]], [0.1, 0.9]);
    const copy = classifierFromJson(JSON.parse(JSON.stringify(nested)));
    const margins = nested.margin(VECTORS);
    for (let row = 0; row < VECTORS.rowCount; row++) {
      expect(nested.marginOf(rowOf(VECTORS, row))).toBe(margins[row]);
      expect(copy.marginOf(rowOf(VECTORS, row))).toBe(margins[row]);
    }
  });
});

test("classifierFromJson refuses a family that no model file can hold", async () => {
  const error = await thrownBy(() => classifierFromJson({ family: "oracle" }));
  expect(error.path.argument).toBe("family");
  expect(error.received).toBe("oracle");
});
