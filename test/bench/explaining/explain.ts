import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "simple-statistics";
import { Explainers } from "../../../src/classifiers/explainers.js";
import { readTable } from "../../../src/formats/read-table.js";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import type { Table } from "../../../src/table/column.js";
import { rowsOf } from "../../../src/table/rows.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { PathDependentTrees } from "../../../src/trees/explaining/path-dependent.js";
import { copyRows } from "../../../src/vectors/vectors.js";
import { DATASETS, isThere } from "../../support/shared-data.js";
import { EngineData } from "../engine/data.js";
import { readEngineFiles, writeEngineFiles } from "../engine/files.js";
import { type Bench, type BenchFlags, type BenchResult, result, timed } from "../result.js";
import { hundredTrees } from "../scoring/scoring-data.js";
import { LightGbmContributions } from "./peer.js";

const TELCO = join(DATASETS, "telco.csv");
/** How far values of the same trees may be from LightGBM's: sums of a hundred trees in another order. */
const TOLERANCE = 1e-9;
const CALLS = 20_000;

/** What each feature adds to a margin: batches against LightGBM on the trees that it trained, and single rows. */
export const explainBench: Bench = {
  name: "explain",
  about:
    "contributions of 100k × 40 (--rows) by LightGBM's own trees against pred_contrib; latency of one row, and of predictOne with three reasons",
  isOnRequest: true,
  async run(flags) {
    const folder = await mkdtemp(join(tmpdir(), "holdfast-explain-"));
    try {
      return [...(await batches(folder, flags)), ...(await singleRows(folder))];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** CPU time of all rows on one thread each, alternating. @throws Error where values are not LightGBM's. */
async function batches(
  folder: string,
  { rows: rowCount = 100_000, pairs = 3, rounds = 100 }: BenchFlags,
): Promise<BenchResult[]> {
  const peer = await LightGbmContributions.in(folder);
  if (peer === undefined) return [];
  writeEngineFiles(folder, new EngineData().chunks(rowCount), { trainingRows: rowCount, testRows: 0 });
  const { vectors } = readEngineFiles(folder, "training");
  const width = vectors.features.length;
  const rows = new Float64Array(rowCount * width);
  copyRows(vectors, 0, rowCount, rows);
  const trees = await peer.train(rounds);
  const own: number[] = [];
  const theirs: number[] = [];
  let furthest = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const into = new Float64Array(rows.length);
    const { value: expected, cpu } = await timed(() => {
      const explained = new PathDependentTrees(trees);
      explained.add(rows, rowCount, width, 1, into);
      return explained.expected;
    });
    const told = await peer.explain();
    own.push(cpu);
    theirs.push(told.cpu);
    furthest = Math.max(furthest, furthestApart(into, expected, told.contributions, width));
    process.stderr.write(
      `explain: ${pair + 1} of ${pairs}: ${cpu.toFixed(2)} s, ${peer.name} ${told.cpu.toFixed(2)} s\n`,
    );
  }
  if (!(furthest < TOLERANCE)) throw new Error(`values differ from LightGBM's by ${furthest}`);
  const what = `${trees.length} trees, ${rowCount.toLocaleString("en-US")} rows × ${width}`;
  return [
    result("explain", `${what}, CPU`, median(own), "s", { name: peer.name, value: median(theirs) }),
    result("explain", "the same, largest difference of a value", furthest * 1e15, "1e-15"),
  ];
}

/** How far values are apart, the expected value included. @param theirs with the expected value after each row. */
function furthestApart(own: Float64Array, expected: number, theirs: Float64Array, width: number): number {
  let furthest = 0;
  for (let from = 0, at = 0; from < own.length; from += width, at += width + 1) {
    for (let f = 0; f < width; f++) furthest = Math.max(furthest, Math.abs(own[from + f] - theirs[at + f]));
    furthest = Math.max(furthest, Math.abs(expected - theirs[at + width]));
  }
  return furthest;
}

/** Latency of single rows: of one hundred trees of 31 leaves, and of the default (cross-fitted, blended) model of telco. */
async function singleRows(folder: string): Promise<BenchResult[]> {
  const trees = await hundredTrees(folder);
  const training = await readTable(join(folder, "training.parquet"), { columns: { id: "text" } });
  const results = await latencies("100 trees of 31 leaves", trees, training);
  if (!isThere(TELCO, "explain")) return results;
  const table = await readTable(TELCO);
  const telco = await trainChurnModel(table, { label: "Churn", id: "customerID", replicates: 1 });
  return [...results, ...(await latencies("default telco model", telco, table))];
}

async function latencies(what: string, model: ChurnModel, table: Table): Promise<BenchResult[]> {
  const { scorer } = await model.readyToExplain();
  const vectors = scorer.vectorizer.transform(table);
  const width = vectors.features.length;
  const explainer = (await Explainers.load()).of(scorer.classifier, width, undefined);
  const rows = new Float64Array(table.rowCount * width);
  copyRows(vectors, 0, table.rowCount, rows);
  const into = new Float64Array(width);
  const explain = (call: number) => {
    const from = (call % table.rowCount) * width;
    explainer.add(rows.subarray(from, from + width), 1, 1, into);
  };
  const subscribers = rowsOf(table);
  const options = { reasons: 3 };
  return [
    ...latencyResults(`one row, ${what}`, explain),
    ...latencyResults(`predictOne with three reasons, ${what}`, (call) =>
      model.predictOne(subscribers[call % subscribers.length], options),
    ),
  ];
}

/** Median and 99th percentile of many calls, after a tenth of them to warm up. */
function latencyResults(what: string, call: (number: number) => void): BenchResult[] {
  for (let i = 0; i < CALLS / 10; i++) call(i);
  const times = Float64Array.from({ length: CALLS }, (_, i) => {
    const start = performance.now();
    call(i);
    return performance.now() - start;
  }).sort();
  const at = (share: number) => times[Math.floor(share * CALLS)] * 1e3;
  return [
    result("explain", `${what}, median`, at(0.5), "µs"),
    result("explain", `${what}, 99th percentile`, at(0.99), "µs"),
  ];
}
