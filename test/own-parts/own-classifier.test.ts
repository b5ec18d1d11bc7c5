import { describe, expect, test } from "vitest";
import { logisticRegression } from "../../src/classifiers/index.js";
import { type Classifier, trainChurnModel } from "../../src/index.js";
import { subscriberTable } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";
import { stump } from "./toys.js";

const TABLE = subscriberTable(400);
const OPTIONS = { label: "churned", id: "subscriber", replicates: 20, repeats: 2 } as const;

describe("a classifier of the caller without a family", () => {
  test("is refused where no family reads its models back, also where it would not be chosen", async () => {
    const [own] = stump.candidates({ monotone: {}, interactions: [] });
    for (const seed of [0, 1, 2]) {
      const { problems } = await thrownBy(() =>
        trainChurnModel(TABLE, { ...OPTIONS, seed, classifier: ["logistic", own] }),
      );
      expect(problems.map(({ path, received }) => [path.argument, received])).toEqual([
        ["classifier", "stump"],
      ]);
      expect(problems[0].hint).toMatch(/as a family/);
    }
  });

  test("is trained where a family reads them, under a name that differs from the ensemble's", async () => {
    const own: Classifier = { ...logisticRegression(), name: "ensemble" };
    const { training } = await trainChurnModel(TABLE, { ...OPTIONS, classifier: ["logistic", own] });
    expect(training.leaderboard.map(({ name }) => name).sort()).toEqual([
      "constant",
      "ensemble",
      "ensemble (2)",
      "logistic",
    ]);
  });
});
