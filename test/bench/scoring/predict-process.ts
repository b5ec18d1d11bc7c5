/** Latency of predictOne in a separate process, row by row. Prints one line of JSON. */
import { loadChurnModel, readTable } from "../../../src/index.js";
import { rowsOf } from "../../../src/table/rows.js";

const PREDICTIONS = 200_000;
const COUNTED = 20_000;

const [modelPath, rowsPath] = process.argv.slice(2);
const model = await loadChurnModel(modelPath);
const rows = rowsOf(await readTable(rowsPath, { columns: model.columnKinds }));
let sum = 0;
const predict = (count: number) => {
  for (let i = 0; i < count; i++) sum += model.predictOne(rows[i % rows.length]).probability;
};
predict(PREDICTIONS);
const times = new Float64Array(PREDICTIONS);
for (let i = 0; i < PREDICTIONS; i++) {
  const start = performance.now();
  sum += model.predictOne(rows[i % rows.length]).probability;
  times[i] = performance.now() - start;
}
times.sort();
// With a young generation that is larger than all of it, nothing is collected in between.
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
predict(COUNTED);
const bytes = (process.memoryUsage().heapUsed - before) / COUNTED;
const at = (share: number) => times[Math.floor(share * PREDICTIONS)] * 1e3;
process.stdout.write(`${JSON.stringify({ median: at(0.5), p99: at(0.99), bytes, sum })}\n`);
