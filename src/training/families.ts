import { additiveModel } from "../classifiers/additive/additive.js";
import { gradientBoosting } from "../classifiers/boosting/boosting.js";
import type { BoostingOptions } from "../classifiers/boosting/options.js";
import type { Classifier } from "../classifiers/classifier.js";
import { extraTrees, randomForest } from "../classifiers/forest/forest.js";
import { logisticRegression } from "../classifiers/logistic/logistic.js";
import { neuralNetwork } from "../classifiers/neural/neural.js";

/** Families by name. */
export type FamilyName = "auto" | "logistic" | "additive" | "boosting" | "forest" | "neural";

/** What to train: families by name, classifiers with options of your own, or a list of either. */
export type ClassifierChoice = FamilyName | readonly (FamilyName | Classifier)[];

export const FAMILY_NAMES: readonly FamilyName[] = [
  "auto",
  "logistic",
  "additive",
  "boosting",
  "forest",
  "neural",
];

/** What holds for all families: rules that people know to be true of churn. */
export interface FamilyRules {
  readonly monotone: Readonly<Record<string, 1 | -1>>;
  readonly interactions: readonly (readonly string[])[];
}

/** The families that can keep rules. */
export const RULE_KEEPERS: readonly string[] = ["additive", "boosting"];

export function hasRules({ monotone, interactions }: FamilyRules): boolean {
  return Object.keys(monotone).length > 0 || interactions.length > 0;
}

/**
 * The classifiers of a choice, each once.
 * @param isLarge whether `"auto"` means only the families whose time and memory grow slowest with the data.
 */
export function classifiersOf(
  choice: ClassifierChoice,
  rules: FamilyRules,
  isLarge = false,
): readonly Classifier[] {
  const chosen = typeof choice === "string" ? [choice] : choice;
  const families = new Map<string, readonly Classifier[]>();
  const classifiers: Classifier[] = [];
  for (const each of chosen) {
    if (typeof each !== "string") classifiers.push(each);
    else {
      for (const family of each === "auto" ? autoFamilies(rules, isLarge) : [each]) {
        if (families.has(family)) continue;
        const ofFamily = FAMILIES[family](rules);
        families.set(family, ofFamily);
        classifiers.push(...ofFamily);
      }
    }
  }
  return classifiers;
}

type Family = Exclude<FamilyName, "auto">;

const FAMILIES: Readonly<Record<Family, (rules: FamilyRules) => readonly Classifier[]>> = {
  logistic: () => [logisticRegression({ terms: "auto" })],
  additive: (rules) => [additiveModel({ ...rules })],
  boosting: boostingShapes,
  forest: () => [randomForest(), extraTrees()],
  neural: () => [neuralNetwork({ sequences: "auto" })],
};

/** Only families that can keep a rule are trained under it. */
function autoFamilies(rules: FamilyRules, isLarge: boolean): readonly Family[] {
  return !hasRules(rules) && !isLarge
    ? ["logistic", "additive", "boosting", "forest"]
    : ["additive", "boosting"];
}

/**
 * Boosting comes in two shapes, as data differ in what they need: many small trees on samples of the features for nearly
 * additive data, larger trees that see all features where features interact.
 */
function boostingShapes(rules: FamilyRules): readonly Classifier[] {
  const small: BoostingOptions = { maxLeaves: 4, rowFraction: 0.7, columnFraction: 0.6 };
  return [gradientBoosting({ ...small, ...rules }), gradientBoosting({ ...rules })];
}
