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
/** For both contestants. */
const MEMORY_MIB = 2048;
const PROCESS = fileURLToPath(new URL("./history-process.ts", import.meta.url));

/** What a run of one contestant prints. */
interface HistoryRun {
  readonly cpu: number;
  readonly peakMib: number;
}

/** All default families against the least that any feature pipeline must do. */
export const historyBench: Bench = {
  name: "history",
  about:
    "snapshots of 1,000,000 simulated subscribers × 24 months, paired with one plain GROUP BY per fact table",
  isOnRequest: true,
  async run({ rows = SUBSCRIBERS, pairs = PAIRS }) {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    try {
      await writeOperator(folder, { subscribers: rows, months: MONTHS, seed: 1 });
      const runs: Record<string, HistoryRun[]> = { groupBy: [], snapshots: [], open: [] };
      for (let pair = 0; pair < pairs; pair++) {
        for (const contestant of Object.keys(runs)) {
          runs[contestant].push(await runOf(contestant, folder));
        }
      }
      const cpu = (contestant: string) => median(runs[contestant].map((run) => run.cpu));
      const peak = (contestant: string) => median(runs[contestant].map((run) => run.peakMib));
      const peer = { name: "one GROUP BY per table", value: cpu("groupBy") };
      return [
        result("history", "snapshots of one cutoff to Parquet, CPU", cpu("snapshots"), "s", peer),
        result("history", "checks when the history is opened, CPU", cpu("open"), "s", peer),
        result("history", "snapshots, peak memory", peak("snapshots"), "MiB", {
          name: "memory limit",
          value: MEMORY_MIB,
        }),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function runOf(contestant: string, folder: string): Promise<HistoryRun> {
  const given = ["--import", "tsx", PROCESS, contestant, folder, String(MEMORY_MIB)];
  const { stdout } = await promisify(execFile)(process.execPath, given);
  return JSON.parse(stdout);
}
