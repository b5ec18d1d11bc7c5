import { availableParallelism } from "node:os";
import type { FitOptions } from "../../classifiers/classifier.js";
import { classifierFromJson } from "../../classifiers/families.js";
import { recipeOf } from "../../classifiers/loaded-when-used.js";
import { Pulse } from "../../progress.js";
import { sharedVectors } from "../../vectors/shared-vectors.js";
import type { Vectors } from "../../vectors/vectors.js";
import { shared } from "../../workers/shared.js";
import { WorkerPool, workersFor } from "../../workers/worker-pool.js";
import type { CandidateResult, CandidateTask, CandidateWork } from "./candidate-worker.js";
import type { CandidateRows } from "./candidates.js";
import { type CrossFitted, crossFitRepeatedly, type RepeatedCrossFit } from "./cross-fit-repeatedly.js";
import type { NamedClassifier } from "./named-classifier.js";

const WORKER = new URL("./candidate-worker.js", import.meta.url);

/** Values (rows × features × repeats) below which workers cost more than they save, and beyond which families use threads. */
const LEAST_VALUES = 150_000;
const MOST_VALUES = 20_000_000;

/**
 * Cross-fits classifiers on the same folds, several at a time where there are processors for it, with the same result.
 * @param mayBegin called before each but the first, with the seconds that the last finished one took.
 * @returns one per classifier; undefined where it was not started.
 */
export async function crossFitAll(
  classifiers: readonly NamedClassifier[],
  vectors: Vectors,
  rows: CandidateRows,
  crossFit: RepeatedCrossFit,
  options: FitOptions,
  mayBegin: (lastSeconds: number) => boolean,
): Promise<(CrossFitted | undefined)[]> {
  const results = new Array<CrossFitted | undefined>(classifiers.length).fill(undefined);
  const started = new Set<number>();
  let last = 0;
  const begin = (place: number): boolean => {
    if (started.size > 0 && !mayBegin(last)) return false;
    started.add(place);
    return true;
  };
  const keep = (place: number, fitted: CrossFitted) => {
    results[place] = fitted;
    last = fitted.fitSeconds;
  };
  const recipes = classifiers.map(({ classifier }) => recipeOf(classifier));
  const portable = recipes.flatMap((recipe, place) => (recipe === undefined ? [] : [place]));
  const workers = workerCount(portable.length, vectors, crossFit, options.threads);
  if (workers > 0) {
    const work: CandidateWork = {
      vectors: sharedVectors(vectors),
      rows: { labels: shared(rows.labels), weights: rows.weights && shared(rows.weights) },
      crossFit,
      options: { seed: options.seed ?? 0, rowsBelongTogether: options.rowsBelongTogether },
    };
    const pool = new WorkerPool<CandidateTask, CandidateResult>(WORKER, work, workers);
    const progress = new JointProgress(new Pulse(options), portable.length, crossFit.foldsOfRepeats.length);
    try {
      await pool.run(
        portable.length,
        (index) => {
          const { name } = classifiers[portable[index]];
          const recipe = recipes[portable[index]];
          return recipe && begin(portable[index]) ? { name, recipe } : undefined;
        },
        (index, { models, ...fitted }) => {
          progress.finish(index);
          const restored = models.map((model) => classifierFromJson(model));
          keep(portable[index], { ...fitted, models: restored });
        },
        {
          signal: options.signal,
          onProgress: (index, event) => progress.advance(index, classifiers[portable[index]].name, event),
        },
      );
      progress.end();
    } finally {
      await pool.close();
    }
  }
  for (const [place, { name, classifier }] of classifiers.entries()) {
    if ((workers > 0 && portable.includes(place)) || !begin(place)) continue;
    keep(place, await crossFitRepeatedly(name, classifier, vectors, rows, crossFit, options));
  }
  return results;
}

function workerCount(
  classifiers: number,
  { rowCount, features }: Vectors,
  { foldsOfRepeats }: RepeatedCrossFit,
  threads = availableParallelism(),
): number {
  const values = rowCount * features.length * foldsOfRepeats.length;
  if (values < LEAST_VALUES || values > MOST_VALUES || classifiers < 2) return 0;
  return workersFor(WORKER, Math.min(threads, classifiers));
}

/** One progress for classifiers that are trained at the same time, in equal shares. */
class JointProgress {
  private readonly shares: Float64Array;
  private readonly phases: Set<string>[];

  constructor(
    private readonly pulse: Pulse,
    count: number,
    private readonly repeats: number,
  ) {
    this.shares = new Float64Array(count);
    this.phases = Array.from({ length: count }, () => new Set());
  }

  advance(index: number, name: string, { phase, done, total, detail }: Parameters<Pulse["report"]>[0]): void {
    const phases = this.phases[index].add(phase);
    const share = (phases.size - 1 + done / total) / Math.max(this.repeats, phases.size);
    this.shares[index] = Math.max(this.shares[index], Math.min(share, 0.99));
    this.report(`${name}${detail === undefined ? "" : `: ${detail}`}`);
  }

  finish(index: number): void {
    this.shares[index] = 1;
    this.report();
  }

  /** Includes classifiers that were never started. */
  end(): void {
    this.shares.fill(1);
    this.report();
  }

  private report(detail?: string): void {
    const done = Math.floor(this.shares.reduce((sum, share) => sum + share, 0) * 100);
    const event = { phase: "training", done, total: this.shares.length * 100 };
    this.pulse.report(detail === undefined ? event : { ...event, detail });
  }
}
