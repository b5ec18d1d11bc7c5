// What a user of the installed package writes: type-checked against its declarations, then run.
import { disconnected, openHistory, type Prediction, snapshots, trainChurnModel } from "holdfast";

const history = await openHistory("node_modules/holdfast/datasets/simulated");
const table = await snapshots(history, { at: ["2025-03", "2025-05"], churn: disconnected() });
history.close();
const model = await trainChurnModel(table, {
  label: "churn",
  id: "subscriber_id",
  exclude: ["cutoff"],
  classifier: "logistic",
});
const [first]: Prediction[] = model.predict(table);
if (first.id === null || !(first.probability > 0 && first.probability < 1))
  throw new Error(JSON.stringify(first));
console.log(`a prediction from the installed package: ${JSON.stringify(first)}`);
