import type { Classifier, FittedClassifier } from "./classifier.js";

/** A family of this package and its options as plain data, from which another thread can make the classifier again. */
export interface ClassifierRecipe {
  readonly family: string;
  readonly options: object;
}

/** A classifier whose training code is loaded on first use: a process that only predicts never loads it. */
export function loadedWhenUsed<Fitted extends FittedClassifier>(
  name: string,
  recipe: ClassifierRecipe,
  load: () => Promise<Classifier<Fitted>>,
): Classifier<Fitted> {
  return new PackageClassifier(name, recipe, load);
}

/**
 * The recipe from which a classifier of this package can be made again. Undefined for all others, also for a changed
 * copy (`{ ...logisticRegression(), crossFit }`): another thread would make the original.
 */
export function recipeOf(classifier: Classifier): ClassifierRecipe | undefined {
  return PackageClassifier.recipeOf(classifier);
}

class PackageClassifier<Fitted extends FittedClassifier> implements Classifier<Fitted> {
  readonly fit: Classifier<Fitted>["fit"];
  readonly crossFit: Classifier<Fitted>["crossFit"];
  /** No copy has it. */
  readonly #recipe: ClassifierRecipe;

  constructor(
    readonly name: string,
    recipe: ClassifierRecipe,
    load: () => Promise<Classifier<Fitted>>,
  ) {
    this.#recipe = recipe;
    this.fit = async (...inputs) => (await load()).fit(...inputs);
    this.crossFit = async (...inputs) => (await load()).crossFit(...inputs);
    Object.freeze(this);
  }

  static recipeOf(classifier: object): ClassifierRecipe | undefined {
    return #recipe in classifier ? classifier.#recipe : undefined;
  }
}
