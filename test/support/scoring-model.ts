import type { ChurnModel } from "../../src/predict/churn-model.js";
import { dropColumns } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";
import { subscriberTable } from "./subscribers.js";

const TABLE = subscriberTable(400);
const OPTIONS = { label: "churned", classifier: "logistic", replicates: 5, repeats: 1 } as const;

/** A model of `subscriberRows` with all outputs: ids, values, intervals. */
export function scoringModel(): Promise<ChurnModel> {
  return trainChurnModel(TABLE, { ...OPTIONS, id: "subscriber", value: "charge" });
}

/** The same without ids and values. */
export function modelWithoutId(): Promise<ChurnModel> {
  return trainChurnModel(dropColumns(TABLE, ["subscriber"]), OPTIONS);
}

/** A model of many trees, which is larger than a piece of its file that is read at a time. */
export function forestModel(): Promise<ChurnModel> {
  return trainChurnModel(TABLE, { ...OPTIONS, id: "subscriber", classifier: "forest" });
}
