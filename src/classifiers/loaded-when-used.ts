import { namedErrors } from "../arguments.js";
import { checkCrossFit, checkFit } from "./check-fit.js";
import { checkTrainingRows } from "./check-rows.js";
import type { Classifier, FittedClassifier } from "./classifier.js";
import { withoutEmptyRows } from "./rows-of-weight.js";

/** A family of this package and its options as plain data, from which another thread can make the classifier again. */
export interface ClassifierRecipe {
  readonly family: string;
  readonly options: object;
}

/**
 * A classifier whose training code is loaded on first use: a process that only predicts never loads it.
 * @param functionName the public function that makes it, which errors name.
 */
export function loadedWhenUsed<Fitted extends FittedClassifier>(
  functionName: string,
  name: string,
  recipe: ClassifierRecipe,
  load: () => Promise<Classifier<Fitted>>,
): Classifier<Fitted> {
  return new PackageClassifier(functionName, name, recipe, load);
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
    functionName: string,
    readonly name: string,
    recipe: ClassifierRecipe,
    load: () => Promise<Classifier<Fitted>>,
  ) {
    this.#recipe = recipe;
    const loaded = async () => withoutEmptyRows(await load());
    this.fit = async (vectors, labels, options = {}) => {
      checkFit(functionName, { vectors, labels, options });
      checkTrainingRows(functionName, vectors.rowCount, labels, options.weights);
      return namedErrors(functionName, async () => (await loaded()).fit(vectors, labels, options));
    };
    this.crossFit = async (vectors, labels, folds, options = {}) => {
      checkCrossFit(functionName, { vectors, labels, options }, folds);
      checkTrainingRows(functionName, vectors.rowCount, labels, options.weights);
      return namedErrors(functionName, async () =>
        (await loaded()).crossFit(vectors, labels, folds, options),
      );
    };
    Object.freeze(this);
  }

  static recipeOf(classifier: object): ClassifierRecipe | undefined {
    return #recipe in classifier ? classifier.#recipe : undefined;
  }
}
