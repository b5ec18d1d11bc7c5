import type { Classifier } from "../classifier.js";
import { loadedWhenUsed } from "../loaded-when-used.js";
import type { FittedForest } from "./fitted-forest.js";
import { type ForestKind, type ForestOptions, forestSettings } from "./options.js";

/**
 * A random forest for probabilities (Breiman 2001; Malley et al. 2012): trees on samples of the rows, the best of a few
 * features drawn for every split, smoothed shares of churners in the leaves, averaged over the trees. Trees grow in the
 * boosting engine, with its treatment of categories and missing values.
 *
 * `fit` gives a forest with `outOfBagMargins`: of every training row, from the trees that did not draw it.
 *
 * ```ts
 * const forest = await randomForest({ trees: 300 }).fit(vectors, labels, { seed: 7 });
 * ```
 * @throws HoldfastError when an option is out of range.
 */
export function randomForest(options: ForestOptions = {}): Classifier<FittedForest> {
  return forest("random-forest", "random forest", options);
}

/**
 * Extremely randomised trees (Geurts, Ernst & Wehenkel 2006): as {@link randomForest}, but of every drawn feature only one
 * cut is tried, drawn at random between the node's ends; of a category, a random half of its levels. More biased, less
 * correlated, faster.
 * @throws HoldfastError when an option is out of range.
 */
export function extraTrees(options: ForestOptions = {}): Classifier<FittedForest> {
  return forest("extra-trees", "extra trees", options);
}

function forest(kind: ForestKind, name: string, options: ForestOptions): Classifier<FittedForest> {
  const settings = forestSettings(kind, options);
  return loadedWhenUsed(
    settings.functionName,
    name,
    { family: "forest", options: { ...options, kind } },
    async () => {
      const { forestTrainer } = await import("./trainer.js");
      return forestTrainer(name, settings);
    },
  );
}
