import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import { type TrainOptions, trainChurnModel } from "../../src/training/train.js";
import { subscriberTable } from "../support/subscribers.js";

/** The rows that the small models are trained on. */
export const TABLE = subscriberTable(250);

/** Trains two small families on `TABLE`, unless the options say otherwise. */
export function train(options: Partial<TrainOptions> = {}) {
  return trainChurnModel(TABLE, {
    label: "churned",
    id: "subscriber",
    classifier: [
      logisticRegression({ lambda: 0.01 }),
      gradientBoosting({ rounds: 12, maxLeaves: 5, learningRate: 0.2 }),
    ],
    repeats: 1,
    replicates: 20,
    ...options,
  });
}

/** Trains with these options, saves the model into the folder and returns the text of its file. */
export async function savedText(folder: string, options: Partial<TrainOptions> = {}): Promise<string> {
  const path = join(folder, "other.json");
  await (await train(options)).save(path);
  return readFileSync(path, "utf8");
}
