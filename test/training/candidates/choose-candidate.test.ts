import { describe, expect, test } from "vitest";
import { additiveModel } from "../../../src/classifiers/additive/additive.js";
import { gradientBoosting } from "../../../src/classifiers/boosting/boosting.js";
import { logisticRegression } from "../../../src/classifiers/logistic/logistic.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { subscriberRows } from "../../support/subscribers.js";
import { QUICK, tableOf } from "../quick-training.js";

describe("what is kept", () => {
  const table = tableOf(subscriberRows(400, 12));
  const classifier = [
    logisticRegression({ lambda: 0.01 }),
    additiveModel(),
    gradientBoosting({ maxLeaves: 4 }),
  ];

  test("is the least log loss, or of equally good ones the smallest or the most readable", async () => {
    const kept = async (prefer: "accuracy" | "speed" | "readability") =>
      (await trainChurnModel(table, { ...QUICK, classifier, prefer })).training.leaderboard;
    const byAccuracy = await kept("accuracy");
    // The ensemble where it is as good as the best up to noise, else the least log loss.
    const least = Math.min(...byAccuracy.map(({ logLoss }) => logLoss));
    if (byAccuracy[0].name !== "ensemble") expect(byAccuracy[0].logLoss).toBe(least);
    expect(byAccuracy[0].logLoss).toBeLessThan(least + 0.005);
    const bySpeed = await kept("speed");
    const byReadability = await kept("readability");
    // The log-odds are linear in the features, so a line is as good as anything.
    expect(bySpeed[0].name).toBe("logistic");
    expect(byReadability[0].name).toBe("logistic");
    expect(bySpeed.filter(({ chosen }) => chosen)).toHaveLength(1);
  });

  test("depends on the time budget only where one is given: the first is always trained", async () => {
    const { training } = await trainChurnModel(table, { ...QUICK, classifier, timeBudget: 1e-9 });
    expect(training.leaderboard.map(({ name }) => name)).toEqual(["logistic", "constant"]);
    const [note] = training.notes.filter(({ kind }) => kind === "families-left-out");
    expect(note.detail).toContain("additive, boosting, 4 leaves");
  });

  test("names and classifiers can be mixed, each family once", async () => {
    const mixed = [gradientBoosting({ maxLeaves: 5 }), "logistic", "logistic"] as const;
    const { training } = await trainChurnModel(table, { ...QUICK, classifier: mixed });
    expect(training.leaderboard.map(({ name }) => name).sort()).toEqual([
      "boosting, 5 leaves",
      "constant",
      "ensemble",
      "logistic",
    ]);
  });

  test("reports times only where it was trained", async () => {
    const model = await trainChurnModel(table, { ...QUICK, classifier });
    expect(model.timings?.map(({ name }) => name)).toEqual(
      model.training.leaderboard.map(({ name }) => name),
    );
    for (const { name, fitSeconds, microsecondsPerRow } of model.timings ?? [])
      expect([fitSeconds > 0, microsecondsPerRow > 0], name).toEqual(
        name === "constant" ? [false, false] : [true, true],
      );
  });

  test("two folds are too few to choose and to measure an ensemble: a note says so", async () => {
    const { training } = await trainChurnModel(table, { ...QUICK, classifier, folds: 2 });
    expect(training.leaderboard.map(({ name }) => name)).not.toContain("ensemble");
    const [note] = training.notes.filter(({ kind }) => kind === "families-left-out");
    expect(note.detail).toContain("three");
  });

  test("repeats give the file again, another than without", async () => {
    const probabilities = async (repeats: number) =>
      (await trainChurnModel(table, { ...QUICK, classifier, repeats })).probabilities(table);
    expect(await probabilities(2)).toEqual(await probabilities(2));
    expect(await probabilities(2)).not.toEqual(await probabilities(1));
  });
});
