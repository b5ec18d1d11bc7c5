import type { Classifier } from "../../classifiers/classifier.js";
import {
  type BuiltInFamily,
  classifierFromRecipe,
  FAMILIES,
  FAMILY_NAMES,
} from "../../classifiers/families.js";
import type { CompleteFamily, FamilyRules } from "../../classifiers/family.js";
import { createRandom } from "../../random.js";

/** A family with the options that are tried for it: plain data. */
export type Configuration = {
  readonly [Family in BuiltInFamily as Family["name"]]: {
    readonly family: Family["name"];
    readonly options: Parameters<Family["create"]>[0];
  };
}[BuiltInFamily["name"]];

export type TunableFamily = BuiltInFamily["name"];

export const TUNABLE_FAMILIES: readonly TunableFamily[] = FAMILY_NAMES;

export function classifierOf({ family, options }: Configuration, rules: FamilyRules): Classifier {
  const withRules = familyOf(family).keepsRules ? { ...rules, ...options } : options;
  return classifierFromRecipe({ family, options: withRules });
}

/** The first of a family is its defaults; the others are drawn, each by its number alone. */
export function configurationAt(family: TunableFamily, index: number, seed: number): Configuration {
  if (index === 0) return { family, options: {} };
  const random = createRandom(seed, "configuration", family, index);
  const drawn = Object.entries(familyOf(family).searchSpace).map(([name, dimension]) => [
    name,
    dimension(random.next()),
  ]);
  return { family, options: Object.fromEntries(drawn) };
}

function familyOf(name: TunableFamily): CompleteFamily {
  return FAMILIES.find((family) => family.name === name) as CompleteFamily;
}
