import { invalidArgument } from "../errors.js";
import { type AdditiveJson, FittedAdditive } from "./additive/fitted-additive.js";
import type { BoostingJson } from "./boosting/fitted-boosting.js";
import { FittedBoosting } from "./boosting/fitted-boosting.js";
import type { ClassifierJson, FittedClassifier } from "./classifier.js";
import { WeightedAverage } from "./ensemble/weighted-average.js";
import { FittedForest, type ForestJson } from "./forest/fitted-forest.js";
import { FittedLogistic, type LogisticJson } from "./logistic/fitted-logistic.js";
import { FittedNeural, type NeuralJson } from "./neural/fitted-neural.js";

/** The file form of every classifier there is. */
export type AnyClassifierJson =
  | LogisticJson
  | AdditiveJson
  | BoostingJson
  | ForestJson
  | NeuralJson
  | AverageJson;

const FAMILIES = "must be one of logistic, additive, boosting, forest, neural, weighted-average";

interface AverageJson {
  readonly family: "weighted-average";
  readonly offset?: number;
  readonly weights: readonly number[];
  readonly members: readonly AnyClassifierJson[];
}

/**
 * A classifier from its file form, which must have been validated.
 * @throws HoldfastError for a family of the caller's own, which no model file can hold.
 */
export function classifierFromJson(json: AnyClassifierJson): FittedClassifier {
  switch (json.family) {
    case "logistic":
      return new FittedLogistic(json);
    case "additive":
      return new FittedAdditive(json);
    case "boosting":
      return new FittedBoosting(json);
    case "forest":
      return new FittedForest(json);
    case "neural":
      return new FittedNeural(json);
    case "weighted-average":
      return new WeightedAverage(json.members.map(classifierFromJson), json.weights, json.offset);
    default:
      return invalidArgument("classifierFromJson", "family", FAMILIES, (json as ClassifierJson).family);
  }
}
