// @ts-check
// Once a month: trains on what was known then, measures on later months, and replaces the model that the nightly job reads
// only if it is good enough. A model file is written whole or not at all, so a job that runs at the same time reads the old one.
import { disconnected, monthly, openHistory, snapshots, splitByTime, trainChurnModel } from "holdfast";

/** The least ROC AUC, at the lower end of its interval, with which a model is put to work. */
const LEAST = 0.6;
const WINDOWS = { observe: 6, gap: 1, horizon: 3 };

const history = await openHistory("node_modules/holdfast/datasets/simulated");
const at = [...monthly("2025-02", "2025-05"), "2025-10"];
const table = await snapshots(history, { at, ...WINDOWS, churn: disconnected() });
history.close();

const { train, test } = splitByTime(table, {
  column: "cutoff",
  testFrom: "2025-10",
  embargo: WINDOWS.gap + WINDOWS.horizon,
});
const model = await trainChurnModel(train, { classifier: "logistic" });
const { value, low } = model.evaluate(test).metrics.rocAuc;
console.log(`ROC AUC ${value.toFixed(3)}, at least ${low?.toFixed(3)}, on ${test.rowCount} later rows`);

if ((low ?? 0) < LEAST) {
  console.error(`kept the old model: ${low?.toFixed(3)} is below ${LEAST}`);
  process.exit(1);
}
await model.save("churn.model.json");
console.log("wrote churn.model.json");
