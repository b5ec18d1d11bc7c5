// One copy by DuckDB, or one scoring (with the model's tiers, or as one list), of a file in a separate process, as users run them: plain Node, the built
// package. Prints one line of JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [contestant, input, folder, output = "scores.parquet"] = process.argv.slice(2);
const jobs = { copy, score: () => score(), list: () => score({ capacity: "call=300,watch=20%" }) };
const start = performance.now();
await jobs[contestant]();
const wall = (performance.now() - start) / 1e3;
const { user, system } = process.cpuUsage();
const peakMib = Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
process.stdout.write(`${JSON.stringify({ cpu: (user + system) / 1e6, wall, peakMib })}\n`);

async function copy() {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const target = join(folder, "copy.parquet");
  await connection.run(`COPY (SELECT * FROM '${input}') TO '${target}' (FORMAT parquet)`);
}

async function score(options) {
  const { loadChurnModel, scoreFile } = await import("../../../dist/index.js");
  const model = await loadChurnModel(join(folder, "model.json"));
  await scoreFile(model, input, join(folder, output), options);
}
