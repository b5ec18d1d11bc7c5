import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import { classifiersOf, entriesTrained } from "../../src/training/families.js";
import { trainChurnModel } from "../../src/training/train.js";
import { tune } from "../../src/training/tuning/tune.js";
import { subscriberTable } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";

const FREE = { monotone: {}, interactions: [] };
const namesOf = (...given: Parameters<typeof classifiersOf>) =>
  classifiersOf(...given).map(({ classifier }) => classifier.name);

describe("classifiersOf", () => {
  test("auto is every family except the neural one", () => {
    expect(namesOf("auto", FREE)).toEqual([
      "logistic",
      "additive",
      "boosting, 4 leaves",
      "boosting, 16 leaves",
      "random forest",
      "extra trees",
    ]);
  });

  test("auto under rules, or on very many values, is what keeps rules and grows slowest", () => {
    const kept = ["additive", "boosting, 4 leaves", "boosting, 16 leaves"];
    expect(namesOf("auto", { ...FREE, monotone: { tenure: -1 } })).toEqual(kept);
    expect(namesOf("auto", { ...FREE, interactions: [["a", "b"]] })).toEqual(kept);
    expect(namesOf("auto", FREE, true)).toEqual(kept);
    expect(namesOf(["logistic"], FREE, true)).toEqual(["logistic"]);
  });

  test("families that can't keep a rule are refused under one, by training and by tuning", async () => {
    const table = subscriberTable(100);
    const options = { label: "churned", monotone: { tenure: -1 } } as const;
    const trained = await thrownBy(() =>
      trainChurnModel(table, { ...options, classifier: ["additive", "forest"] }),
    );
    expect(trained.problems.map(({ path, received }) => [path.argument, received])).toEqual([
      ["classifier", ["forest"]],
    ]);
    const tuned = await thrownBy(() => tune(table, { ...options, families: ["logistic"] }));
    expect(tuned.problems.map(({ path }) => path.argument)).toEqual(["families"]);
  });

  test("a list names each family once, together with the caller's own classifiers", () => {
    const own = gradientBoosting({ maxLeaves: 7 });
    expect(namesOf(["additive", own, "auto", "neural"], FREE)).toEqual([
      "additive",
      "boosting, 7 leaves",
      "logistic",
      "boosting, 4 leaves",
      "boosting, 16 leaves",
      "random forest",
      "extra trees",
      "neural",
    ]);
  });
});

describe("entriesTrained", () => {
  const trained = (...names: string[]) => new Set(names);

  test("is the entries of a choice of which a classifier was trained", () => {
    const mine = { ...logisticRegression(), name: "mine" };
    expect(
      entriesTrained({ classifier: ["logistic", mine, "forest"] }, trained("mine", "random forest")),
    ).toEqual([mine, "forest"]);
    expect(entriesTrained({}, trained("additive", "boosting, 4 leaves", "ensemble"))).toEqual([
      "additive",
      "boosting",
    ]);
    const ruled = entriesTrained({ monotone: { tenure: -1 } }, trained("logistic", "additive"));
    expect(ruled).toEqual(["additive"]);
  });

  test("is the whole choice where none goes by the name it was trained under", () => {
    expect(entriesTrained({ classifier: "logistic" }, trained("ensemble (2)"))).toBe("logistic");
  });
});
