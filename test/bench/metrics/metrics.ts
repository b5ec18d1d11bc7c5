import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "simple-statistics";
import { type Bench, type BenchResult, result } from "../result.js";

const ROWS = 10_000_000;
const BOOTSTRAP_ROWS = 100_000;
const PAIRS = 3;
const PYTHON = process.env.PYTHON ?? "python3";
const PROCESS = fileURLToPath(new URL("./metrics-process.ts", import.meta.url));
const PEER = fileURLToPath(new URL("./metrics-peer.py", import.meta.url));

/** What a run of ours prints. */
interface MetricsRun {
  readonly cpu: number;
  readonly input: number;
  readonly peakWithInput: number;
}

/** AUC, log loss, Brier score and calibration error of many rows, alternating with scikit-learn, and a bootstrap. */
export const metricsBench: Bench = {
  name: "metrics",
  about:
    "four metrics of 10,000,000 rows, alternating with scikit-learn; a bootstrap of 1,000 samples of 100,000 rows",
  async run({ rows = ROWS, pairs = PAIRS }) {
    const ours: MetricsRun[] = [];
    const theirs: number[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      ours.push(await ownRun("metrics", rows));
      const peer = await peerCpu(rows);
      if (peer !== undefined) theirs.push(peer);
    }
    const bootstrap = await ownRun("bootstrap", Math.min(BOOTSTRAP_ROWS, rows));
    const peer = theirs.length === 0 ? undefined : { name: "scikit-learn", value: median(theirs) };
    const results: BenchResult[] = [
      result("metrics", `four metrics of ${rows} rows, CPU`, median(ours.map(({ cpu }) => cpu)), "s", peer),
      result(
        "metrics",
        "memory, the input included",
        median(ours.map(({ peakWithInput }) => peakWithInput)) / 2 ** 20,
        "MiB",
        { name: "the input", value: ours[0].input / 2 ** 20 },
      ),
      result("metrics", "bootstrap of 1000 samples, six metrics, one thread, CPU", bootstrap.cpu, "s"),
    ];
    return results;
  },
};

async function ownRun(what: string, rows: number): Promise<MetricsRun> {
  const given = ["--import", "tsx", PROCESS, what, String(rows)];
  const { stdout } = await promisify(execFile)(process.execPath, given);
  return JSON.parse(stdout);
}

async function peerCpu(rows: number): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)(PYTHON, [PEER, String(rows)]);
    return JSON.parse(stdout).cpu;
  } catch {
    process.stderr.write(
      `metrics: without scikit-learn, which ${PYTHON} can't import; name another in $PYTHON\n`,
    );
    return undefined;
  }
}
