import { availableParallelism } from "node:os";
import { checkOptions, type OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";
import type { Steps } from "../../steps.js";
import { FastestRowScorer } from "../../trees/scoring/fastest-row-scorer.js";
import type { PlaneScorer } from "../../trees/scoring/plane-scorer.js";
import { loadedPlanes, loadPlanes } from "../../trees/scoring/planes.js";
import type { Tree } from "../../trees/tree.js";
import { checkVectors } from "../../vectors/check-vectors.js";
import type { RowVector, Vectors } from "../../vectors/vectors.js";
import type { ClassifierJson, FittedClassifier } from "../classifier.js";
import { marginsByBlock } from "../margins.js";

/** The file form of boosted trees. */
export interface BoostingJson extends ClassifierJson {
  readonly family: "boosting";
  readonly baseMargin: number;
  readonly trees: readonly Tree[];
}

/** Threads, progress and abort signal of scoring many rows. */
export interface ParallelOptions extends LongWork {
  /** Default: one per processor core. */
  readonly threads?: number | undefined;
}

const PARALLEL_OPTIONS: OptionNames<ParallelOptions> = {
  threads: "optional",
  onProgress: "optional",
  signal: "optional",
};

/** Number of rows from which making a {@link PlaneScorer} pays, and from which using an existing one pays. */
const ROWS_TO_MAKE_PLANES = 4096;
const ROWS_TO_USE_PLANES = 64;

/** Trained boosted trees: the margin is the base margin plus one leaf value per tree. */
export class FittedBoosting implements FittedClassifier {
  private readonly scorer: FastestRowScorer;
  /** Made when first needed; null where it is unavailable. */
  private planeScorer: PlaneScorer | null | undefined;

  constructor(private readonly json: BoostingJson) {
    this.scorer = new FastestRowScorer(json.baseMargin, json.trees);
  }

  get trees(): readonly Tree[] {
    return this.json.trees;
  }

  margin(vectors: Vectors): Float64Array {
    checkVectors("margin", "vectors", vectors);
    const planes = this.planesFor(vectors.rowCount);
    return planes ? planes.margin(vectors) : this.marginOneByOne(vectors);
  }

  /**
   * The same bits as {@link margin}, computed by several threads for many rows (some 65,000 per thread).
   * @throws HoldfastError `aborted` when the signal is aborted.
   */
  async marginInParallel(vectors: Vectors, options: ParallelOptions = {}): Promise<Float64Array> {
    checkVectors("marginInParallel", "vectors", vectors);
    checkOptions("marginInParallel", options, PARALLEL_OPTIONS);
    const { threads = availableParallelism() } = options;
    if (!Number.isInteger(threads) || threads < 1) {
      invalidArgument("marginInParallel", "threads", "must be a whole number ≥ 1", threads);
    }
    await loadPlanes();
    const planes = this.planesFor(vectors.rowCount);
    if (!planes) return this.marginOneByOne(vectors);
    const { planeMarginsByTeam } = await import("../../trees/scoring/plane-team.js");
    return await planeMarginsByTeam(planes.model, vectors, threads, new Pulse(options));
  }

  marginOf(row: RowVector): number {
    return this.scorer.marginAt(row, 0);
  }

  /** @internal */
  *prepare(): Steps<void> {
    yield* this.scorer.prepare();
  }

  toJSON(): BoostingJson {
    return this.json;
  }

  private planesFor(rowCount: number): PlaneScorer | null | undefined {
    const code = loadedPlanes();
    if (this.planeScorer === undefined && code !== undefined && rowCount >= ROWS_TO_MAKE_PLANES) {
      this.planeScorer = code.PlaneScorer.ifPossible(this.json.baseMargin, this.json.trees) ?? null;
    }
    return rowCount >= ROWS_TO_USE_PLANES ? this.planeScorer : undefined;
  }

  private marginOneByOne(vectors: Vectors): Float64Array {
    return marginsByBlock(vectors, (rows, from) => this.scorer.marginAt(rows, from));
  }
}
