import { describe, expect, test } from "vitest";
import { type BoostingOptions, boostingSettings } from "../../src/classifiers/boosting/options.js";
import type { Tree } from "../../src/trees/tree.js";
import type { Feature, NumericFeature } from "../../src/vectors/vectors.js";
import { thrownBy } from "../support/thrown.js";
import { categorical, numeric } from "../support/vectors.js";
import { childBounds, constraintsOf, mayMeet } from "./constraints.js";
import { UNBOUNDED } from "./gain.js";
import { type RandomProblem, randomProblem } from "./random-problem.js";
import { type ReferenceBoosted, referenceBoost } from "./reference-boost.js";
import { marginOf } from "./walk.js";

const FEATURES = [
  numeric("a", []),
  numeric("b", []),
  numeric("c", []),
  numeric("d", []),
  categorical("e", [], []),
];
const of = (options: BoostingOptions) => constraintsOf(FEATURES, boostingSettings(options));
const PROBLEMS = Array.from({ length: 300 }, (_, seed) => randomProblem(seed));

describe("mayMeet", () => {
  test("lets all features interact where there are no groups", () => {
    expect(mayMeet(of({}), new Set([0, 1, 2]), 3)).toBe(true);
  });

  test("lets a feature in when some group holds it and all used ones; unnamed features form an additional group", () => {
    const constraints = of({
      interactions: [
        ["a", "b"],
        ["b", "c"],
      ],
    });
    const allowed = (...used: number[]) =>
      [0, 1, 2, 3, 4].filter((feature) => mayMeet(constraints, new Set(used), feature));
    expect(allowed()).toEqual([0, 1, 2, 3, 4]);
    expect(allowed(0)).toEqual([0, 1]);
    expect(allowed(1)).toEqual([0, 1, 2]);
    expect(allowed(1, 2)).toEqual([1, 2]);
    expect(allowed(3)).toEqual([3, 4]);
  });
});

describe("childBounds", () => {
  const bounds = { lower: -1, upper: 2 };

  test("parts the children of a monotone split at the middle of their values", () => {
    expect(childBounds(bounds, 1, 0, 1)).toEqual({
      left: { lower: -1, upper: 0.5 },
      right: { lower: 0.5, upper: 2 },
    });
    expect(childBounds(UNBOUNDED, -1, 1, 0)).toEqual({
      left: { lower: 0.5, upper: Number.POSITIVE_INFINITY },
      right: { lower: Number.NEGATIVE_INFINITY, upper: 0.5 },
    });
  });

  test("passes the node's bounds on where the feature is free", () => {
    expect(childBounds(bounds, 0, 5, -5)).toEqual({ left: bounds, right: bounds });
  });
});

describe("constraintsOf", () => {
  test.each([
    ["monotone", { monotone: { f: 1 as const } }, "f"],
    ["monotone", { monotone: { e: -1 as const } }, "e"],
    ["interactions", { interactions: [["a", "g"]] }, "g"],
  ])("refuses in %s a name without a suitable feature: %j", async (argument, options, received) => {
    const error = await thrownBy(() => of(options));
    expect(error.path).toEqual({ function: "referenceBoost", argument });
    expect(error.received).toBe(received);
  });
});

/** Whether, at some rows, each step of a numeric feature through its values and beyond goes the sign's way or nowhere. */
function isMonotone(problem: RandomProblem, { baseMargin, trees }: ReferenceBoosted): boolean {
  return Object.entries(problem.settings.monotone).every(([name, sign]) => {
    const { values } = problem.features.find((each) => each.name === name) as NumericFeature;
    const rising = [...new Set(values.filter((value) => !Number.isNaN(value)))].sort((a, b) => a - b);
    const along = [-1e9, ...rising, 1e9];
    return [0, 7, 19, 33].every((row) => {
      const features = problem.features.map((feature): Feature => {
        if (feature.name === name) return numeric(name, along);
        if (feature.kind === "categorical")
          return { ...feature, codes: new Int32Array(along.length).fill(feature.codes[row]) };
        return { ...feature, values: new Float64Array(along.length).fill(feature.values[row]) };
      });
      const margins = along.map((_, at) => marginOf(baseMargin, trees, features, at));
      return margins.every((margin, at) => at === 0 || sign * (margin - margins[at - 1]) >= 0);
    });
  });
}

