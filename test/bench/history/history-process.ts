/** One run over the files of a simulated operator in a separate process. Prints one line of JSON. */
import { join } from "node:path";
import { quoteIdentifier, quoteLiteral, withDuckDB } from "../../../src/database/duckdb/session.js";
import { openHistory } from "../../../src/history/history.js";
import { writeSnapshots } from "../../../src/history/snapshots.js";
import { peakBytes } from "../memory.js";
import { timed } from "../result.js";

const TABLES = [
  "subscribers",
  "tariffs",
  "usage",
  "billing",
  "payments",
  "memberships",
  "services",
  "events",
  "contacts",
];

const [contestant, folder, memoryMib] = process.argv.slice(2);
const memoryLimit = `${memoryMib}MiB`;
const jobs: Readonly<Record<string, () => Promise<number>>> = { groupBy, snapshots, open };
const cpu = await jobs[contestant]();
process.stdout.write(`${JSON.stringify({ cpu, peakMib: peakBytes() / 2 ** 20 })}\n`);

/** One plain GROUP BY per fact table with one avg per numeric column. */
async function groupBy(): Promise<number> {
  return withDuckDB(async (connection) => {
    await connection.run(`SET memory_limit = '${memoryLimit}'`);
    const { cpu } = await timed(async () => {
      for (const table of TABLES) {
        const source = `read_parquet(${quoteLiteral(join(folder, `${table}.parquet`))})`;
        const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
        const averages = described
          .getRows()
          .filter(([, type]) => type === "DOUBLE" || type === "INTEGER" || type === "BIGINT")
          .map(([name]) => `avg(${quoteIdentifier(String(name))})`);
        const select = ["subscriber_id", ...averages].join(", ");
        await connection.run(
          `CREATE OR REPLACE TEMP TABLE averages AS SELECT ${select} FROM ${source} GROUP BY subscriber_id`,
        );
      }
    });
    return cpu;
  });
}

/** All default families and the label at one cutoff, without the checks. */
async function snapshots(): Promise<number> {
  const { cpu } = await timed(async () => {
    const history = await openHistory(folder, { memoryLimit, check: false });
    await writeSnapshots(history, join(folder, "snapshots.parquet"), { at: "2025-07" });
    history.close();
  });
  return cpu;
}

/** Opening with all checks. */
async function open(): Promise<number> {
  const { cpu } = await timed(async () => {
    const history = await openHistory(folder, { memoryLimit, onProblems: "drop" });
    history.close();
  });
  return cpu;
}
