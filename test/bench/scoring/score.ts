import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "simple-statistics";
import { type Bench, type BenchResult, result } from "../result.js";
import { type Run, runOf } from "./run-of.js";
import { checkBuilt, hundredTrees, writeScoringRows } from "./scoring-data.js";

const ROWS = 1_000_000;
const PAIRS = 3;
/** The most that scoring may hold, however many rows. */
const MEMORY_MIB = 600;

/** Scoring files compared with DuckDB copying them. */
export const scoreBench: Bench = {
  name: "score",
  about:
    "1,000,000 rows × 40 columns scored by 100 trees of 31 leaves, compared with DuckDB copying the file to Parquet",
  isOnRequest: true,
  async run({ rows = ROWS, pairs = PAIRS }) {
    checkBuilt();
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    try {
      await (await hundredTrees(folder)).save(join(folder, "model.json"));
      const results: BenchResult[] = [];
      for (const format of ["parquet", "csv"]) {
        const input = join(folder, `rows.${format}`);
        await writeScoringRows(input, rows);
        const runs: Record<string, Run[]> = { copy: [], score: [] };
        for (let pair = 0; pair < pairs; pair++) {
          for (const contestant of Object.keys(runs))
            runs[contestant].push(await runOf(contestant, input, folder));
        }
        const of = (contestant: string, what: keyof Run) => median(runs[contestant].map((run) => run[what]));
        const peer = (what: keyof Run) => ({ name: "DuckDB copy", value: of("copy", what) });
        results.push(
          result("score", `${format} → Parquet, wall`, of("score", "wall"), "s", peer("wall")),
          result("score", `${format} → Parquet, CPU`, of("score", "cpu"), "s", peer("cpu")),
          result("score", `${format}, peak memory`, of("score", "peakMib"), "MiB", {
            name: "limit",
            value: MEMORY_MIB,
          }),
        );
        await rm(input);
      }
      return results;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
