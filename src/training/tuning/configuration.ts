import type { Classifier } from "../../classifiers/classifier.js";
import { type BuiltInFamily, classifierFromRecipe, FAMILIES } from "../../classifiers/families.js";
import type { CompleteFamily, FamilyRules } from "../../classifiers/family.js";
import { createRandom } from "../../random.js";
import { autoFamilies } from "../families.js";

/** A family with the options that are tried for it: plain data. */
export type Configuration = {
  readonly [Family in BuiltInFamily as Family["name"]]: {
    readonly family: Family["name"];
    readonly options: OptionsOf<Family["create"]>;
  };
}[BuiltInFamily["name"]];

/** The type of a function's first parameter; any, where it has none. */
type OptionsOf<Create> = Create extends (options: infer Options) => unknown
  ? unknown extends Options
    ? object
    : Options
  : never;

/** The name of a family that {@link tune} can search. */
export type TunableFamily = BuiltInFamily["name"];

/** The families with options to tune. */
export const TUNABLE_FAMILIES: readonly TunableFamily[] = tunable(FAMILIES);

/** The families that are tuned where none are named, if there are no rules. */
export const DEFAULT_FAMILIES: readonly TunableFamily[] = defaultFamilies({ monotone: {}, interactions: [] });

/** Those of {@link autoFamilies} with options to tune. */
export function defaultFamilies(rules: FamilyRules): readonly TunableFamily[] {
  return tunable(autoFamilies(rules));
}

function tunable(families: readonly BuiltInFamily[]): readonly TunableFamily[] {
  return families.flatMap(({ name, searchSpace }) => (Object.keys(searchSpace).length > 0 ? [name] : []));
}

export function classifierOf({ family, options }: Configuration, rules: FamilyRules): Classifier {
  const { keepsRules, options: known } = familyOf(family);
  const { monotone, interactions, extrapolate } = rules;
  const kept = keepsRules ? { monotone, interactions } : {};
  const beyond = extrapolate === true && "extrapolate" in known ? { extrapolate } : {};
  return classifierFromRecipe({ family, options: { ...kept, ...beyond, ...options } });
}

/** The first of a family is its defaults; the others are drawn at random, each determined by its number. */
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