function boostWithAllRounds(problem: RandomProblem): ReferenceBoosted {
  return referenceBoost({ ...problem, heldOutRows: new Int32Array(0) });
}

describe("monotone constraints", () => {
  // Leaf values are whole multiples of a power of two, so that sums are exact and comparisons need no tolerance.
  const constrained = PROBLEMS.filter(({ settings }) => Object.keys(settings.monotone).length > 0);

  test("hold at every value, all else equal", () => {
    for (const problem of constrained) {
      expect(isMonotone(problem, boostWithAllRounds(problem)), `seed ${problem.seed}`).toBe(true);
    }
  });

  test("would often not hold by themselves", () => {
    const broken = constrained.filter((problem) => {
      const settings = { ...problem.settings, monotone: {} };
      return !isMonotone(problem, boostWithAllRounds({ ...problem, settings }));
    });
    expect(broken.length).toBeGreaterThan(constrained.length / 3);
  });

  test("keep the values below a split on their side of the middle", () => {
    // Left mean 3, right mean 8: no leaf on the left may exceed 5.5, though two of its rows have 6.
    const x = [0, 0, 0, 0, 1, 1, 1, 1];
    const z = [0, 0, 1, 1, 0, 0, 1, 1];
    const { trees } = referenceBoost({
      features: [numeric("x", x), numeric("z", z)],
      labels: [0, 0, 6, 6, 7, 7, 9, 9],
      trainingRows: Int32Array.from(x.keys()),
      heldOutRows: new Int32Array(0),
      settings: boostingSettings(
        {
          rounds: 1,
          learningRate: 1,
          maxLeaves: 4,
          l2: 0,
          minChildRows: 1,
          baseMargin: 0,
          monotone: { x: 1 },
        },
        "squaredError",
      ),
    });
    expect(trees[0].feature).toEqual([0, 1, 1]);
    expect(trees[0].leafValues).toEqual([0, 7, 5.5, 9]);
  });
});

/** The features on each path from the root to a leaf. */
function pathsOf(tree: Tree, node = tree.feature.length === 0 ? -1 : 0): Set<number>[] {
  if (node < 0) return [new Set()];
  return [tree.left[node], tree.right[node]].flatMap((child) =>
    pathsOf(tree, child).map((path) => new Set([...path, tree.feature[node]])),
  );
}

describe("interaction groups", () => {
  const grouped = PROBLEMS.filter(({ settings }) => settings.interactions.length > 0);
  const isWithinAGroup = (path: ReadonlySet<number>, { features, settings }: RandomProblem) => {
    const named = new Set(settings.interactions.flat());
    const rest = features.map(({ name }) => name).filter((name) => !named.has(name));
    return [...settings.interactions, rest].some((group) =>
      [...path].every((feature) => group.includes(features[feature].name)),
    );
  };
  const pathsOfAll = (problem: RandomProblem) =>
    referenceBoost(problem).trees.flatMap((tree) => pathsOf(tree));

  test("hold all features of any path", () => {
    for (const problem of grouped) {
      for (const path of pathsOfAll(problem)) expect(isWithinAGroup(path, problem)).toBe(true);
    }
  });

  test("would often not hold by themselves", () => {
    const mixed = grouped.filter((problem) => {
      const free = { ...problem, settings: { ...problem.settings, interactions: [] } };
      return pathsOfAll(free).some((path) => !isWithinAGroup(path, problem));
    });
    expect(mixed.length).toBeGreaterThan(grouped.length / 5);
  });
});
