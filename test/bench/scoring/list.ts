import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "simple-statistics";
import { type Bench, type BenchResult, result } from "../result.js";
import { type Run, runOf } from "./run-of.js";
import { checkBuilt, hundredTrees, writeScoringRows } from "./scoring-data.js";

const ROWS = 1_000_000;
const PAIRS = 3;

/** Scoring with the capacities of one list, compared with the same job without them. */
export const listBench: Bench = {
  name: "list",
  about: "scoring 1,000,000 rows × 40 columns as one list (capacity), compared with the same job without it",
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
        const runs: { readonly score: Run; readonly list: Run }[] = [];
        for (let pair = 0; pair < pairs; pair++) {
          const score = await runOf("score", input, folder, `scores.${format}`);
          runs.push({ score, list: await runOf("list", input, folder, `scores.${format}`) });
        }
        for (const [what, measure, unit] of MEASURES) {
          const of = (contestant: "score" | "list") => median(runs.map((run) => run[contestant][measure]));
          // The median of the ratios of pairs: a busy machine slows both runs of a pair.
          const ratio = median(runs.map(({ score, list }) => list[measure] / score[measure]));
          const peer = { name: "without capacity", value: of("score") };
          results.push({
            ...result("list", `${format} → ${format}, ${what}`, of("list"), unit, peer),
            ratio,
          });
        }
        await rm(input);
      }
      return results;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

const MEASURES = [
  ["CPU", "cpu", "s"],
  ["wall", "wall", "s"],
  ["peak memory", "peakMib", "MiB"],
] as const;
