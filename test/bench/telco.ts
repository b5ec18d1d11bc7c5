import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readTable, trainChurnModel } from "../../src/index.js";
import { DATASETS, isThere } from "../support/shared-data.js";
import { type Bench, result, timed } from "./result.js";
import { hundredTrees } from "./scoring/scoring-data.js";

const TELCO = join(DATASETS, "telco.csv");
const PROCESS = fileURLToPath(new URL("./scoring/predict-process.ts", import.meta.url));
const OPTIONS = { label: "Churn", id: "customerID" };

/** The main job on real data: read, train, evaluate, save. */
export const trainBench: Bench = {
  name: "train-telco",
  about: "read, train, evaluate and save telco (7,043 rows) with all defaults",
  async run() {
    if (!isThere(TELCO, "train-telco")) return [];
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    try {
      const { cpu, wall } = await timed(async () => {
        const model = await trainChurnModel(await readTable(TELCO), OPTIONS);
        await model.save(join(folder, "telco.model.json"));
      });
      return [result("train-telco", "CPU", cpu, "s"), result("train-telco", "wall", wall, "s")];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** A raw row in, a prediction out: by the default (cross-fitted, blended) model, and by one hundred trees of 31 leaves. */
export const predictBench: Bench = {
  name: "predict",
  about:
    "latency and allocation of predictOne and throughput of predict: default telco model; 100 trees of 31 leaves",
  async run() {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    try {
      await (await hundredTrees(folder)).save(join(folder, "trees.json"));
      const trees = await predictRun(join(folder, "trees.json"), join(folder, "training.parquet"));
      const results = latencies("100 trees of 31 leaves", trees, 10, 50);
      if (!isThere(TELCO, "predict")) return results;
      const table = await readTable(TELCO);
      const model = await trainChurnModel(table, { ...OPTIONS, replicates: 1 });
      await model.save(join(folder, "telco.json"));
      const telco = await predictRun(join(folder, "telco.json"), TELCO);
      const { cpu } = await timed(() => model.predict(table));
      return [
        ...results,
        ...latencies("default telco model", telco, 40),
        result(
          "predict",
          "predict on a table, default telco model, per row",
          (cpu / table.rowCount) * 1e6,
          "µs",
        ),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

interface PredictRun {
  readonly median: number;
  readonly p99: number;
  readonly bytes: number;
}

/** In a separate process, with a young generation large enough for what is allocated to be counted. */
async function predictRun(model: string, rows: string): Promise<PredictRun> {
  const given = [
    "--import",
    "tsx",
    "--expose-gc",
    "--max-semi-space-size=256",
    "--min-semi-space-size=256",
    PROCESS,
    model,
    rows,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, given);
  return JSON.parse(stdout) as PredictRun;
}

function latencies(what: string, { median, p99, bytes }: PredictRun, medianBar: number, p99Bar?: number) {
  return [
    result("predict", `predictOne, ${what}, median`, median, "µs", { name: "bar", value: medianBar }),
    result(
      "predict",
      `predictOne, ${what}, 99th percentile`,
      p99,
      "µs",
      p99Bar === undefined ? undefined : { name: "bar", value: p99Bar },
    ),
    result("predict", `predictOne, ${what}, allocated`, bytes, "bytes"),
  ];
}
