// What a user of the installed package writes: type-checked against its declarations, then run.
import {
  createServer,
  disconnected,
  HoldfastError,
  openHistory,
  type Prediction,
  type ScoringServer,
  scoreFile,
  snapshots,
  trainChurnModel,
  writeTable,
} from "holdfast";

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

await writeTable(table, "rows.parquet");
const { scored } = await scoreFile(model, "rows.parquet", "scores.csv");
if (scored !== table.rowCount) throw new Error(`${scored} of ${table.rowCount} rows were scored`);
// Without a service no HTTP framework is needed; starting one says what to install.
const refused = await createServer(model).then(
  (server: ScoringServer) => server.listen({ port: 0 }),
  (error: unknown) => error,
);
if (!(refused instanceof HoldfastError && refused.code === "dependency.missing"))
  throw new Error(String(refused));
console.log(`scored ${scored} rows; to serve: ${refused.hint}`);
