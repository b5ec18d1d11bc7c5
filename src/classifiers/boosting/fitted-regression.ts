import type { Tree } from "../../trees/tree.js";
import { checkVectors } from "../../vectors/check-vectors.js";
import type { RowVector, Vectors } from "../../vectors/vectors.js";
import { FittedBoosting } from "./fitted-boosting.js";

/** The file form of a trained regression. */
export interface RegressionJson {
  readonly family: "boosted-regression";
  readonly objective: "squaredError" | "poisson";
  readonly baseMargin: number;
  readonly trees: readonly Tree[];
}

/** Trained boosted trees for values (the margin is the prediction) or counts (its exponential is). */
export class FittedRegression {
  private readonly boosting: FittedBoosting;

  constructor(private readonly json: RegressionJson) {
    const { baseMargin, trees } = json;
    this.boosting = new FittedBoosting({ family: "boosting", baseMargin, trees });
  }

  /** One prediction per row, in the unit of the targets. */
  predict(vectors: Vectors): Float64Array {
    checkVectors("predict", "vectors", vectors);
    return this.boosting.margin(vectors).map((margin) => this.predictionAt(margin));
  }

  /** The prediction for one row; the same bits as {@link predict} gives. */
  predictOf(row: RowVector): number {
    return this.predictionAt(this.boosting.marginOf(row));
  }

  toJSON(): RegressionJson {
    return this.json;
  }

  private predictionAt(margin: number): number {
    return this.json.objective === "poisson" ? Math.exp(margin) : margin;
  }
}
