import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "simple-statistics";
import { type Bench, result } from "../result.js";
import { EngineData } from "./data.js";
import { writeEngineFiles } from "./files.js";
import { runEngineProcess, type Times } from "./peers.js";

/** Cross-fitting bins once and trains on four fifths of the rows five times: a little over four fits. */
export const engineFoldsBench: Bench = {
  name: "engine-folds",
  about: "5-fold cross-fitting against one fit, the same rounds, 1M × 40 (--rows), one thread",
  isOnRequest: true,
  async run({ rows = 1_000_000, pairs = 3, rounds = 100, threads = 1 }) {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-engine-"));
    try {
      writeEngineFiles(folder, new EngineData().chunks(rows), { trainingRows: rows, testRows: 0 });
      const runs: { readonly single: Times; readonly crossFit: Times }[] = [];
      for (let pair = 0; pair < pairs; pair++) {
        const single = await runEngineProcess<Times>("fit", folder, threads, rounds);
        runs.push({ single, crossFit: await runEngineProcess<Times>("crossFit", folder, threads, rounds) });
        process.stderr.write(`engine-folds: ${pair + 1} of ${pairs}: ${JSON.stringify(runs[pair])}\n`);
      }
      return (["cpu", "wall"] as const).map((clock) =>
        result(
          "engine-folds",
          `5-fold cross-fit, ${clock === "cpu" ? "CPU" : "wall"}`,
          median(runs.map(({ crossFit }) => crossFit[clock])),
          "s",
          { name: "one fit", value: median(runs.map(({ single }) => single[clock])) },
        ),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
