// @ts-check
// A small model to serve: made of the simulated operator, by a few columns that a caller knows.
import { disconnected, openHistory, selectColumns, snapshots, trainChurnModel } from "holdfast";

const history = await openHistory("node_modules/holdfast/datasets/simulated");
const table = await snapshots(history, { at: ["2025-03", "2025-06"], churn: disconnected() });
history.close();

const columns = ["subscriber_id", "cutoff", "tenure_months", "tariff", "arpu_mean", "payment_kind", "churn"];
const model = await trainChurnModel(selectColumns(table, columns), { classifier: "logistic" });
await model.save("churn.model.json");
console.log(`wrote churn.model.json, which reads ${model.inputs.map(({ name }) => name).join(", ")}`);
