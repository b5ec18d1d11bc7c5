import { describe, expect, test } from "vitest";
import { logisticRegression, neuralNetwork, randomForest } from "../../dist/classifiers/index.js";
// Workers run from the package as it is built.
import { type Classifier, type TrainOptions, trainChurnModel } from "../../dist/index.js";
import { classifierFromRecipe } from "../../src/classifiers/families.js";
import type { ProgressEvent } from "../../src/progress.js";
import { expectSteadyProgress } from "../support/steady-progress.js";
import { subscriberTable } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";

const TABLE = subscriberTable(4000);
/** The number of values that is worth a worker. */
const OPTIONS: TrainOptions = {
  label: "churned",
  id: "subscriber",
  classifier: [
    logisticRegression({ lambda: 0.01 }),
    randomForest({ trees: 10 }),
    logisticRegression({ lambda: 1 }),
  ],
  repeats: 10,
  folds: 2,
  replicates: 10,
};

async function contentOf(options: Partial<TrainOptions>): Promise<string> {
  return JSON.stringify(await trainChurnModel(TABLE, { ...OPTIONS, ...options }));
}

describe("training in workers", () => {
  test("gives the model of one thread to the last bit, the caller's weights and classifiers included", async () => {
    const own: Classifier = { ...randomForest({ trees: 5 }) };
    for (const options of [
      {},
      { weights: "tenure", positiveWeight: 2 },
      { classifier: ["logistic", own, randomForest({ trees: 7 })] },
    ] as Partial<TrainOptions>[]) {
      const one = await trainChurnModel(TABLE, { ...OPTIONS, ...options, threads: 1 });
      const two = await trainChurnModel(TABLE, { ...OPTIONS, ...options, threads: 2 });
      expect(two.training).toEqual(one.training);
      expect(two.predict(TABLE)).toEqual(one.predict(TABLE));
    }
  });

  test("trains a changed copy of a classifier of the package as it was changed", async () => {
    const original = randomForest({ trees: 5 });
    let asked = 0;
    const crossFit: Classifier["crossFit"] = (...given) => {
      asked++;
      return original.crossFit(...given);
    };
    const copies: Classifier[] = [
      { ...original, name: "mine", crossFit },
      Object.create(original, { crossFit: { value: crossFit } }),
    ];
    for (const [place, copy] of copies.entries()) {
      await contentOf({ classifier: ["logistic", logisticRegression({ lambda: 1 }), copy], threads: 2 });
      expect(asked).toBe(place + 1);
    }
    expect(() => Object.assign(original, { crossFit: undefined })).toThrow(TypeError);
  });

  test("fails with the error of a progress display", async () => {
    const failure = new Error("the display is gone");
    const trained = contentOf({
      threads: 2,
      onProgress: () => {
        throw failure;
      },
    });
    await expect(trained).rejects.toBe(failure);
  });

  test("reports one progress for all that is trained at the same time", async () => {
    const events: ProgressEvent[] = [];
    await contentOf({ threads: 2, onProgress: (event) => events.push(event) });
    expectSteadyProgress(events);
    expect([...new Set(events.map(({ phase }) => phase))]).toEqual(["training", "bootstrap"]);
    expect(events.some(({ detail }) => detail?.startsWith("logistic"))).toBe(true);
  });

  test("can be stopped", async () => {
    const stop = new AbortController();
    const training = trainChurnModel(TABLE, {
      ...OPTIONS,
      threads: 2,
      signal: stop.signal,
      onProgress: ({ phase }) => phase === "training" && stop.abort(),
    });
    await expect(training).rejects.toMatchObject({ problems: [{ code: "aborted" }] });
  });

  test("rethrows the problems of a worker", async () => {
    const classifier = [
      logisticRegression({ lambda: 1 }),
      neuralNetwork({ sequences: [["tenure", "nowhere"]] }),
    ];
    await expect(trainChurnModel(TABLE, { ...OPTIONS, classifier, threads: 2 })).rejects.toMatchObject({
      problems: [{ code: "data.missing-column", path: { column: "nowhere" } }],
    });
  });

  test("starts nothing more when the time is up, and reports what it left out", async () => {
    const model = await trainChurnModel(TABLE, { ...OPTIONS, threads: 2, timeBudget: 1e-9 });
    // Beside it, the churn rate itself.
    expect(model.training.leaderboard).toHaveLength(2);
    expect(model.training.notes.find(({ kind }) => kind === "families-left-out")?.detail).toContain(
      "random forest",
    );
  });
});

test("classifierFromRecipe refuses an unknown family", async () => {
  const error = await thrownBy(() => classifierFromRecipe({ family: "oracle", options: {} }));
  expect([error.code, error.path.argument]).toEqual(["argument.invalid", "family"]);
});
