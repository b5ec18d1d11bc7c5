import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { HoldfastError, invalidArgument } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import type { MetricName } from "../metric-families.js";
import { bootstrapSample, checkBootstrap, checkExistence, intervalsFrom } from "./bootstrap-intervals.js";
import type { BootstrapOptions, MetricInterval } from "./bootstrap-options.js";
import { type BootstrapSample, type Replicates, replicatesOf } from "./bootstrap-replicates.js";
import type { BootstrapNews, BootstrapWork } from "./bootstrap-worker.js";

export interface ParallelBootstrapOptions extends BootstrapOptions, LongWork {
  /** How many threads draw. Default: as many as there are processors, one where the work is small. */
  readonly threads?: number | undefined;
}

const WORKER = new URL("./bootstrap-worker.js", import.meta.url);

/** Rows times bootstrap samples that are worth a thread: some 0.2 s. */
const WORTH_A_THREAD = 10_000_000;

/**
 * {@link bootstrapIntervals} on several threads, with progress, to be aborted at any time. The intervals are the same to
 * the last bit, whatever the number of threads.
 * @example await bootstrapIntervalsInWorkers(labels, probabilities, ["rocAuc", "logLoss"], { onProgress: console.log })
 * @throws HoldfastError as `bootstrapIntervals`; with code `aborted` when `signal` was, and `resource.worker` when a
 * worker died.
 */
export async function bootstrapIntervalsInWorkers<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
  options: ParallelBootstrapOptions = {},
): Promise<Record<Name, MetricInterval>> {
  const functionName = "bootstrapIntervalsInWorkers";
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) {
    invalidArgument(functionName, "threads", "must be a whole number of at least 1", threads);
  }
  checkBootstrap(functionName, labels, scores, metrics, options);
  const intervals = await intervalsInWorkers(labels, scores, metrics, options);
  checkExistence(functionName, intervals);
  return intervals;
}

/** {@link bootstrapIntervalsInWorkers} of input that is known to be sound; `value` is NaN where the data do not determine it. */
export async function intervalsInWorkers<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
  options: ParallelBootstrapOptions,
): Promise<Record<Name, MetricInterval>> {
  const { replicates = 1000, threads } = options;
  const worthwhile = Math.ceil((labels.length * replicates) / WORTH_A_THREAD);
  const wanted = threads ?? Math.min(availableParallelism(), worthwhile);
  // Where a bundler has lost the worker's file, or sources run as they are written, this thread draws all.
  const members = existsSync(WORKER) ? Math.min(wanted, replicates) : 1;
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
  const shared = members > 1 ? sharedSample(sample) : sample;
  const workers = starts.slice(1, -1).map((from, i) => {
    return startWorker({ sample: shared, metrics, from, to: starts[i + 2] }, advance);
  });
  const stop = () => Promise.all(workers.map(({ worker }) => worker.terminate()));
  options.signal?.addEventListener("abort", stop);
  try {
    await drawHere(drawing, drawn, starts[1], advance, pulse);
    for (const [i, { values }] of workers.entries()) {
      drawn.set(await values, starts[i + 1] * drawing.names.length);
    }
  } catch (error) {
    // Where the work was aborted, that is why a worker died.
    await pulse.beat();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await stop();
  }
  await pulse.beat();
  return intervalsFrom(sample, drawing, drawn, metrics, options.level);
}

/** The first samples are drawn in this thread, which lets signals through in between. */
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
  const share = (values: ArrayLike<number>): Float64Array => {
    const copy = new Float64Array(new SharedArrayBuffer(values.length * Float64Array.BYTES_PER_ELEMENT));
    copy.set(values);
    return copy;
  };
  const bytes = new Uint8Array(new SharedArrayBuffer(labels.length));
  bytes.set(labels);
  return {
    ...sample,
    labels: bytes,
    scores: share(scores),
    ...(weights === undefined ? {} : { weights: share(weights) }),
    ...(groups === undefined ? {} : { groups: share(groups) }),
  };
}

function startWorker(
  workerData: BootstrapWork,
  advance: (samples: number) => void,
): { worker: Worker; values: Promise<Float64Array> } {
  const worker = new Worker(WORKER, { workerData });
  const values = new Promise<Float64Array>((resolve, reject) => {
    worker.on("message", (news: BootstrapNews) => {
      if (news.drawn > 0) advance(news.drawn);
      if (news.values !== undefined) resolve(news.values);
    });
    const fail = (received: unknown) =>
      reject(new HoldfastError({ code: "resource.worker", path: {}, expected: "must not die", received }));
    worker.on("error", ({ message }) => fail(message));
    worker.on("exit", (code) => fail(`exit code ${code}`));
  });
  // Awaited later, or never when this thread fails first.
  values.catch(() => {});
  return { worker, values };
}
