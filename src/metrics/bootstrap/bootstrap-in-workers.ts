import { availableParallelism } from "node:os";
import type { OptionNames } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import { type LongWork, type ProgressEvent, Pulse } from "../../progress.js";
import { shared } from "../../workers/shared.js";
import { WorkerPool, workersFor } from "../../workers/worker-pool.js";
import type { MetricName } from "../metrics.js";
import {
  bootstrapSample,
  checkBootstrap,
  checkExistence,
  type DrawingOptions,
  intervalsFrom,
} from "./bootstrap-intervals.js";
import { BOOTSTRAP_OPTIONS, type BootstrapOptions, type MetricInterval } from "./bootstrap-options.js";
import { type Replicates, replicatesOf } from "./bootstrap-replicates.js";
import type { BootstrapSample } from "./bootstrap-sample.js";
import type { BootstrapRange, BootstrapWork } from "./bootstrap-worker.js";

/** Options of {@link bootstrapIntervalsInWorkers}: those of the bootstrap, threads, progress and abort signal. */
export interface ParallelBootstrapOptions extends BootstrapOptions, LongWork {
  /** How many threads draw. Default: one per processor, or one in all where the work is small. */
  readonly threads?: number | undefined;
}

/** The names of {@link ParallelBootstrapOptions}. */
export const PARALLEL_BOOTSTRAP_OPTIONS: OptionNames<ParallelBootstrapOptions> = {
  ...BOOTSTRAP_OPTIONS,
  threads: "optional",
  onProgress: "optional",
  signal: "optional",
};

const WORKER = new URL("./bootstrap-worker.js", import.meta.url);

/** Rows times bootstrap samples that are worth a thread: some 0.2 s. */
const WORTH_A_THREAD = 10_000_000;

/**
 * {@link bootstrapIntervals} on several threads, with progress events and an abort signal. The intervals are the same
 * to the last bit, whatever the number of threads.
 * @example await bootstrapIntervalsInWorkers(labels, probabilities, ["rocAuc", "logLoss"], { onProgress: console.log })
 * @throws HoldfastError as `bootstrapIntervals`; with code `aborted` when `signal` was aborted, and `resource.worker`
 * when a worker died.
 */
export async function bootstrapIntervalsInWorkers<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
  options: ParallelBootstrapOptions = {},
): Promise<Record<Name, MetricInterval>> {
  const functionName = "bootstrapIntervalsInWorkers";
  checkBootstrap(functionName, labels, scores, metrics, options, PARALLEL_BOOTSTRAP_OPTIONS);
  const problems = new Problems();
  addThreadsProblem(problems, functionName, options.threads);
  problems.throwIfAny();
  const intervals = await intervalsInWorkers(labels, scores, metrics, options);
  checkExistence(functionName, intervals);
  return intervals;
}

/** Adds what is wrong with a number of threads. */
export function addThreadsProblem(
  problems: Problems,
  functionName: string,
  threads: number | undefined,
): void {
  if (threads === undefined || (Number.isInteger(threads) && threads >= 1)) return;
  problems.add(argumentProblem(functionName, "threads", "must be a whole number of at least 1", threads));
}

/**
 * {@link bootstrapIntervalsInWorkers} of input that is known to be valid; `value` is NaN where the data do not
 * determine it.
 */
export async function intervalsInWorkers<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
  options: ParallelBootstrapOptions & DrawingOptions,
): Promise<Record<Name, MetricInterval>> {
  const { replicates = 1000, threads, signal } = options;
  const worthwhile = Math.ceil((labels.length * replicates) / WORTH_A_THREAD);
  const wanted = Math.min(threads ?? Math.min(availableParallelism(), worthwhile), replicates);
  // This thread draws too.
  const members = Math.max(1, workersFor(WORKER, wanted));
  const sample = bootstrapSample(labels, scores, options);
  const drawing = replicatesOf(sample, metrics);
  const drawn = new Float64Array(replicates * drawing.names.length);
  const starts = Array.from({ length: members + 1 }, (_, i) => Math.round((i * replicates) / members));

  let done = 0;
  const pulse = new Pulse(options);
  const advance = (samples: number) => {
    done += samples;
    pulse.report({ phase: "bootstrap", done, total: replicates });
  };
  const work: BootstrapWork = { sample: members > 1 ? sharedSample(sample) : sample, metrics };
  const pool = new WorkerPool<BootstrapRange, Float64Array>(WORKER, work, members - 1);
  try {
    const others = starts.slice(1, -1).map((from, i) => {
      let reported = 0;
      const onProgress = ({ done: drawnThere }: ProgressEvent) => {
        advance(drawnThere - reported);
        reported = drawnThere;
      };
      return pool.ask({ from, to: starts[i + 2] }, { onProgress, signal });
    });
    await Promise.all([
      drawHere(drawing, drawn, starts[1], advance, pulse),
      ...others.map(async (values, i) => drawn.set(await values, starts[i + 1] * drawing.names.length)),
    ]);
  } finally {
    await pool.close();
  }
  await pulse.beat();
  return intervalsFrom(sample, drawing, drawn, metrics, options.level);
}

/** The first samples are drawn in this thread, which handles signals in between. */
async function drawHere(
  { names, draw }: Replicates,
  drawn: Float64Array,
  to: number,
  advance: (samples: number) => void,
  pulse: Pulse,
): Promise<void> {
  for (let replicate = 0; replicate < to; replicate++) {
    draw(replicate, drawn, replicate * names.length);
    advance(1);
    await pulse.beat();
  }
}

/** The same numbers in memory that every thread sees. */
function sharedSample(sample: BootstrapSample): BootstrapSample {
  const { labels, scores, weights, groups } = sample;
  const share = (values: ArrayLike<number>) =>
    shared(values instanceof Float64Array ? values : Float64Array.from(values));
  return {
    ...sample,
    labels: shared(labels instanceof Uint8Array ? labels : Uint8Array.from(labels)),
    scores: share(scores),
    ...(weights === undefined ? {} : { weights: share(weights) }),
    ...(groups === undefined ? {} : { groups: share(groups) }),
  };
}
