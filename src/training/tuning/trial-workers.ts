import { availableParallelism } from "node:os";
import { sharedVectors } from "../../vectors/shared-vectors.js";
import { shared } from "../../workers/shared.js";
import { WorkerPool, workersFor } from "../../workers/worker-pool.js";
import {
  evaluateConfiguration,
  type FoldLosses,
  type Trial,
  type TuningProblem,
} from "./evaluate-configuration.js";

const WORKER = new URL("./tuning-worker.js", import.meta.url);

/** Threads that try configurations, each one at a time; where workers are unavailable, this thread does. */
export class TrialWorkers {
  private readonly pool: WorkerPool<Trial, FoldLosses> | undefined;

  constructor(
    private readonly problem: TuningProblem,
    threads: number = availableParallelism(),
  ) {
    const count = workersFor(WORKER, threads);
    this.pool = count === 0 ? undefined : new WorkerPool(WORKER, sharedProblem(problem), count);
  }

  /**
   * Tries all, in any order.
   * @param onLosses called after each trial, with its index.
   */
  async run(
    trials: readonly Trial[],
    onLosses: (place: number, losses: FoldLosses) => Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (this.pool !== undefined)
      return this.pool.run(trials.length, (place) => trials[place], onLosses, { signal });
    for (const [place, trial] of trials.entries())
      await onLosses(place, await evaluateConfiguration(trial, this.problem, signal));
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }
}

function sharedProblem(problem: TuningProblem): TuningProblem {
  const { vectors, labels, weights, groups } = problem;
  return {
    ...problem,
    vectors: sharedVectors(vectors),
    labels: shared(labels),
    weights: weights && shared(weights),
    groups: groups && shared(groups),
  };
}
