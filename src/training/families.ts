import type { Classifier } from "../classifiers/classifier.js";
import { AVERAGE } from "../classifiers/ensemble/weighted-average.js";
import { type BuiltInFamilyName, FAMILIES, FAMILY_NAMES, familyNamed } from "../classifiers/families.js";
import { type ClassifierFamily, type FamilyRules, hasRules } from "../classifiers/family.js";

/** Families by name; `"auto"` is those that pay on most data. */
export type FamilyName = "auto" | BuiltInFamilyName;

/** What to train: families by name, families of your own, classifiers with options of your own, or a list of those. */
export type ClassifierChoice = FamilyName | readonly (FamilyName | ClassifierFamily | Classifier)[];

export const CHOICES: readonly FamilyName[] = ["auto", ...FAMILY_NAMES];

/** The families that can keep rules. */
export const RULE_KEEPERS: readonly BuiltInFamilyName[] = FAMILIES.filter(({ keepsRules }) => keepsRules).map(
  ({ name }) => name,
);

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
  const named = new Set<string>();
  return chosen.flatMap((each): readonly Classifier[] => {
    if (isClassifier(each)) return [each];
    const families = each === "auto" ? autoFamilies(rules, isLarge) : [familyOf(each)];
    return families.flatMap((family) => {
      if (named.has(family.name)) return [];
      named.add(family.name);
      return family.candidates(rules);
    });
  });
}

/** The families of the caller in a choice. */
export function ownFamiliesOf(choice: ClassifierChoice): readonly ClassifierFamily[] {
  return typeof choice === "string" ? [] : choice.filter(isFamily);
}

/** Families that `"auto"` leaves out where there are very many values. */
export function leftOutWhenLarge(rules: FamilyRules): readonly string[] {
  const kept = autoFamilies(rules, true);
  return autoFamilies(rules, false)
    .filter((family) => !kept.includes(family))
    .map(({ name }) => name);
}

/** Only families that can keep a rule are trained under it. */
export function autoFamilies(rules: FamilyRules, isLarge = false): readonly (typeof FAMILIES)[number][] {
  return FAMILIES.filter(
    ({ auto, keepsRules }) =>
      auto !== "never" && !(isLarge && auto === "unless large") && (keepsRules || !hasRules(rules)),
  );
}

/** Whether a family of a choice keeps rules; classifiers with options of their own see to that themselves. */
export function keepsRules(each: FamilyName | ClassifierFamily | Classifier): boolean {
  if (isClassifier(each) || each === "auto") return true;
  return familyOf(each).keepsRules === true;
}

/** Whether something is what a choice may hold. */
export function isChosen(value: unknown): boolean {
  if (typeof value === "string") return (CHOICES as readonly string[]).includes(value);
  return isClassifier(value) || isFamily(value);
}

/** Names that more than one family would have. */
export function clashingNames(choice: ClassifierChoice): readonly string[] {
  const taken: string[] = [...CHOICES, AVERAGE];
  return ownFamiliesOf(choice).flatMap(({ name }) => {
    const isTaken = taken.includes(name);
    taken.push(name);
    return isTaken ? [name] : [];
  });
}

function familyOf(each: BuiltInFamilyName | ClassifierFamily): ClassifierFamily {
  return typeof each === "string" ? (familyNamed(each) as ClassifierFamily) : each;
}

function isClassifier(value: unknown): value is Classifier {
  return typeof value === "object" && value !== null && "crossFit" in value && "name" in value;
}

function isFamily(value: unknown): value is ClassifierFamily {
  return typeof value === "object" && value !== null && "candidates" in value && "fromJson" in value;
}
