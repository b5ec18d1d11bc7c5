import { invalidArgument } from "../errors.js";
import { additiveModel } from "./additive/additive.js";
import { gradientBoosting } from "./boosting/boosting.js";
import type { Classifier, ClassifierRecipe } from "./classifier.js";
import { extraTrees, randomForest } from "./forest/forest.js";
import type { ForestKind, ForestOptions } from "./forest/options.js";
import { logisticRegression } from "./logistic/logistic.js";
import { neuralNetwork } from "./neural/neural.js";

/** The classifier of a recipe. @throws HoldfastError for a family that there is not, and for options out of range. */
export function classifierFromRecipe({ family, options }: ClassifierRecipe): Classifier {
  switch (family) {
    case "logistic":
      return logisticRegression(options);
    case "additive":
      return additiveModel(options);
    case "boosting":
      return gradientBoosting(options);
    case "forest": {
      const { kind = "random-forest", ...rest }: ForestOptions & { readonly kind?: ForestKind } = options;
      return kind === "random-forest" ? randomForest(rest) : extraTrees(rest);
    }
    case "neural":
      return neuralNetwork(options);
    default:
      return invalidArgument(
        "classifierFromRecipe",
        "family",
        "must be one of logistic, additive, boosting, forest, neural",
        family,
      );
  }
}
