import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bench as Tinybench } from "tinybench";
import { readTable, trainChurnModel } from "../../src/index.js";
import { rowsOf } from "../../src/table/rows.js";
import { DATASETS, isThere } from "../support/shared-data.js";
import { type Bench, result, timed } from "./result.js";

const TELCO = join(DATASETS, "telco.csv");
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

/** A raw row in, a prediction out, with the default (cross-fitted, blended) model. */
export const predictBench: Bench = {
  name: "predict",
  about: "latency of predictOne and throughput of predict, default telco model",
  async run() {
    if (!isThere(TELCO, "predict")) return [];
    const table = await readTable(TELCO);
    const model = await trainChurnModel(table, { ...OPTIONS, replicates: 1 });
    const rows = rowsOf(table);
    let at = 0;
    const bench = new Tinybench({ time: 3000, warmupTime: 1000 });
    bench.add("predictOne", () => {
      model.predictOne(rows[at]);
      at = at + 1 === rows.length ? 0 : at + 1;
    });
    const [task] = await bench.run();
    if (!("latency" in task.result)) throw new Error("predictOne was not measured");
    const { p50, p99 } = task.result.latency;
    const { cpu } = await timed(() => model.predict(table));
    return [
      result("predict", "predictOne, median", p50 * 1e3, "µs"),
      result("predict", "predictOne, 99th percentile", p99 * 1e3, "µs"),
      result("predict", "predict on a table, per row", (cpu / table.rowCount) * 1e6, "µs"),
    ];
  },
};
