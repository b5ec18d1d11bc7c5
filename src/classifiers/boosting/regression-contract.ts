import type { Folds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { FitOptions } from "../classifier.js";
import type { FittedRegression } from "./fitted-regression.js";

/** Boosted trees for values and counts, with the options and the engine of `gradientBoosting`. */
export interface Regression {
  readonly name: string;
  /** Trains on all rows; one target per row. The same data, options and seed give the same trees to the last bit. */
  fit(vectors: Vectors, targets: Float64Array, options?: FitOptions): Promise<FittedRegression>;
  /** Trains one regression per fold on the rows outside it; the fold's rows are used for early stopping. */
  crossFit(
    vectors: Vectors,
    targets: Float64Array,
    folds: Folds,
    options?: FitOptions,
  ): Promise<RegressionCrossFit>;
}

/** Regressions of all folds, and the prediction of each row from the one that did not see it. */
export interface RegressionCrossFit {
  readonly models: readonly FittedRegression[];
  /** One per row, from the model that did not see it. */
  readonly outOfFoldPredictions: Float64Array;
  readonly summary: string;
}
