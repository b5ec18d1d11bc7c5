import type { Classifier, ClassifierRecipe, FittedClassifier } from "./classifier.js";

/** A classifier whose training code is loaded by its first use: who only predicts never loads it. */
export function loadedWhenUsed<Fitted extends FittedClassifier>(
  name: string,
  recipe: ClassifierRecipe,
  load: () => Promise<Classifier<Fitted>>,
): Classifier<Fitted> {
  return {
    name,
    recipe,
    fit: async (...inputs) => (await load()).fit(...inputs),
    crossFit: async (...inputs) => (await load()).crossFit(...inputs),
  };
}
