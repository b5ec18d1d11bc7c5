import type { ClassifierJson, FittedClassifier } from "../../classifiers/classifier.js";
import { isReadable } from "../../classifiers/families.js";
import type { ReasonOptions } from "../../explain/model-explainer.js";
import type { ModelContent } from "../../model-file/churn/content.js";
import { type LongWork, Pulse } from "../../progress.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { Vectors } from "../../vectors/vectors.js";
import { WorkerPool, workersFor } from "../../workers/worker-pool.js";
import type { ReasonContent, ReasonedRows, RowReasons } from "../reasons/row-reasons.js";
import { countInputRows, type InputRanges, type InputRows, rangesOf } from "./input-rows.js";
import { BinCounter, type Counts } from "./tally.js";

const WORKER = new URL("./margin-worker.js", import.meta.url);

/** The data that a worker starts with. */
export interface MarginWork {
  readonly classifier: ClassifierJson;
  readonly reference: ReferenceDistribution | null;
  readonly ranges: InputRanges;
  /** Where reasons are asked for. */
  readonly reasons?: { readonly content: ReasonContent; readonly options: ReasonOptions } | undefined;
}

/** The result for the vectors of a batch. */
export interface BatchResult {
  readonly margins: Float64Array;
  /** The distribution of the rows, for each input. */
  readonly inputs: readonly Counts[];
  /** How many rows are missing and out of range, for each input; every row is counted. */
  readonly rows: readonly InputRows[];
  /** Where they are kept. */
  readonly vectors?: Vectors;
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
  /** Whether the vectors come back with the result. */
  readonly keepsVectors: boolean;
}

/** A task for a worker: reasons of rows. */
export interface ReasonQuestion {
  readonly reasoned: ReasonedRows;
}

/** The reasons that a job asks for: what other threads need to give them, and what gives them in this one. */
export interface GivenReasons extends NonNullable<MarginWork["reasons"]> {
  readonly here: RowReasons;
}

/** Cells of a batch from which on another thread is worth the messages to it. */
const WORTH_A_MESSAGE = 20_000;
/** Batches that this thread does before other threads are worth starting. */
const OWN_BATCHES = 4;
/** Blocks of a batch from which on reasons are worth starting other threads, which begin with loading the model. */
const WORTH_A_THREAD = 8;

/**
 * Computes margins, counts inputs and gives reasons, in worker threads once there is enough to do. The vectors can't be used
 * afterwards, unless they are kept: their memory goes to the worker.
 */
export class MarginWorkers {
  private pool: WorkerPool<MarginQuestion | ReasonQuestion, BatchResult | string[][]> | undefined;
  private asked = 0;
  private readonly counter: BinCounter;
  private readonly reference: ReferenceDistribution | null;
  private readonly ranges: InputRanges;
  /** Number of worker threads; 0 where this thread does everything. */
  private readonly count: number;
  private readonly pulse: Pulse;
  private readonly given: GivenReasons | undefined;
  private readonly signal: AbortSignal | undefined;

  /**
   * @param threads 1: this thread only.
   * @param given reasons, where they are asked for.
   */
  constructor(
    private readonly classifier: FittedClassifier,
    { reference, inputs }: Pick<ModelContent, "reference" | "inputs">,
    threads: number,
    { given, signal }: Pick<LongWork, "signal"> & { readonly given?: GivenReasons | undefined } = {},
  ) {
    this.given = given;
    this.signal = signal;
    this.pulse = new Pulse({ signal });
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
    const { vectors, stride, keepsVectors } = question;
    const isSmall = vectors.rowCount * vectors.features.length < WORTH_A_MESSAGE;
    if (this.count === 0 || isSmall || this.asked++ < OWN_BATCHES) {
      const margins = this.classifier.margin(vectors);
      const counts = countsOf(vectors, this.counter, this.ranges, stride);
      return { margins, ...counts, ...(keepsVectors ? { vectors } : {}) };
    }
    return this.workers.ask(question, { handOver: buffersOf(vectors) }) as Promise<BatchResult>;
  }

  /**
   * The reasons of each row of some blocks, the same in every thread.
   * @throws HoldfastError `resource.worker`, and with code `aborted`.
   */
  async textsOf(blocks: readonly ReasonedRows[]): Promise<string[][]> {
    const { given, signal } = this;
    if (given === undefined) throw new Error("no reasons were asked for");
    const isSmall = blocks.length < WORTH_A_THREAD;
    if (this.count > 0 && !(this.pool === undefined && isSmall)) {
      const asked = blocks.map((reasoned) => this.workers.ask({ reasoned }, { signal }));
      return ((await Promise.all(asked)) as string[][][]).flat();
    }
    const texts: string[][] = [];
    for (const block of blocks) {
      texts.push(...given.here.textsOf(block));
      await this.pulse.beat();
    }
    return texts;
  }

  private get workers() {
    const { reference, ranges, given } = this;
    const reasons = given && { content: given.content, options: given.options };
    this.pool ??= new WorkerPool(
      WORKER,
      { classifier: this.classifier.toJSON(), reference, ranges, reasons } satisfies MarginWork,
      this.count,
    );
    return this.pool;
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
