import type { ClassifierJson, FittedClassifier } from "../../classifiers/classifier.js";
import { isReadable } from "../../classifiers/families.js";
import type { ModelContent } from "../../model-file/churn/content.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { Vectors } from "../../vectors/vectors.js";
import { WorkerPool, workersFor } from "../../workers/worker-pool.js";
import { countInputRows, type InputRanges, type InputRows, rangesOf } from "./input-rows.js";
import { BinCounter, type Counts } from "./tally.js";

const WORKER = new URL("./margin-worker.js", import.meta.url);

/** The data that a worker starts with. */
export interface MarginWork {
  readonly classifier: ClassifierJson;
  readonly reference: ReferenceDistribution | null;
  readonly ranges: InputRanges;
}

/** The result for the vectors of a batch. */
export interface BatchResult {
  readonly margins: Float64Array;
  /** The distribution of the rows, for each input. */
  readonly inputs: readonly Counts[];
  /** How many rows are missing and out of range, for each input; every row is counted. */
  readonly rows: readonly InputRows[];
}

/** What is counted in the inputs of a batch, one input after the other, so that its values are still in the cache. */
export function countsOf(
  { features }: Vectors,
  counter: BinCounter,
  ranges: InputRanges,
  stride: number,
): Pick<BatchResult, "inputs" | "rows"> {
  const inputs: Counts[] = [];
  const rows = ranges.map((range, i) => {
    const counts = counter.countInput(i, features[i], stride);
    if (counts !== undefined) inputs.push(counts);
    return countInputRows(features[i], range);
  });
  return { inputs, rows };
}

/** A task for a worker. */
export interface MarginQuestion {
  readonly vectors: Vectors;
  /** Inputs are counted in every `stride`-th row, see {@link BinCounter}. */
  readonly stride: number;
}

/** Cells of a batch from which on another thread is worth the messages to it. */
const WORTH_A_MESSAGE = 20_000;
/** Batches that this thread does before other threads are worth starting. */
const OWN_BATCHES = 4;

/**
 * Computes margins and counts inputs, in worker threads once there is enough to do. The vectors can't be used afterwards:
 * their memory goes to the worker.
 */
export class MarginWorkers {
  private pool: WorkerPool<MarginQuestion, BatchResult> | undefined;
  private asked = 0;
  private readonly counter: BinCounter;
  private readonly reference: ReferenceDistribution | null;
  private readonly ranges: InputRanges;
  /** Number of worker threads; 0 where this thread does everything. */
  private readonly count: number;

  /** @param threads 1: this thread only. */
  constructor(
    private readonly classifier: FittedClassifier,
    { reference, inputs }: Pick<ModelContent, "reference" | "inputs">,
    threads: number,
  ) {
    this.reference = reference;
    this.ranges = rangesOf(inputs);
    this.counter = new BinCounter(reference);
    // Workers can't load a classifier family that the caller wrote.
    this.count = isReadable(classifier.toJSON()) ? workersFor(WORKER, threads) : 0;
  }

  /** Most batches that may be in progress at a time. */
  get width(): number {
    return this.count + 1;
  }

  /** One margin per row, bit for bit that of `classifier.margin`. @throws HoldfastError `resource.worker`. */
  async ask(question: MarginQuestion): Promise<BatchResult> {
    const { vectors, stride } = question;
    const isSmall = vectors.rowCount * vectors.features.length < WORTH_A_MESSAGE;
    if (this.count === 0 || isSmall || this.asked++ < OWN_BATCHES) {
      const margins = this.classifier.margin(vectors);
      return { margins, ...countsOf(vectors, this.counter, this.ranges, stride) };
    }
    const { reference, ranges } = this;
    const work: MarginWork = { classifier: this.classifier.toJSON(), reference, ranges };
    this.pool ??= new WorkerPool(WORKER, work, this.count);
    return this.pool.ask(question, { handOver: buffersOf(vectors) });
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }
}

/** The buffers of vectors, to be transferred. */
export function buffersOf({ features }: Vectors): ArrayBuffer[] {
  const buffers = features.map(
    (feature) => (feature.kind === "numeric" ? feature.values : feature.codes).buffer,
  );
  return [...new Set(buffers)] as ArrayBuffer[];
}
