// @ts-check
// Trains on a table, evaluates on rows set aside, prints who is at risk, and writes a report:
//   node index.js                                              snapshots of the simulated operator
//   node index.js customers.csv --label Churn --id customerID  your own file
import { parseArgs } from "node:util";
import { disconnected, openHistory, readTable, snapshots, splitRandom, trainChurnModel } from "holdfast";
import { listDatasets } from "holdfast/datasets";
import { churnReport, writeReport } from "holdfast/report";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { label: { type: "string" }, id: { type: "string" } },
});
const [file] = positionals;

const table = file === undefined ? await simulatedCustomers() : await readTable(file);
const label = values.label ?? "churn";
const { train, test } = splitRandom(table, { test: 0.3, stratify: label, seed: 1 });
console.log(`${train.rowCount} customers to learn from, ${test.rowCount} set aside`);

const model = await trainChurnModel(train, {
  ...(file === undefined ? {} : { label, id: values.id }),
  classifier: "logistic", // leave it out for the best of all families, which takes longer
  tiers: "call=10%,watch=20%,rest",
});

const { metrics, tierTable } = model.evaluate(test);
const { value, low, high } = metrics.rocAuc;
console.log(`ROC AUC ${value.toFixed(3)} (${low?.toFixed(3)} to ${high?.toFixed(3)})`);
for (const { tier, rows, observedRate } of tierTable) {
  console.log(`${tier.padEnd(6)} ${rows} customers, ${(100 * (observedRate?.value ?? 0)).toFixed(1)}% left`);
}

const [riskiest] = model.predict(test, { reasons: 2 }).sort((a, b) => b.probability - a.probability);
const reasons = (riskiest.reasons ?? []).map(({ text }) => text).join("; ");
console.log(`call first: ${riskiest.id}, ${(100 * riskiest.probability).toFixed(0)}% (${reasons})`);

await model.save("churn.model.json");
const written = await writeReport(await churnReport(model, test), "report.html");
console.log(`wrote churn.model.json and ${written.join(", ")}`);

/** One row per subscriber of the simulated operator, as known on 1 June 2025, and who left from July to September. */
async function simulatedCustomers() {
  const operator = listDatasets().find(({ name }) => name === "simulated");
  const history = await openHistory(String(operator?.path));
  try {
    return await snapshots(history, { at: "2025-06", observe: 6, gap: 1, horizon: 3, churn: disconnected() });
  } finally {
    history.close();
  }
}
