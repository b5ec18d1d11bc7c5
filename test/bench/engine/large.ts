import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DOUBLE, DuckDBDataChunk, DuckDBInstance, type DuckDBType, INTEGER } from "@duckdb/node-api";
import type { Feature } from "../../../src/vectors/vectors.js";
import { type Bench, type BenchResult, result } from "../result.js";
import { LABEL } from "./chunks.js";
import { type EngineChunk, EngineData } from "./data.js";
import { runEngineProcess, type Times } from "./peers.js";

/** The most rows that a DuckDB data chunk holds. */
const VECTOR_ROWS = 2048;

interface LargeRun {
  readonly work: Times;
  readonly peakBytes: number;
}

/** Ten million subscribers from Parquet to a model in one process, whose peak memory is the point. */
export const engineLargeBench: Bench = {
  name: "engine-large",
  about: "10M × 40 (--rows) from Parquet to a model in one process: its peak memory",
  isOnRequest: true,
  async run({ rows = 10_000_000, rounds = 100, threads = 1 }): Promise<BenchResult[]> {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-engine-"));
    try {
      const path = join(folder, "rows.parquet");
      process.stderr.write(`engine-large: making ${rows.toLocaleString("en-US")} rows\n`);
      await writeParquet(path, join(folder, "rows.duckdb"), new EngineData().chunks(rows));
      process.stderr.write("engine-large: training\n");
      const run = await runEngineProcess<LargeRun>("large", path, threads, rounds);
      return [
        result("engine-large", "reading, binning and training, CPU", run.work.cpu, "s"),
        result("engine-large", "reading, binning and training, wall", run.work.wall, "s"),
        result("engine-large", "peak memory of the process", run.peakBytes / 1e9, "GB"),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** By way of a database on disk, so that no more than a chunk is in memory. */
async function writeParquet(path: string, database: string, chunks: Iterable<EngineChunk>): Promise<void> {
  const instance = await DuckDBInstance.create(database, { memory_limit: "1GB" });
  const connection = await instance.connect();
  try {
    let features: readonly Feature[] = [];
    let appender: Awaited<ReturnType<typeof connection.createAppender>> | undefined;
    for (const { vectors, labels } of chunks) {
      features = vectors.features;
      const types: DuckDBType[] = [
        ...features.map(({ kind }) => (kind === "numeric" ? DOUBLE : INTEGER)),
        INTEGER,
      ];
      if (appender === undefined) {
        await connection.run(`CREATE TABLE cells (${types.map((type, i) => `c${i} ${type}`).join(", ")})`);
        appender = await connection.createAppender("cells");
      }
      const columns = [
        ...features.map((each) => (each.kind === "numeric" ? each.values : each.codes)),
        labels,
      ];
      for (let from = 0; from < vectors.rowCount; from += VECTOR_ROWS) {
        const rows = Math.min(VECTOR_ROWS, vectors.rowCount - from);
        const chunk = DuckDBDataChunk.create(types, rows);
        columns.forEach((values, c) => {
          const vector = chunk.getColumnVector(c);
          for (let k = 0; k < rows; k++)
            vector.setItem(k, Number.isNaN(values[from + k]) ? null : values[from + k]);
          vector.flush();
        });
        appender.appendDataChunk(chunk);
      }
    }
    appender?.closeSync();
    const select = features.map(({ kind, name }, c) =>
      kind === "numeric" ? `c${c} AS ${name}` : `'level ' || c${c} AS ${name}`,
    );
    await connection.run(
      `COPY (SELECT ${select.join(", ")}, c${features.length} AS ${LABEL} FROM cells) TO '${path}' (FORMAT parquet)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
