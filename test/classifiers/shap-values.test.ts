import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
// Workers run from the package as it is built.
import {
  extraTrees,
  type FittedClassifier,
  gradientBoosting,
  HoldfastError,
  logisticRegression,
  neuralNetwork,
  type ProgressEvent,
  type ShapValues,
  shapValues,
  type Vectors,
} from "../../dist/classifiers/index.js";
import { takeVectorRows } from "../../src/vectors/vectors.js";
import { stump } from "../own-parts/toys.js";
import { noisyVectors } from "../support/noisy-vectors.js";
import { expectSteadyProgress } from "../support/steady-progress.js";
import { numeric, vectorsOf } from "../support/vectors.js";

const { vectors, labels } = noisyVectors(600, 5);
const some = (count: number): Vectors =>
  takeVectorRows(
    vectors,
    Int32Array.from({ length: count }, (_, row) => row),
  );
const boosted = await gradientBoosting({ rounds: 40, maxLeaves: 12 }).fit(vectors, labels);
const forest = await extraTrees({ trees: 20 }).fit(vectors, labels);
const network = await neuralNetwork({ members: 1, width: 8, hidden: 8, blocks: 1, epochs: 3 }).fit(
  vectors,
  labels,
);
const [ownFamily] = stump.candidates({ monotone: {}, interactions: [] });
const own = await ownFamily.fit(vectors, labels);

/** What the built package throws, whose error class is not that of the sources. */
async function thrownBy(call: () => Promise<unknown>): Promise<HoldfastError> {
  const error = await call().catch((thrown: unknown) => thrown);
  if (error instanceof HoldfastError) return error;
  throw new Error(`no HoldfastError: ${error}`);
}

/** The sum of base value and contributions of each row. */
function sumsOf({ baseValue, features, rowCount, values }: ShapValues): number[] {
  return Array.from({ length: rowCount }, (_, row) =>
    values
      .subarray(row * features.length, (row + 1) * features.length)
      .reduce((sum, value) => sum + value, baseValue),
  );
}

function expectMargins(found: ShapValues, model: FittedClassifier, of: Vectors): void {
  const margins = model.margin(of);
  sumsOf(found).forEach((sum, row) => {
    expect(Math.abs(sum - margins[row])).toBeLessThan(1e-9);
  });
}

describe("shapValues", () => {
  test("sum to the margins with the base value, exactly and without standard errors for trees", async () => {
    const found = await shapValues(boosted, vectors);
    expect(found.features).toEqual(["x", "y", "plan"]);
    expect([found.rowCount, found.values.length, found.standardErrors]).toEqual([600, 1800, null]);
    expectMargins(found, boosted, vectors);
  });

  test("are those over the background, where one is given", async () => {
    const found = await shapValues(boosted, some(20), { background: some(30) });
    expectMargins(found, boosted, some(20));
    expect(found.baseValue).toBeCloseTo(mean([...boosted.margin(some(30))]), 9);
    expect(found.standardErrors).toBeNull();
  });

  test.each([
    ["a neural network", network],
    ["a classifier of the caller's family", own],
  ])("of %s are sampled, with standard errors", async (_, model) => {
    const found = await shapValues(model, some(10), { background: some(25) });
    expectMargins(found, model, some(10));
    const errors = found.standardErrors as Float64Array;
    expect(errors).toHaveLength(30);
    expect(errors.every((error) => error >= 0) && errors.some((error) => error > 0)).toBe(true);
  });

  test.each([
    ["boosted trees", boosted, undefined],
    ["boosted trees over a background", boosted, some(10)],
    ["a forest", forest, undefined],
    ["a neural network", network, some(4)],
  ])("have the same bits on any number of threads: %s", async (_, model, background) => {
    const one = await shapValues(model, vectors, { background, threads: 1 });
    for (const threads of [undefined, 2, 3]) {
      expect(await shapValues(model, vectors, { background, threads })).toEqual(one);
    }
  });

  test("of a row are the same alone as among others", async () => {
    const all = await shapValues(forest, vectors);
    const { values } = await shapValues(forest, takeVectorRows(vectors, Int32Array.of(437)));
    expect(values).toEqual(all.values.slice(437 * 3, 438 * 3));
  });

  test("of no rows are none", async () => {
    for (const threads of [undefined, 2]) {
      const { values, rowCount } = await shapValues(boosted, some(0), { threads });
      expect([values.length, rowCount]).toEqual([0, 0]);
    }
  });

  test("stay in the calling thread for a classifier that no other can read", async () => {
    const one = await shapValues(own, some(50), { background: some(10), threads: 1 });
    expect(await shapValues(own, some(50), { background: some(10), threads: 2 })).toEqual(one);
  });

  test.each([1, 2])("report progress and stop when aborted, on %i threads", async (threads) => {
    const events: ProgressEvent[] = [];
    await shapValues(forest, vectors, { threads, onProgress: (event) => events.push(event) });
    expectSteadyProgress(events);
    expect(events.at(-1)).toEqual({ phase: "explaining", done: 600, total: 600 });
    const stop = new AbortController();
    const stopped = shapValues(network, vectors, {
      background: some(300),
      threads,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect((await thrownBy(() => stopped)).code).toBe("aborted");
  });
});

describe("shapValues refuses", () => {
  test.each([
    ["a neural network", network, /family "neural" are sampled/],
    ["a classifier of the caller's family", own, /family "stump" are sampled/],
  ])("%s without a background", async (_, model, says) => {
    const error = await thrownBy(() => shapValues(model, vectors));
    expect(error.problems).toMatchObject([
      { code: "model.unexplained", path: { function: "shapValues", argument: "classifier" } },
    ]);
    expect(error.message).toMatch(says);
  });

  test("trees that do not know their training rows, unless there is a background", async () => {
    const json = boosted.toJSON();
    const trees = json.trees.map(({ leafRows: _, ...tree }) => tree);
    const imported = new (boosted.constructor as new (of: typeof json) => FittedClassifier)({
      ...json,
      trees,
    });
    const error = await thrownBy(() => shapValues(imported, vectors));
    expect(error.code).toBe("model.unexplained");
    expect(error.message).toMatch(/shapValues: classifier: must hold the training rows of its leaves/);
    expectMargins(await shapValues(imported, some(5), { background: some(9) }), imported, some(5));
  });

  test("a background of other features, of none and of no rows, and threads below 1", async () => {
    const logistic = await logisticRegression({ lambda: 0.1 }).fit(vectors, labels);
    const [x, y] = [numeric("x", [1, 2]), numeric("y", [1, 2])];
    const problems = async (given: object) =>
      (await thrownBy(() => shapValues(logistic, vectors, given))).problems.map(({ path, expected }) => [
        path.argument,
        expected,
      ]);
    expect(await problems({ background: vectorsOf(y, x), threads: 0 })).toEqual([
      ["threads", "must be a whole number of at least 1"],
      ["background", 'must have the features of vectors, "x" in place 1'],
    ]);
    expect(await problems({ background: vectorsOf(x, y) })).toEqual([
      ["background", 'must have the features of vectors, "plan" in place 3'],
    ]);
    expect(await problems({ background: vectorsOf(...vectors.features, numeric("z", [1])) })).toEqual([
      ["background", "must have the 3 features of vectors"],
    ]);
    expect(await problems({ background: some(0) })).toEqual([["background", "must have rows"]]);
    expect(await problems({ background: null })).toEqual([["background", "must be vectors"]]);
  });
});
