import { factorCholesky, solveCholesky } from "../../math/cholesky.js";
import type { LogisticObjective } from "./objective.js";

/**
 * A Hessian that is reused after the point at which it was computed. It changes little from penalty to penalty and from
 * fold to fold: it no longer gives the step, but preconditions conjugate gradients, which then need a few products.
 */
export class Curvature {
  private readonly matrix: Float64Array;
  private readonly factor: Float64Array;
  private factoredRidge = Number.NaN;
  private isTaken = false;

  constructor(private readonly size: number) {
    this.matrix = new Float64Array(size * size);
    this.factor = new Float64Array(size * size);
  }

  /** Computes the Hessian where there is none yet, or after {@link forget}. */
  prepare(objective: LogisticObjective, ridge: number): void {
    if (!this.isTaken) objective.hessian(this.matrix);
    if (this.isTaken && ridge === this.factoredRidge) return;
    this.isTaken = true;
    this.factoredRidge = ridge;
    this.factor.set(this.matrix);
    for (let j = 0; j < this.size - 1; j++) this.factor[j * this.size + j] += ridge;
    factorCholesky(this.factor, this.size);
  }

  /** Overwrites a vector with the inverse Hessian times it. */
  solve(vector: Float64Array): void {
    solveCholesky(this.factor, this.size, vector);
  }

  /** The next step computes a new Hessian. */
  forget(): void {
    this.isTaken = false;
  }
}
