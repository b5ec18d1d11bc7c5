import { invalidArgument } from "../errors.js";
import { additiveFamily } from "./additive/index.js";
import { boostingFamily } from "./boosting/index.js";
import type { Classifier, ClassifierJson, FittedClassifier } from "./classifier.js";
import { AVERAGE, WeightedAverage, type WeightedAverageJson } from "./ensemble/weighted-average.js";
import type { ClassifierFamily, CompleteFamily } from "./family.js";
import { forestFamily } from "./forest/index.js";
import type { ClassifierRecipe } from "./loaded-when-used.js";
import { logisticFamily } from "./logistic/index.js";
import { neuralFamily } from "./neural/index.js";

/**
 * The families of classifiers, in the order in which they are trained and listed. A new one is its folder and a line
 * here; training, leaderboard, tuning, model files and command line derive from it.
 */
export const FAMILIES = [
  logisticFamily,
  additiveFamily,
  boostingFamily,
  forestFamily,
  neuralFamily,
] as const satisfies readonly CompleteFamily[];

/** A family of this package. */
export type BuiltInFamily = (typeof FAMILIES)[number];
/** The name of a family of classifiers of this package. */
export type BuiltInFamilyName = BuiltInFamily["name"];

export const FAMILY_NAMES: readonly BuiltInFamilyName[] = FAMILIES.map(({ name }) => name);

/** The family of a name, of this package or of the caller; undefined where there is none. */
export function familyNamed(
  name: string,
  own: readonly ClassifierFamily[] = [],
): ClassifierFamily | undefined {
  return [...FAMILIES, ...own].find((family) => family.name === name);
}

/**
 * The classifier of a recipe.
 * @throws HoldfastError for a family that is not of this package, and for options out of range.
 */
export function classifierFromRecipe({ family: name, options }: ClassifierRecipe): Classifier {
  const family: CompleteFamily | undefined = FAMILIES.find((each) => each.name === name);
  return family?.create(options) ?? refuse("classifierFromRecipe", FAMILY_NAMES, name);
}

/**
 * A trained classifier from its file form, which must have been checked.
 * @param own families of the caller.
 * @throws HoldfastError for a family that is neither of this package nor of the caller.
 */
export function classifierFromJson(
  json: ClassifierJson,
  own: readonly ClassifierFamily[] = [],
): FittedClassifier {
  if (isAverage(json)) {
    const members = json.members.map((member) => classifierFromJson(member, own));
    return new WeightedAverage(members, json.weights, json.offset);
  }
  const family = familyNamed(json.family, own);
  return family?.fromJson(json) ?? refuse("classifierFromJson", namesOfForms(own), json.family);
}

/**
 * The plain mean of models. Where a family can make one model of them, such as sums over the same columns, it is as fast
 * and as readable as each; else all are kept and evaluated.
 * @param foldCount of the cross-fitting that the models come from.
 * @param own families of the caller.
 */
export function averageOf(
  models: readonly FittedClassifier[],
  foldCount: number,
  own: readonly ClassifierFamily[] = [],
): FittedClassifier {
  if (models.length === 1) return models[0];
  const names = new Set(models.map((model) => model.toJSON().family));
  const [name] = names;
  const family = names.size === 1 ? familyNamed(name, own) : undefined;
  return family?.average?.(models, foldCount) ?? WeightedAverage.ofEqual(models);
}

/** What `family` of a file form may be. @param own families of the caller. */
export function namesOfForms(own: readonly ClassifierFamily[] = []): readonly string[] {
  return [...FAMILY_NAMES, ...own.map(({ name }) => name), AVERAGE];
}

/** Whether all of a file form can be read, by families of this package or of the caller. */
export function isReadable(json: ClassifierJson, own: readonly ClassifierFamily[] = []): boolean {
  if (isAverage(json)) return json.members.every((member) => isReadable(member, own));
  return familyNamed(json.family, own) !== undefined;
}

/** Whether a file form is an average. */
export function isAverage(json: ClassifierJson): json is WeightedAverageJson {
  return json.family === AVERAGE;
}

function refuse(functionName: string, known: readonly string[], received: string): never {
  return invalidArgument(functionName, "family", `must be one of ${known.join(", ")}`, received);
}
