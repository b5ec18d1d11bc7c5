import type { Tree } from "../tree.js";
import { PathKernel } from "./path-kernel.js";
import { PathTables } from "./path-tables.js";
import { PathWalker } from "./path-walker.js";

/**
 * Shapley values of many trees, path-dependent: a feature that is not in a coalition sends a row both ways, by the shares of
 * training rows (Lundberg et al. 2020, algorithm 2, whose values these are).
 *
 * With `z` the share of training rows that follow a feature's tests on a path, and `o` 1 where the row follows them, else 0, a
 * leaf adds `leaf · (o_i − z_i) · ∫ ∏_{j ≠ i} (t·o_j + (1 − t)·z_j) dt` over [0, 1] to feature i: the weight of a
 * coalition is a beta integral. The integrand is a polynomial, which Gauss-Legendre quadrature integrates exactly; a tree's leaves
 * share the products on their way down and the sums on their way up (Yu, Xu & Bu 2022, Linear TreeSHAP, who
 * interpolate such polynomials instead). All factors are positive, so that nothing is lost to rounding.
 */
export class PathDependentTrees {
  /** The mean of the trees' sum over their training rows. */
  readonly expected: number;
  private readonly scorer: Pick<PathWalker, "add">;

  /** @param trees with their training rows. */
  constructor(trees: readonly Tree[]) {
    const tables = new PathTables(trees);
    this.expected = tables.expected;
    this.scorer = PathKernel.ifPossible(tables) ?? new PathWalker(tables);
  }

  /**
   * Adds the contributions of rows, each times `weight`.
   * @param rows row-major, `width` numbers each. @param into the same form.
   */
  add(rows: Float64Array, rowCount: number, width: number, weight: number, into: Float64Array): void {
    this.scorer.add(rows, rowCount, width, weight, into);
  }
}
