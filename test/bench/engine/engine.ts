import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "simple-statistics";
import { logLoss } from "../../../src/metrics/probability/log-loss.js";
import { rocAuc } from "../../../src/metrics/ranking/roc-auc.js";
import { textTable } from "../../../src/printing/text-table.js";
import { type Bench, type BenchFlags, type BenchResult, result } from "../result.js";
import { EngineData } from "./data.js";
import { readEngineFiles, writeEngineFiles } from "./files.js";
import {
  type Contestant,
  type EngineRun,
  HOLDFAST,
  lightGbmPeers,
  PHASES,
  type Phase,
  type Times,
} from "./peers.js";

/** The results of one contestant on a number of threads. */
interface Standing {
  readonly name: string;
  readonly runs: readonly EngineRun[];
  readonly auc: number;
  readonly logLoss: number;
}

/** The engine and LightGBM on the same data with the same settings, each run in a separate process, alternating. */
export const engineBench: Bench = {
  name: "engine",
  about: "binning, training and scoring 1M × 40 (--rows), alternating with LightGBM where Python has it",
  isOnRequest: true,
  async run({ rows = 1_000_000, pairs = 3, rounds = 100, threads }: BenchFlags) {
    const testRows = Math.round(rows / 5);
    const folder = await mkdtemp(join(tmpdir(), "holdfast-engine-"));
    try {
      process.stderr.write(`engine: making ${(rows + testRows).toLocaleString("en-US")} rows\n`);
      writeEngineFiles(folder, new EngineData().chunks(rows + testRows), { trainingRows: rows, testRows });
      const contestants = [HOLDFAST, ...(await lightGbmPeers())];
      const results: BenchResult[] = [];
      for (const count of threads === undefined ? [1, 2] : [threads]) {
        const standings = await compete(contestants, folder, count, rounds, pairs);
        console.log(`\n${threadsText(count)}, medians of ${pairs}`);
        console.log(`${standingsTable(standings)}\n`);
        results.push(...resultsOf(standings, count));
      }
      return results;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function compete(
  contestants: readonly Contestant[],
  folder: string,
  threads: number,
  rounds: number,
  pairs: number,
): Promise<Standing[]> {
  const { labels } = readEngineFiles(folder, "test");
  const runs = contestants.map((): EngineRun[] => []);
  const margins: Float64Array[] = contestants.map(() => new Float64Array(0));
  for (let pair = 0; pair < pairs; pair++) {
    for (const [c, { name, run }] of contestants.entries()) {
      runs[c].push(await run(folder, threads, rounds));
      margins[c] = await readMargins(folder);
      const said = PHASES.map((phase) => `${phase} ${timesText(runs[c][pair][phase])}`).join(", ");
      process.stderr.write(`engine: ${threadsText(threads)}, ${pair + 1} of ${pairs}, ${name}: ${said}\n`);
    }
  }
  return contestants.map(({ name }, c) => {
    const probabilities = margins[c].map((margin) => 1 / (1 + Math.exp(-margin)));
    return { name, runs: runs[c], auc: rocAuc(labels, margins[c]), logLoss: logLoss(labels, probabilities) };
  });
}

async function readMargins(folder: string): Promise<Float64Array> {
  return new Float64Array(new Uint8Array(await readFile(join(folder, "margins.f64"))).buffer);
}

/** CPU time for one thread, wall time for several; always against the peer that is faster at it. */
function resultsOf([own, ...peers]: readonly Standing[], threads: number): BenchResult[] {
  const clock: keyof Times = threads === 1 ? "cpu" : "wall";
  const bench = threads === 1 ? "engine" : `engine, ${threads} threads`;
  const best = (figure: (standing: Standing) => number, sign = 1) => {
    const [peer] = peers.toSorted((a, b) => sign * (figure(a) - figure(b)));
    return peer && { name: peer.name, value: figure(peer) };
  };
  const auc = ({ auc }: Standing) => auc;
  const loss = ({ logLoss }: Standing) => logLoss;
  const peak = ({ runs }: Standing) => median(runs.map(({ peakBytes }) => peakBytes)) / 2 ** 20;
  return [
    ...PHASES.map((phase) => {
      const time = (standing: Standing) => timeOf(standing, phase, clock);
      return result(bench, `${phase}, ${clock === "cpu" ? "CPU" : "wall"}`, time(own), "s", best(time));
    }),
    result(bench, "test ROC AUC", auc(own), "", best(auc, -1)),
    result(bench, "test log loss", loss(own), "", best(loss)),
    result(bench, "peak memory above the input", peak(own), "MiB", best(peak)),
  ];
}

function standingsTable(standings: readonly Standing[]): string {
  const heads = PHASES.flatMap((phase) => [`${phase} CPU s`, "wall s"]);
  return textTable(
    ["", ...heads, "AUC", "log loss", "peak MiB"],
    standings.map((standing) => [
      standing.name,
      ...PHASES.flatMap((phase) =>
        (["cpu", "wall"] as const).map((clock) => timeOf(standing, phase, clock).toFixed(2)),
      ),
      standing.auc.toFixed(5),
      standing.logLoss.toFixed(5),
      (median(standing.runs.map(({ peakBytes }) => peakBytes)) / 2 ** 20).toFixed(0),
    ]),
  );
}

function timeOf({ runs }: Standing, phase: Phase, clock: keyof Times): number {
  return median(runs.map((run) => run[phase][clock]));
}

function threadsText(threads: number): string {
  return threads === 1 ? "1 thread" : `${threads} threads`;
}

function timesText({ cpu, wall }: Times): string {
  return `${cpu.toFixed(2)} s CPU (${wall.toFixed(2)} wall)`;
}
