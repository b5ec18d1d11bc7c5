import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import type { FittedClassifier } from "../../src/classifiers/classifier.js";
import {
  averageOf,
  classifierFromJson,
  classifierFromRecipe,
  FAMILIES,
} from "../../src/classifiers/families.js";
import type { CompleteFamily } from "../../src/classifiers/family.js";
import { checkClassifier, unfitClassifier } from "../../src/classifiers/file-form.js";
import * as holdfast from "../../src/classifiers/index.js";
import { recipeOf } from "../../src/classifiers/loaded-when-used.js";
import { stratifiedFolds } from "../../src/vectors/folds.js";
import type { InputColumn } from "../../src/vectors/vectorizer.js";
import type { Feature, Vectors } from "../../src/vectors/vectors.js";
import { noisyVectors } from "../support/noisy-vectors.js";
import { thrownBy } from "../support/thrown.js";
import { categorical, numeric, rowOf, vectorsOf } from "../support/vectors.js";

// What holds for every family of the list.

/** Options that make a family quick, where its defaults are not. */
const QUICK: Readonly<Record<string, object>> = {
  boosting: { rounds: 12, maxLeaves: 5, learningRate: 0.2 },
  forest: { trees: 12 },
  additive: { rounds: 40 },
  neural: { members: 1, width: 8, hidden: 8, blocks: 1, epochs: 3 },
};

const { vectors: VECTORS, labels: LABELS } = noisyVectors(260, 3);
const FOLDS = stratifiedFolds(LABELS, 3, 0);

function inputOf(feature: Feature): InputColumn {
  const { kind, name } = feature;
  if (kind === "numeric") return { kind, name, missingSeen: true };
  return { kind, name, levels: [...feature.levels], rareLevels: [], missingSeen: true };
}

/** All problems of a file form. */
async function misplacedIn(form: unknown, vectors: Vectors): Promise<string[]> {
  const unfit = (await unfitClassifier(form, "", [])).map(({ at, expected }) => `${at} ${expected}`);
  if (unfit.length > 0) return unfit;
  const found: string[] = [];
  await checkClassifier(
    form as never,
    vectors.features.map(inputOf),
    "",
    (at, expected) => found.push(`${at} ${expected}`),
    [],
  );
  return found;
}

function expectSameBits(model: FittedClassifier, other: FittedClassifier, vectors: Vectors): void {
  const margins = model.margin(vectors);
  expect(other.margin(vectors)).toEqual(margins);
  for (let row = 0; row < vectors.rowCount; row++)
    expect(Object.is(other.marginOf(rowOf(vectors, row)), margins[row])).toBe(true);
}

