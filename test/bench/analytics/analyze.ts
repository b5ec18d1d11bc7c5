import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "simple-statistics";
import { writeOperator } from "../../../src/simulator/output/write-operator.js";
import { type Bench, result } from "../result.js";

const SUBSCRIBERS = 1_000_000;
const MONTHS = 24;
const PAIRS = 3;
/** The database of both contestants. */
const MEMORY_MIB = 1024;
const MOST_MIB = 2048;
const PROCESS = fileURLToPath(new URL("./analyze-process.ts", import.meta.url));

/** What a run of one contestant prints. */
interface Run {
  readonly cpu: number;
  readonly peakMib: number;
}

/** The operator's month compared with the same tables in hand-written SQL. */
export const analyzeBench: Bench = {
  name: "analyze",
  about:
    "the analysis of 1,000,000 simulated subscribers × 24 months, paired with hand-written SQL for the same tables",
  isOnRequest: true,
  async run({ rows = SUBSCRIBERS, pairs = PAIRS }) {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    try {
      await writeOperator(folder, { subscribers: rows, months: MONTHS, seed: 1 });
      const runs: Record<string, Run[]> = { sql: [], analyze: [], whole: [] };
      for (let pair = 0; pair < pairs; pair++)
        for (const contestant of Object.keys(runs)) runs[contestant].push(await runOf(contestant, folder));
      const cpu = (contestant: string) => median(runs[contestant].map((run) => run.cpu));
      const peer = { name: "hand-written SQL", value: cpu("sql") };
      return [
        result("analyze", "analyze of an opened history, CPU (at most 2 times)", cpu("analyze"), "s", peer),
        result("analyze", "with opening, checks and the page, CPU", cpu("whole"), "s", peer),
        result("analyze", "peak memory of all", median(runs.whole.map((run) => run.peakMib)), "MiB", {
          name: "limit",
          value: MOST_MIB,
        }),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function runOf(contestant: string, folder: string): Promise<Run> {
  const given = ["--import", "tsx", PROCESS, contestant, folder, String(MEMORY_MIB)];
  const { stdout } = await promisify(execFile)(process.execPath, given);
  return JSON.parse(stdout);
}
