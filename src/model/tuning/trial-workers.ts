import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { HoldfastError } from "../../errors.js";
import type { Vectors } from "../../vectors/vectors.js";
import {
  evaluateConfiguration,
  type FoldLosses,
  type Trial,
  type TuningProblem,
} from "./evaluate-configuration.js";
import type { TrialNews } from "./tuning-worker.js";

const WORKER = new URL("./tuning-worker.js", import.meta.url);

/** Threads that try configurations, each one at a time; where workers can't be had, this thread does. */
export class TrialWorkers {
  private readonly workers: readonly Worker[];

  constructor(
    private readonly problem: TuningProblem,
    threads: number = availableParallelism(),
  ) {
    // Where a bundler has lost the worker's file, or sources run as they are written, this thread tries all.
    const count = existsSync(WORKER) && threads > 1 ? threads : 0;
    const workerData = count > 0 ? sharedProblem(problem) : undefined;
    this.workers = Array.from({ length: count }, () => new Worker(WORKER, { workerData }));
  }

  /**
   * Tries all, in any order.
   * @param onLosses told as each is done, with the trial's place.
   */
  async run(
    trials: readonly Trial[],
    onLosses: (place: number, losses: FoldLosses) => Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let next = 0;
    const work = async (evaluate: (trial: Trial) => Promise<FoldLosses>) => {
      while (next < trials.length) {
        const place = next++;
        await onLosses(place, await evaluate(trials[place]));
      }
    };
    if (this.workers.length === 0) await work((trial) => evaluateConfiguration(trial, this.problem, signal));
    else await Promise.all(this.workers.map((worker) => work((trial) => ask(worker, trial, signal))));
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}

/** @throws HoldfastError `aborted` as soon as the work is, `resource.worker` when the trial failed or the worker died. */
function ask(worker: Worker, trial: Trial, signal: AbortSignal | undefined): Promise<FoldLosses> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off("message", onNews).off("error", onError).off("exit", onExit);
      signal?.removeEventListener("abort", onAbort);
      act();
    };
    const fail = (received: unknown) => {
      const expected = `must try ${JSON.stringify(trial.configuration)} to the end`;
      settle(() => reject(new HoldfastError({ code: "resource.worker", path: {}, expected, received })));
    };
    const onNews = (news: TrialNews) =>
      "losses" in news ? settle(() => resolve(news.losses)) : fail(news.failed);
    const onError = ({ message }: Error) => fail(message);
    const onExit = (code: number) => fail(`exit code ${code}`);
    const onAbort = () => {
      const expected = "the work was aborted";
      settle(() => reject(new HoldfastError({ code: "aborted", path: {}, expected, received: undefined })));
    };
    worker.on("message", onNews).on("error", onError).on("exit", onExit);
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) onAbort();
    else worker.postMessage(trial);
  });
}

/** The same problem in memory that every thread sees. */
function sharedProblem(problem: TuningProblem): TuningProblem {
  const { labels, weights, groups } = problem;
  const vectors: Vectors = {
    ...problem.vectors,
    features: problem.vectors.features.map((feature) =>
      feature.kind === "numeric"
        ? { ...feature, values: shared(feature.values) }
        : { ...feature, codes: shared(feature.codes) },
    ),
  };
  return {
    ...problem,
    vectors,
    labels: shared(labels),
    weights: weights && shared(weights),
    groups: groups && shared(groups),
  };
}

function shared<Values extends Uint8Array | Int32Array | Float64Array>(values: Values): Values {
  const copy = new (values.constructor as new (buffer: SharedArrayBuffer) => Values)(
    new SharedArrayBuffer(values.byteLength),
  );
  copy.set(values);
  return copy;
}
