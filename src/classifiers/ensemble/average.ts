import { averageAdditive } from "../additive/average-additive.js";
import { FittedAdditive } from "../additive/fitted-additive.js";
import { FittedBoosting } from "../boosting/fitted-boosting.js";
import type { FittedClassifier } from "../classifier.js";
import { FittedLogistic } from "../logistic/fitted-logistic.js";
import { WeightedAverage } from "./weighted-average.js";

/**
 * The plain mean of models of one family. Where models are sums over the same columns their mean is one such model, as
 * fast and as readable as each; else all are kept and asked.
 * @param foldCount of the cross-fitting that the models come from.
 */
export function averageOf(models: readonly FittedClassifier[], foldCount: number): FittedClassifier {
  if (models.length === 1) return models[0];
  return (
    meanOfLogistics(models) ??
    meanOfAdditives(models, foldCount) ??
    meanOfBoostings(models) ??
    WeightedAverage.ofEqual(models)
  );
}

/** All trees as one model, asked at once, times 1 / n: dividing the leaves would round them. */
function meanOfBoostings(models: readonly FittedClassifier[]): WeightedAverage | undefined {
  const boostings = models.filter((model) => model instanceof FittedBoosting);
  if (boostings.length < models.length) return undefined;
  const parts = boostings.map((model) => model.toJSON());
  const sum = new FittedBoosting({
    family: "boosting",
    baseMargin: parts.reduce((total, { baseMargin }) => total + baseMargin, 0),
    trees: parts.flatMap(({ trees }) => trees),
  });
  return new WeightedAverage([sum], [1 / models.length]);
}

function meanOfAdditives(models: readonly FittedClassifier[], foldCount: number): FittedAdditive | undefined {
  const additives = models.filter((model) => model instanceof FittedAdditive);
  return additives.length < models.length ? undefined : averageAdditive(additives, foldCount);
}

function meanOfLogistics(models: readonly FittedClassifier[]): FittedLogistic | undefined {
  const logistics = models.filter((model) => model instanceof FittedLogistic);
  if (logistics.length < models.length) return undefined;
  return FittedLogistic.mean(logistics);
}
