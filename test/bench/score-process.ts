/** One copy by DuckDB, or one scoring, of a file in a process of its own. Prints one line of JSON. */
import { join } from "node:path";
import { quoteLiteral, withDuckDB } from "../../src/table/duckdb.js";
import { peakBytes } from "./engine-memory.js";
import { timed } from "./result.js";
import { BUILT } from "./scoring-data.js";

const [contestant, input, folder] = process.argv.slice(2);
const jobs: Readonly<Record<string, () => Promise<unknown>>> = { copy, score };
const { cpu, wall } = await timed(jobs[contestant]);
process.stdout.write(`${JSON.stringify({ cpu, wall, peakMib: peakBytes() / 2 ** 20 })}\n`);

async function copy(): Promise<void> {
  await withDuckDB(async (connection) => {
    const target = quoteLiteral(join(folder, "copy.parquet"));
    await connection.run(`COPY (SELECT * FROM ${quoteLiteral(input)}) TO ${target} (FORMAT parquet)`);
  });
}

async function score(): Promise<void> {
  const { loadChurnModel, scoreFile } = (await import(BUILT.href)) as typeof import("../../src/index.js");
  const model = await loadChurnModel(join(folder, "model.json"));
  await scoreFile(model, input, join(folder, "scores.parquet"));
}
