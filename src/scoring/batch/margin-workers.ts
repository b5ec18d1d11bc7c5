import type { ClassifierJson, FittedClassifier } from "../../classifiers/classifier.js";
import { isReadable } from "../../classifiers/families.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { Vectors } from "../../vectors/vectors.js";
import { WorkerPool, workersFor } from "../../workers/worker-pool.js";
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

/** Batches that this thread does before it is worth starting others. */
const OWN_BATCHES = 4;

/**
 * Asks a classifier for margins and counts inputs, in worker threads once there is enough to do. Vectors that are handed over are gone
 * afterwards: their memory goes to the worker.
 */
export class MarginWorkers {
  private pool: WorkerPool<MarginQuestion, BatchResult> | undefined;
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
    // A family of the caller's own is known to this thread alone.
    this.count = isReadable(classifier.toJSON()) ? workersFor(WORKER, threads) : 0;
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
    const work: MarginWork = { classifier: this.classifier.toJSON(), reference: this.reference };
    this.pool ??= new WorkerPool(WORKER, work, this.count);
    return this.pool.ask(question, { handOver: buffersOf(question.vectors) });
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }
}

/** The memory of vectors, to be handed over. */
export function buffersOf({ features }: Vectors): ArrayBuffer[] {
  const buffers = features.map(
    (feature) => (feature.kind === "numeric" ? feature.values : feature.codes).buffer,
  );
  return [...new Set(buffers)] as ArrayBuffer[];
}
