import { factorCholesky, solveCholesky } from "../../math/cholesky.js";
import type { LogisticObjective } from "./objective.js";

/**
 * A Hessian that outlives the point it was taken at. From penalty to penalty and from fold to fold it changes little: it
 * no longer gives the step, but says well enough which way is steep for conjugate gradients to find it in a few products.
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

  /** Takes the Hessian anew where there is none, or it was found to be of little help. */
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

  /** The next step takes a Hessian of its own. */
  forget(): void {
    this.isTaken = false;
  }
}
