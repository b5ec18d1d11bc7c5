import type { Classifier } from "../../src/classifiers/classifier.js";
import type { BuiltInFamilyName } from "../../src/classifiers/families.js";
import { FAMILIES } from "../../src/classifiers/families.js";

/** Options by which a family is trained in a moment; a new family is a compile error here. */
const SMALL: Readonly<Record<BuiltInFamilyName, object>> = {
  logistic: { terms: "spline", lambda: 0.01 },
  additive: { rounds: 12, pairs: 3 },
  boosting: { rounds: 12 },
  forest: { trees: 20 },
  neural: { members: 1, width: 8, hidden: 8, blocks: 1, epochs: 12, batchRows: 64 },
};

/** A small classifier of every family of the list, by the family's name. */
export const SMALL_FAMILIES: readonly (readonly [name: BuiltInFamilyName, classifier: Classifier])[] =
  FAMILIES.map((family) => [family.name, family.create(SMALL[family.name])] as const);
