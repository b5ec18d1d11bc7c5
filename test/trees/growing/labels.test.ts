import { describe, expect, test } from "vitest";
import { bestConstant, checkRows, labelFacts, noiseOfWeights } from "../../../src/trees/growing/labels.js";
import { thrownBy } from "../../support/thrown.js";

const NO_WEIGHTS = { weights: undefined, folds: undefined };

describe("bestConstant", () => {
  test("is the log-odds of the weighted churn rate for classes", () => {
    const facts = labelFacts({ labels: [1, 0, 0, 1], weights: [1, 2, 3, 2], folds: undefined }, -1);
    expect(bestConstant("logLoss", facts)).toBeCloseTo(Math.log(3 / 5), 12);
  });

  test("is the mean of values and the log of the mean count", () => {
    const facts = labelFacts({ labels: [4, 0, 5], ...NO_WEIGHTS }, -1);
    expect(bestConstant("squaredError", facts)).toBe(3);
    expect(bestConstant("poisson", facts)).toBeCloseTo(Math.log(3), 12);
  });

  test("leaves the held-out fold out", () => {
    const folds = Uint8Array.of(0, 1, 1, 0);
    const facts = labelFacts({ labels: [9, 1, 2, 9], weights: undefined, folds }, 0);
    expect(bestConstant("squaredError", facts)).toBe(1.5);
    expect(facts.heldOutWeight).toBe(2);
  });

  test("does not exist for one class or for counts that are all 0", async () => {
    const facts = labelFacts({ labels: [0, 0], ...NO_WEIGHTS }, -1);
    expect((await thrownBy(() => bestConstant("logLoss", facts))).path.argument).toBe("labels");
    expect((await thrownBy(() => bestConstant("poisson", facts))).path.argument).toBe("targets");
  });
});

test("noiseOfWeights is Σw² / Σw: 1 without weights", () => {
  expect(noiseOfWeights(labelFacts({ labels: [1, 0, 1], ...NO_WEIGHTS }, -1))).toBe(1);
  const weighted = labelFacts({ labels: [1, 0], weights: [1, 3], folds: undefined }, -1);
  expect(noiseOfWeights(weighted)).toBe(2.5);
});

describe("checkRows", () => {
  test("refuses no rows, and more than 2^31 of them", async () => {
    const none = await thrownBy(() => checkRows("fit", "logLoss", 0, [], undefined));
    expect(none.message).toBe("fit: vectors: must have rows, received 0");
    const many = await thrownBy(() => checkRows("fit", "logLoss", 2 ** 31 + 1, [], undefined));
    expect(many.message).toContain("must have at most 2^31 rows, received 2147483649");
  });

  test("names every label that is not of its kind", async () => {
    const { problems } = await thrownBy(() => checkRows("fit", "logLoss", 3, [0, Number.NaN, 2], undefined));
    expect(problems.map(({ path, received }) => [path.argument, received])).toEqual([
      ["labels[1]", Number.NaN],
      ["labels[2]", 2],
    ]);
  });
});
