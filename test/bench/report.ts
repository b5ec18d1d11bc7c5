import { spawnSync } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "simple-statistics";
import { DATASETS, isThere } from "../support/shared-data.js";
import { type Bench, type BenchResult, result } from "./result.js";
import { checkBuilt, hundredTrees, writeScoringRows } from "./scoring/scoring-data.js";

const ROWS = 1_000_000;
const PAIRS = 3;
const MOST = { timesScoring: 3, mebibytes: 1000, telcoSeconds: 8, telcoKilobytes: 1200 } as const;
const COMMAND = fileURLToPath(new URL("support/measured-command.js", import.meta.url));

/** Seconds of CPU of all threads, and the peak of memory, of one command in a process. */
interface Run {
  readonly cpu: number;
  readonly peakMib: number;
}

/** Runs the command line in a process that says on its last line what it took. */
function command(folder: string, ...args: readonly string[]): Run {
  const { stdout, stderr, status } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Run;
}

/** The report compared with scoring the same file, and the report of telco. */
export const reportBench: Bench = {
  name: "report",
  about:
    "the report of 1,000,000 rows × 40 columns compared with scoring them by 100 trees of 31 leaves; the report of telco",
  isOnRequest: true,
  async run({ rows = ROWS, pairs = PAIRS }) {
    checkBuilt();
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    try {
      return [...(await large(folder, rows, pairs)), ...(await telco(folder, pairs))];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function large(folder: string, rows: number, pairs: number): Promise<BenchResult[]> {
  await (await hundredTrees(folder)).save(join(folder, "model.json"));
  await writeScoringRows(join(folder, "rows.parquet"), rows, true);
  const runs: Record<"score" | "report", Run[]> = { score: [], report: [] };
  for (let pair = 0; pair < pairs; pair++) {
    runs.score.push(
      command(folder, "score", "model.json", "rows.parquet", "--out", "scores.parquet", "--overwrite"),
    );
    runs.report.push(command(folder, "report", "model.json", "rows.parquet", "--out", "report.html"));
  }
  const of = (contestant: "score" | "report", what: keyof Run) =>
    median(runs[contestant].map((run) => run[what]));
  return [
    result(
      "report",
      `${rows.toLocaleString("en-US")} rows, CPU (at most ${MOST.timesScoring} times)`,
      of("report", "cpu"),
      "s",
      {
        name: "holdfast score",
        value: of("score", "cpu"),
      },
    ),
    result("report", "peak memory", of("report", "peakMib"), "MiB", { name: "limit", value: MOST.mebibytes }),
  ];
}

async function telco(folder: string, pairs: number): Promise<BenchResult[]> {
  const path = join(DATASETS, "telco.csv");
  if (!isThere(path, "the report of telco")) return [];
  command(folder, "train", path, "--label", "Churn", "--id", "customerID", "--out", "telco.model.json");
  const runs = Array.from({ length: pairs }, () =>
    command(folder, "report", "telco.model.json", path, "--out", "telco.html", "--value", "MonthlyCharges"),
  );
  const { size } = await stat(join(folder, "telco.html"));
  return [
    result("report", "telco, CPU", median(runs.map(({ cpu }) => cpu)), "s", {
      name: "limit",
      value: MOST.telcoSeconds,
    }),
    result("report", "telco, page", size / 1000, "kB", { name: "limit", value: MOST.telcoKilobytes }),
  ];
}