describe.each<CompleteFamily>([...FAMILIES])("the family $name", (family) => {
  const create = () => family.create(QUICK[family.name] ?? {});

  test("is read back from its file form, to the bit, and refuses unknown fields", async () => {
    const model = await create().fit(VECTORS, LABELS, { seed: 4 });
    const form = JSON.parse(JSON.stringify(model.toJSON()));
    expect(form.family).toBe(family.name);
    expect(await misplacedIn(form, VECTORS)).toEqual([]);
    const restored = classifierFromJson(form);
    expectSameBits(model, restored, VECTORS);
    expect(JSON.stringify(restored.toJSON())).toBe(JSON.stringify(form));
    expect(await misplacedIn({ ...form, more: 1 }, VECTORS)).not.toEqual([]);
    // With other features it is refused, unless it can score them all the same.
    const other = vectorsOf(categorical("other", [0, 1], ["a", "b"]));
    if ((await misplacedIn(form, other)).length === 0)
      expect(restored.margin(other).every(Number.isFinite)).toBe(true);
  });

  test("averages its fold models: the mean of their margins, in a form that is read back", async () => {
    const { models } = await create().crossFit(VECTORS, LABELS, FOLDS, { seed: 4 });
    const average = averageOf(models, FOLDS.count);
    const each = models.map((model) => model.margin(VECTORS));
    average.margin(VECTORS).forEach((margin, row) => {
      expect(margin).toBeCloseTo(mean(each.map((margins) => margins[row])), 9);
    });
    const form = JSON.parse(JSON.stringify(average.toJSON()));
    expect(await misplacedIn(form, VECTORS)).toEqual([]);
    expectSameBits(average, classifierFromJson(form), VECTORS);
  });

  test("learns nothing from labels of weight 0", async () => {
    const weights = Float64Array.from(LABELS, (_, row) => (row % 5 === 0 ? 0 : 1 + (row % 3)));
    const turned = LABELS.map((label, row) => (weights[row] === 0 ? 1 - label : label));
    const learned = async (labels: Uint8Array) => {
      const { models, outOfFoldMargins } = await create().crossFit(VECTORS, labels, FOLDS, {
        seed: 4,
        weights,
      });
      return { models: models.map((model) => model.toJSON()), outOfFoldMargins };
    };
    expect(await learned(turned)).toEqual(await learned(LABELS));
  });

  test.each<[string, Vectors]>([
    ["one number", vectorsOf(VECTORS.features[0])],
    ["one category", vectorsOf(VECTORS.features[2])],
    [
      "nothing but missing values",
      vectorsOf(
        numeric("empty", new Array(LABELS.length).fill(null)),
        categorical("none", new Array(LABELS.length).fill(-1), ["a", "b"]),
      ),
    ],
    [
      "a number that is always missing and one that is not",
      vectorsOf(VECTORS.features[0], numeric("empty", new Array(LABELS.length).fill(null))),
    ],
  ])("takes %s", async (_, vectors) => {
    const { models, outOfFoldMargins } = await create().crossFit(vectors, LABELS, FOLDS, { seed: 4 });
    expect(outOfFoldMargins).toHaveLength(LABELS.length);
    for (const margins of [outOfFoldMargins, ...models.map((model) => model.margin(vectors))])
      expect(margins.every(Number.isFinite)).toBe(true);
    for (const model of models) expect(await misplacedIn(model.toJSON(), vectors)).toEqual([]);
  });

  test("gives a finite margin for a row with only missing values, and for absurd numbers", async () => {
    const model = await create().fit(VECTORS, LABELS, { seed: 4 });
    for (const row of [
      [Number.NaN, Number.NaN, Number.NaN],
      [1e300, -1e300, 6],
      [-5e-324, 0, 2],
    ])
      expect(Number.isFinite(model.marginOf(Float64Array.from(row)))).toBe(true);
  });

  test("is the same on one thread and on two, and made again from its recipe", async () => {
    const classifier = create();
    const recipe = recipeOf(classifier) ?? expect.unreachable("it has a recipe");
    expect(recipe.family).toBe(family.name);
    const again = classifierFromRecipe(structuredClone(recipe));
    const [one, two] = [
      await classifier.crossFit(VECTORS, LABELS, FOLDS, { seed: 4, threads: 1 }),
      await again.crossFit(VECTORS, LABELS, FOLDS, { seed: 4, threads: 2 }),
    ];
    expect(two.outOfFoldMargins).toEqual(one.outOfFoldMargins);
    expect(JSON.stringify(two.models)).toBe(JSON.stringify(one.models));
  });

  test("allows its defaults and all that tuning tries, and names the option that it does not allow", async () => {
    for (const rule of Object.values(family.options)) expect(rule.flaw(rule.default)).toBeUndefined();
    for (const [name, dimension] of Object.entries(family.searchSpace))
      for (const u of [0, 0.25, 0.5, 0.75, 1 - 2 ** -53])
        expect(family.options[name].flaw(dimension(u))).toBeUndefined();
    for (const name of Object.keys(family.searchSpace)) {
      const error = await thrownBy(() => family.create({ [name]: -1 }));
      expect(error.problems[0].path.argument).toContain(name);
    }
  });

  test("keeps a rising feature rising, where the family keeps rules", async () => {
    const [classifier] = family.candidates({ monotone: { x: 1 }, interactions: [] });
    if (!family.keepsRules) {
      expect(JSON.stringify(recipeOf(classifier)?.options)).not.toContain("monotone");
      return;
    }
    const { options = {} } = recipeOf(classifier) ?? {};
    const model = await family
      .create({ ...options, ...QUICK[family.name] })
      .fit(VECTORS, LABELS, { seed: 4 });
    let before = Number.NEGATIVE_INFINITY;
    for (let x = -3; x <= 3; x += 0.1) {
      const margin = model.marginOf(Float64Array.of(x, 1, 2));
      expect(margin).toBeGreaterThanOrEqual(before);
      before = margin;
    }
  });
});

test("families have unique names, and say what they are for", () => {
  expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length);
  for (const { purpose, functions } of FAMILIES) {
    expect(purpose).not.toBe("");
    for (const name of functions) expect(holdfast).toHaveProperty(name);
  }
});
