import type { LongWork } from "../progress.js";
import type { Steps } from "../steps.js";
import type { Folds } from "../vectors/folds.js";
import type { RowVector, Vectors } from "../vectors/vectors.js";

/** The inputs of training besides the data. */
export interface FitOptions extends LongWork {
  /** Decides all randomness; default 0. */
  readonly seed?: number;
  /** Weight of each row, ≥ 0; default 1. A weight of 2 is two rows, and a row of weight 0 is as if absent. */
  readonly weights?: Float64Array;
  /**
   * Whether folds keep the rows of one subscriber or group together; margins must then come from held-out folds.
   * Default false.
   */
  readonly rowsBelongTogether?: boolean | undefined;
  /** Threads to train on; default: one per processor, fewer on small data. The model does not depend on it. */
  readonly threads?: number | undefined;
}

/**
 * A family of classifiers with its options: what `logisticRegression()` and `gradientBoosting()` return. Your own is
 * trained in the calling thread; its fitted models must be readable by a family, of this package or your own.
 */
export interface Classifier<Fitted extends FittedClassifier = FittedClassifier> {
  /** Its name in the leaderboard. */
  readonly name: string;
  /**
   * Trains on all rows. `labels`: 1 = churned, 0 = stayed, one per row.
   * The same data, options and seed give the same classifier to the last bit.
   */
  fit(vectors: Vectors, labels: Uint8Array, options?: FitOptions): Promise<Fitted>;
  /**
   * Trains one classifier per fold on the rows outside it; the rows of the fold get their margin from it, and must
   * not choose it: how long it is trained, and the strength of its penalty, is for the other folds to say.
   */
  crossFit(vectors: Vectors, labels: Uint8Array, folds: Folds, options?: FitOptions): Promise<CrossFit>;
}

/** Models of all folds, and the margins of each row from models that did not see it. */
export interface CrossFit {
  /** Model k never saw the rows of fold k; or a single model, whose margins are out-of-bag. */
  readonly models: readonly FittedClassifier[];
  /** One per row, from the model that did not see it. */
  readonly outOfFoldMargins: Float64Array;
  /** What was chosen during training, for the report: `"198 to 231 trees a fold"`. */
  readonly summary: string;
}

/** A trained classifier: plain data with a margin. Margins are log-odds, not yet calibrated. */
export interface FittedClassifier {
  /** One margin per row. */
  margin(vectors: Vectors): Float64Array;
  /** The margin of one row; the same bits as {@link margin} gives. */
  marginOf(row: RowVector): number;
  /** @internal Makes what {@link marginOf} needs before it is called, in small steps. */
  prepare?(): Steps<void>;
  toJSON(): ClassifierJson;
}

/** What the model file holds of a classifier; `family` names the reader. */
export interface ClassifierJson {
  readonly family: string;
  readonly [key: string]: unknown;
}
