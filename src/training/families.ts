import type { Classifier } from "../classifiers/classifier.js";
import { type BuiltInFamilyName, FAMILIES, FAMILY_NAMES, familyNamed } from "../classifiers/families.js";
import { type ClassifierFamily, type FamilyRules, hasRules } from "../classifiers/family.js";
import { invalidArgument } from "../errors.js";

/** Families by name; `"auto"` is those that pay on most data. */
export type FamilyName = "auto" | BuiltInFamilyName;

/** What to train: a family by name, or a list of families by name, your own families and classifiers with options. */
export type ClassifierChoice = FamilyName | readonly (FamilyName | ClassifierFamily | Classifier)[];

/** A choice, and the rules that its classifiers keep. */
interface ClassifierRules {
  readonly classifier?: ClassifierChoice;
  readonly monotone?: FamilyRules["monotone"] | undefined;
  readonly interactions?: FamilyRules["interactions"] | undefined;
  readonly extrapolate?: FamilyRules["extrapolate"];
}

export const CHOICES: readonly FamilyName[] = ["auto", ...FAMILY_NAMES];

/** The families that can keep rules. */
export const RULE_KEEPERS: readonly BuiltInFamilyName[] = FAMILIES.filter(({ keepsRules }) => keepsRules).map(
  ({ name }) => name,
);

/** A classifier, and the family by which it was chosen; undefined for one that was given as it is. */
export interface ChosenClassifier {
  readonly classifier: Classifier;
  readonly family: ClassifierFamily | undefined;
}

/**
 * The classifiers of a choice, each once.
 * @param isLarge whether `"auto"` means only the families whose time and memory grow slowest with the data.
 * @throws HoldfastError for a family of the caller that has no classifiers to train.
 */
export function classifiersOf(
  choice: ClassifierChoice,
  rules: FamilyRules,
  isLarge = false,
): readonly ChosenClassifier[] {
  const chosen = typeof choice === "string" ? [choice] : choice;
  const named = new Set<string>();
  return chosen.flatMap((each): readonly ChosenClassifier[] => {
    if (isClassifier(each)) return [{ classifier: each, family: undefined }];
    const families = each === "auto" ? autoFamilies(rules, isLarge) : [familyOf(each)];
    return families.flatMap((family) => {
      if (named.has(family.name)) return [];
      named.add(family.name);
      return candidatesOf(family, rules).map((classifier) => ({ classifier, family }));
    });
  });
}

/** The entries of a choice of which some classifier was trained; the whole choice where none goes by the name it was trained under. */
export function entriesTrained(
  { classifier = "auto", monotone = {}, interactions = [], extrapolate }: ClassifierRules,
  names: ReadonlySet<string>,
): ClassifierChoice {
  const rules = { monotone, interactions, extrapolate };
  const trained = [classifier]
    .flat()
    .flatMap((each) => (each === "auto" ? autoFamilies(rules).map(({ name }) => name) : [each]))
    .filter((each) => classifiersOf([each], rules).some((chosen) => names.has(chosen.classifier.name)));
  return trained.length === 0 ? classifier : trained;
}

/** The families of the caller in a choice. */
export function ownFamiliesOf(choice: ClassifierChoice): readonly ClassifierFamily[] {
  return typeof choice === "string" ? [] : choice.filter(isFamily);
}

/** Families that `"auto"` leaves out when there are very many values. */
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

/** Whether a family of a choice keeps rules; classifiers with explicit options are responsible for that themselves. */
export function keepsRules(each: FamilyName | ClassifierFamily | Classifier): boolean {
  if (isClassifier(each) || each === "auto") return true;
  return familyOf(each).keepsRules === true;
}

/** Whether a value may be an entry of a choice. */
export function isChosen(value: unknown): boolean {
  if (typeof value === "string") return (CHOICES as readonly string[]).includes(value);
  return isClassifier(value) || isFamily(value);
}

function candidatesOf(family: ClassifierFamily, rules: FamilyRules): readonly Classifier[] {
  const candidates: unknown = family.candidates(rules);
  if (Array.isArray(candidates) && candidates.length > 0 && candidates.every(isClassifier)) return candidates;
  const expected = `must be a family whose candidates are a list of classifiers, at least one: ${family.name}`;
  return invalidArgument("trainChurnModel", "classifier", expected, candidates);
}

function familyOf(each: BuiltInFamilyName | ClassifierFamily): ClassifierFamily {
  return typeof each === "string" ? (familyNamed(each) as ClassifierFamily) : each;
}

function isClassifier(value: unknown): value is Classifier {
  return typeof value === "object" && value !== null && "crossFit" in value && "name" in value;
}

function isFamily(value: unknown): value is ClassifierFamily {
  return typeof value === "object" && value !== null && ("candidates" in value || "fromJson" in value);
}
