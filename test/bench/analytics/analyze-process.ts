/** One run over the files of a simulated operator of 24 months in a separate process. Prints one line of JSON. */
import { join } from "node:path";
import { analyze } from "../../../src/analytics/analyze.js";
import { writeAnalysis } from "../../../src/analytics/write-analysis.js";
import { withDuckDB } from "../../../src/database/duckdb/session.js";
import { openHistory } from "../../../src/history/history.js";
import { peakBytes } from "../memory.js";
import { timed } from "../result.js";
import { handWritten } from "./hand-written.js";

/** The default period of both: the last twelve months. */
const DAYS = { begins: "2024-08-01", from: "2025-08-01", to: "2026-08-01" };

const [contestant, folder, memoryMib] = process.argv.slice(2);
const memoryLimit = `${memoryMib}MiB`;
const jobs: Readonly<Record<string, () => Promise<number>>> = { sql, analyze: analysis, whole };
const cpu = await jobs[contestant]();
process.stdout.write(`${JSON.stringify({ cpu, peakMib: peakBytes() / 2 ** 20 })}\n`);

async function sql(): Promise<number> {
  return withDuckDB(async (connection) => {
    await connection.run(`SET memory_limit = '${memoryLimit}'`);
    const { cpu } = await timed(async () => {
      for (const statement of handWritten(folder, DAYS))
        (await connection.runAndReadAll(statement)).getRows();
    });
    return cpu;
  });
}

/** As for the SQL, the files are correct and in place. */
async function analysis(): Promise<number> {
  const history = await openHistory(folder, { memoryLimit, check: false });
  const { cpu } = await timed(() => analyze(history));
  history.close();
  return cpu;
}

/** What `holdfast analyze` does. */
async function whole(): Promise<number> {
  const { cpu } = await timed(async () => {
    const history = await openHistory(folder, { memoryLimit });
    await writeAnalysis(await analyze(history), join(folder, "analysis.html"));
    history.close();
  });
  return cpu;
}
