import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeOperator } from "../../../src/simulator/output/write-operator.js";
import { type Bench, result } from "../result.js";

const SUBSCRIBERS = 1_000_000;
const MONTHS = 24;
const MEMORY_LIMIT = "1GB";
/** With what the process itself needs. */
const MOST_MIB = 2048;
const PROCESS = fileURLToPath(new URL("./monday-process.ts", import.meta.url));

/** What the process prints. */
interface ListsRun {
  readonly seconds: Readonly<Record<"tariffs" | "migration" | "lists" | "files", number>>;
  readonly rows: number;
  readonly peakMib: number;
}

/** Time and memory of the lists for Monday. */
export const mondayBench: Bench = {
  name: "monday",
  about:
    "tariffs, migration list, lists for Monday and their files, of 1,000,000 simulated subscribers × 24 months",
  isOnRequest: true,
  async run({ rows = SUBSCRIBERS }) {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    try {
      await writeOperator(folder, { subscribers: rows, months: MONTHS, seed: 1 });
      const given = ["--import", "tsx", PROCESS, folder, MEMORY_LIMIT];
      const { stdout } = await promisify(execFile)(process.execPath, given);
      const { seconds, rows: listed, peakMib }: ListsRun = JSON.parse(stdout);
      return [
        result("monday", "tariffs", seconds.tariffs, "s"),
        result("monday", "migration list", seconds.migration, "s"),
        result("monday", "its rows", listed, "rows"),
        result("monday", "lists", seconds.lists, "s"),
        result("monday", "files", seconds.files, "s"),
        result("monday", "peak memory", peakMib, "MiB", { name: "at most", value: MOST_MIB }),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
