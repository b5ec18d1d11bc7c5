// What a user of the installed package writes: type-checked against its declarations, then run.
import { type Prediction, readTable, trainChurnModel } from "holdfast";

const table = await readTable("node_modules/holdfast/datasets/simulated/snapshots.csv");
const model = await trainChurnModel(table, {
  label: "churned",
  id: "subscriber_id",
  exclude: ["cutoff"],
  classifier: "logistic",
});
const [first]: Prediction[] = model.predict(table);
if (first.id === null || !(first.probability > 0 && first.probability < 1))
  throw new Error(JSON.stringify(first));
console.log(`a prediction from the installed package: ${JSON.stringify(first)}`);
