import { availableParallelism } from "node:os";
import { type LongWork, Pulse } from "../../progress.js";
import { sharedVectors } from "../../vectors/shared-vectors.js";
import type { Vectors } from "../../vectors/vectors.js";
import { shared } from "../../workers/shared.js";
import { WorkerPool, workersFor } from "../../workers/worker-pool.js";
import type { FittedClassifier } from "../classifier.js";
import type { BackgroundRows, Explainer } from "../explainer.js";
import { isReadable } from "../families.js";
import { type Explained, explainedOf, explainSteps } from "./explain-steps.js";
import type { ExplainTask, ExplainWork } from "./explain-worker.js";

const WORKER = new URL("./explain-worker.js", import.meta.url);
const PHASE = "explaining";

/** How long this thread works before it knows how long the rest takes, in milliseconds. */
const TRIAL = 60;
/** What a worker must have to do, in milliseconds; it takes some 150 to start. */
const WORTH_A_WORKER = 400;
/** Tasks of each worker: those that finish early take more. */
const TASKS_EACH = 8;

/** What is explained, and how. */
export interface ExplainedModel {
  readonly classifier: FittedClassifier;
  readonly explainer: Explainer;
  readonly background: BackgroundRows | undefined;
  readonly isSampled: boolean;
}

/**
 * Contributions of all rows, on several threads where there is much to do. Rows are explained one by one, so that they have
 * the same bits on any number of threads.
 * @param threads at most; undefined: one for each processor, where it is worth one.
 */
export async function explainRows(
  model: ExplainedModel,
  vectors: Vectors,
  threads: number | undefined,
  work: LongWork,
): Promise<Explained> {
  const { rowCount, features } = vectors;
  const all = explainedOf(rowCount, features.length, model.isSampled);
  const pulse = new Pulse(work);
  const canLeave = isReadable(model.classifier.toJSON());
  const most = canLeave ? Math.min(threads ?? availableParallelism(), rowCount) : 1;
  let workers = threads === undefined ? 0 : workersFor(WORKER, most);
  let done = 0;
  if (workers === 0) {
    const start = performance.now();
    let isTrial = most > 1;
    await pulse.beat();
    for (done of explainSteps(model.explainer, vectors, 0, rowCount, all)) {
      pulse.report({ phase: PHASE, done, total: rowCount });
      await pulse.beat();
      const spent = performance.now() - start;
      if (!isTrial || spent < TRIAL) continue;
      isTrial = false;
      const left = (spent / done) * (rowCount - done);
      workers = workersFor(WORKER, Math.min(most, Math.floor(left / WORTH_A_WORKER)));
      if (workers > 0) break;
    }
    if (done === rowCount) return all;
  }
  await explainInWorkers(model, vectors, done, workers, all, pulse, work.signal);
  return all;
}

/** The rows from `first` on. */
async function explainInWorkers(
  { classifier, background, isSampled }: ExplainedModel,
  vectors: Vectors,
  first: number,
  count: number,
  all: Explained,
  pulse: Pulse,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { rowCount, features } = vectors;
  const work: ExplainWork = {
    classifier: classifier.toJSON(),
    vectors: sharedVectors(vectors),
    background: background && { ...background, rows: shared(background.rows) },
    isSampled,
  };
  const tasks = Math.min(count * TASKS_EACH, rowCount - first);
  const placeOf = (task: number) => first + Math.floor(((rowCount - first) * task) / tasks);
  let done = first;
  const pool = new WorkerPool<ExplainTask, Explained>(WORKER, work, count);
  try {
    await pool.run(
      tasks,
      (task) => ({ from: placeOf(task), to: placeOf(task + 1) }),
      (task, { values, variances }) => {
        const at = placeOf(task) * features.length;
        all.values.set(values, at);
        if (variances !== undefined) all.variances?.set(variances, at);
        done += placeOf(task + 1) - placeOf(task);
        pulse.report({ phase: PHASE, done, total: rowCount });
      },
      { signal },
    );
  } finally {
    await pool.close();
  }
}
