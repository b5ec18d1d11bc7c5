import { Worker } from "node:worker_threads";
import type { ClassifierJson, FittedClassifier } from "../../classifiers/classifier.js";
import { HoldfastError } from "../../errors.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { Vectors } from "../../vectors/vectors.js";
import { workersFor } from "../../workers/worker-pool.js";
import { BinCounter, type Counts } from "./tally.js";

const WORKER = new URL("./margin-worker.js", import.meta.url);

/** What a worker is made of. */
export interface MarginWork {
  readonly classifier: ClassifierJson;
  readonly reference: ReferenceDistribution | null;
}

/** What is found out of the vectors of a batch. */
export interface BatchResult {
  readonly margins: Float64Array;
  /** How the rows are distributed, input by input. */
  readonly inputs: readonly Counts[];
}

/** What a worker is asked. */
export interface MarginQuestion {
  readonly vectors: Vectors;
  /** Of which rows inputs are counted, see {@link BinCounter}. */
  readonly stride: number;
}

/** What a worker answers. */
export type MarginAnswer = BatchResult | { readonly failed: string };

/** Batches that this thread does before it is worth starting others. */
const OWN_BATCHES = 4;

interface Waiting {
  readonly resolve: (result: BatchResult) => void;
  readonly reject: (error: HoldfastError) => void;
}

/**
 * Asks a classifier for margins and counts inputs, in worker threads once there is enough to do. Vectors that are handed over are gone
 * afterwards: their memory goes to the worker.
 */
export class MarginWorkers {
  private workers: MarginWorker[] | undefined;
  private asked = 0;
  private readonly counter: BinCounter;
  /** None where this thread does it all. */
  private readonly count: number;

  /** @param threads 1: this thread alone. */
  constructor(
    private readonly classifier: FittedClassifier,
    private readonly reference: ReferenceDistribution | null,
    threads: number,
  ) {
    this.counter = new BinCounter(reference);
    this.count = workersFor(WORKER, threads);
  }

  /** Batches that may be under way at a time. */
  get width(): number {
    return this.count + 1;
  }

  /** One margin per row, the bits that `classifier.margin` gives. @throws HoldfastError `resource.worker`. */
  async ask(question: MarginQuestion): Promise<BatchResult> {
    if (this.count === 0 || this.asked++ < OWN_BATCHES) {
      const { vectors, stride } = question;
      const margins = this.classifier.margin(vectors);
      return { margins, inputs: this.counter.countInputs(vectors.features, stride) };
    }
    this.workers ??= this.start();
    return this.workers.reduce((least, worker) => (worker.load < least.load ? worker : least)).ask(question);
  }

  async close(): Promise<void> {
    await Promise.all((this.workers ?? []).map((worker) => worker.stop()));
  }

  private start(): MarginWorker[] {
    const work = { classifier: this.classifier.toJSON(), reference: this.reference };
    return Array.from({ length: this.count }, () => new MarginWorker(work));
  }
}

class MarginWorker {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private failure: HoldfastError | undefined;

  constructor(work: MarginWork) {
    this.worker = new Worker(WORKER, { workerData: work });
    this.worker.unref();
    // Answers come in the order of the questions.
    this.worker.on("message", (answer: MarginAnswer) => {
      if ("failed" in answer) this.fail(answer.failed);
      else this.waiting.shift()?.resolve(answer);
      if (this.load === 0) this.worker.unref();
    });
    this.worker.on("error", ({ message }) => this.fail(message));
    this.worker.on("exit", (code) => this.fail(`exit code ${code}`));
  }

  /** Questions without an answer yet. */
  get load(): number {
    return this.waiting.length;
  }

  ask(question: MarginQuestion): Promise<BatchResult> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) {
        reject(this.failure);
        return;
      }
      this.waiting.push({ resolve, reject });
      // While there is a question open, it keeps the process alive.
      this.worker.ref();
      this.worker.postMessage(question, buffersOf(question.vectors));
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(received: string): void {
    this.failure ??= new HoldfastError({
      code: "resource.worker",
      path: {},
      expected: "a scoring thread died",
      received,
      hint: "try again with one thread",
    });
    for (const { reject } of this.waiting.splice(0)) reject(this.failure);
  }
}

/** The memory of vectors, to be handed over. */
export function buffersOf({ features }: Vectors): ArrayBuffer[] {
  const buffers = features.map(
    (feature) => (feature.kind === "numeric" ? feature.values : feature.codes).buffer,
  );
  return [...new Set(buffers)] as ArrayBuffer[];
}
