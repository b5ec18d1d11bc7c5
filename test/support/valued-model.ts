import type { ChurnModel } from "../../src/predict/churn-model.js";
import { trainChurnModel } from "../../src/training/train.js";
import { subscriberTable } from "./subscribers.js";

/** Three hundred subscribers with charges. */
export const VALUED_SUBSCRIBERS = subscriberTable(300, 6);

/** A model of `VALUED_SUBSCRIBERS` that predicts with ids, values and bands of values. */
export function valuedModel(): Promise<ChurnModel> {
  return trainChurnModel(VALUED_SUBSCRIBERS, {
    label: "churned",
    id: "subscriber",
    classifier: "logistic",
    value: "charge",
    replicates: 10,
  });
}
