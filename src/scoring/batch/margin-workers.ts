import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { FittedClassifier } from "../../classifiers/classifier.js";
import { HoldfastError } from "../../errors.js";
import type { Vectors } from "../../vectors/vectors.js";

const WORKER = new URL("./margin-worker.js", import.meta.url);

/** What a worker answers. */
export type MarginAnswer = { readonly margins: Float64Array } | { readonly failed: string };

/** Batches that this thread does before it is worth starting others. */
const OWN_BATCHES = 4;

interface Waiting {
  readonly resolve: (margins: Float64Array) => void;
  readonly reject: (error: HoldfastError) => void;
}

/**
 * Asks a classifier for margins, in worker threads once there is enough to do. Vectors that are handed over are gone
 * afterwards: their memory goes to the worker.
 */
export class MarginWorkers {
  private workers: MarginWorker[] | undefined;
  private asked = 0;

  /** @param threads 1: this thread alone. */
  constructor(
    private readonly classifier: FittedClassifier,
    private readonly threads: number,
  ) {}

  /** Batches that may be under way at a time. */
  get width(): number {
    return this.threads + 1;
  }

  /** One margin per row, the bits that `classifier.margin` gives. @throws HoldfastError `resource.worker`. */
  async margins(vectors: Vectors): Promise<Float64Array> {
    if (this.threads < 2 || this.asked++ < OWN_BATCHES || !existsSync(WORKER)) {
      return this.classifier.margin(vectors);
    }
    this.workers ??= this.start();
    return this.workers.reduce((least, worker) => (worker.load < least.load ? worker : least)).ask(vectors);
  }

  async close(): Promise<void> {
    await Promise.all((this.workers ?? []).map((worker) => worker.stop()));
  }

  private start(): MarginWorker[] {
    const json = this.classifier.toJSON();
    return Array.from({ length: this.threads }, () => new MarginWorker(json));
  }
}

class MarginWorker {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private failure: HoldfastError | undefined;

  constructor(classifier: object) {
    this.worker = new Worker(WORKER, { workerData: classifier });
    this.worker.unref();
    // Answers come in the order of the questions.
    this.worker.on("message", (answer: MarginAnswer) => {
      if ("failed" in answer) this.fail(answer.failed);
      else this.waiting.shift()?.resolve(answer.margins);
      if (this.load === 0) this.worker.unref();
    });
    this.worker.on("error", ({ message }) => this.fail(message));
    this.worker.on("exit", (code) => this.fail(`exit code ${code}`));
  }

  /** Questions without an answer yet. */
  get load(): number {
    return this.waiting.length;
  }

  ask(vectors: Vectors): Promise<Float64Array> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) {
        reject(this.failure);
        return;
      }
      this.waiting.push({ resolve, reject });
      // While there is a question open, it keeps the process alive.
      this.worker.ref();
      const buffers = new Set(
        vectors.features.map(
          (feature) => (feature.kind === "numeric" ? feature.values : feature.codes).buffer,
        ),
      );
      this.worker.postMessage(vectors, [...buffers] as ArrayBuffer[]);
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
