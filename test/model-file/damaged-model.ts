import { createHash } from "node:crypto";
import { additiveModel } from "../../src/classifiers/additive/additive.js";
import { gradientBoosting } from "../../src/classifiers/boosting/boosting.js";
import { randomForest } from "../../src/classifiers/forest/forest.js";
import { logisticRegression } from "../../src/classifiers/logistic/logistic.js";
import { neuralNetwork } from "../../src/classifiers/neural/neural.js";
import { savedText } from "./small-model.js";

export type JsonObject = Record<string, unknown>;

/** A model of every family, each in the file form that training gives it, one after the other in an ensemble. */
export const FAMILIES = {
  logistic: logisticRegression({ lambda: 0.01 }),
  boosting: gradientBoosting({ rounds: 12, maxLeaves: 5, learningRate: 0.2 }),
  additive: additiveModel({ rounds: 5 }),
  forest: randomForest({ trees: 40, maxLeaves: 8 }),
  neural: neuralNetwork({
    members: 1,
    width: 8,
    hidden: 8,
    epochs: 40,
    learningRate: 0.05,
    batchRows: 32,
    averaging: 0.9,
    dropout: 0,
    sequences: [["tenure", "charge"]],
    kernel: 2,
  }),
};

/** The text of a model file, with a change of its content and the hash that fits it. */
export type Rehash = (change: (content: JsonObject) => void) => string;

/** Makes files with an ensemble of all families, in their order. @param folder for files on the way. */
export async function damagedModels(folder: string): Promise<Rehash> {
  const text = await savedText(folder);
  const members: JsonObject[] = [];
  for (const family of Object.values(FAMILIES)) {
    const { content } = JSON.parse(await savedText(folder, { classifier: [family] })) as {
      content: JsonObject;
    };
    members.push(content.classifier as JsonObject);
  }
  return (change) => {
    const envelope = JSON.parse(text) as { content: JsonObject; sha256: string };
    const weights = members.map(() => 1 / members.length);
    envelope.content.classifier = { family: "weighted-average", weights, members: structuredClone(members) };
    change(envelope.content);
    const body = JSON.stringify(envelope.content);
    envelope.sha256 = createHash("sha256").update(body).digest("hex");
    return JSON.stringify(envelope);
  };
}
