import type { FittedClassifier } from "../classifier.js";
import { FittedLogistic } from "../logistic/fitted-logistic.js";
import { WeightedAverage } from "./weighted-average.js";

/**
 * The plain mean of models of one family. Where models are sums over the same columns their mean is one such model, as
 * fast and as readable as each; else all are kept and asked.
 */
export function averageOf(models: readonly FittedClassifier[]): FittedClassifier {
  if (models.length === 1) return models[0];
  return meanOfLogistics(models) ?? WeightedAverage.ofEqual(models);
}

function meanOfLogistics(models: readonly FittedClassifier[]): FittedLogistic | undefined {
  const logistics = models.filter((model) => model instanceof FittedLogistic);
  if (logistics.length < models.length) return undefined;
  return FittedLogistic.mean(logistics);
}
