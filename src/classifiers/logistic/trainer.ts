import { count } from "../../errors.js";
import { Pulse } from "../../progress.js";
import { type Folds, foldsFor, rowsOfFold } from "../../vectors/folds.js";
import {
  fitLinearEncoding,
  type LinearDesign,
  linearDesign,
  type TermKind,
} from "../../vectors/linear-design.js";
import { withMeans } from "../../vectors/linear-effects.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { meanLogLossOfMargins, outOfFoldMarginsOf } from "../margins.js";
import { choicesOfOthers, type HeldOutCurve, leastOf, weightsOfFolds } from "../other-folds.js";
import { Curvature } from "./curvature.js";
import { FittedLogistic } from "./fitted-logistic.js";
import { marginOfRow } from "./objective.js";
import { solveLogistic } from "./solve.js";

/** Its name in the leaderboard and in progress events. */
const NAME = "logistic";
/** The search along the path ends after this many worse penalties in a row, from where the path has left the constant. */
const PATIENCE = 2;
/** Precise enough to find the best penalty; the final solutions are then solved to full precision. */
const SEARCH_TOLERANCE = 2e-5;
const FINAL_TOLERANCE = 1e-9;
/**
 * From this many parameters on, a Hessian for every fold and penalty takes longer than products with a reused one; and
 * the most for which one fits.
 */
const LEAST_FOR_CURVATURE = 60;
const MOST_FOR_CURVATURE = 1500;

/**
 * The work behind `logisticRegression()`.
 * @param lambdas the penalties to choose from, falling; a single one is taken as it is.
 * @param extrapolate whether terms go on beyond the training range.
 */
export function logisticTrainer(
  lambdas: readonly number[],
  l1Ratio: number,
  kindsOf: (vectors: Vectors) => (feature: string) => TermKind,
  extrapolate = false,
): Classifier<FittedLogistic> {
  const encoded = (vectors: Vectors, { weights }: FitOptions) => {
    const encoding = fitLinearEncoding(vectors, kindsOf(vectors), { weights, extrapolate });
    const design = linearDesign(encoding, vectors);
    return { design, encoding: withMeans(encoding, design, weights) };
  };

  async function crossFit(
    vectors: Vectors,
    labels: Uint8Array,
    folds: Folds,
    fit: FitOptions = {},
  ): Promise<CrossFit> {
    const { design, encoding } = encoded(vectors, fit);
    const solver = new FoldSolver(design, labels, folds, l1Ratio, lambdas, fit);
    const solved = await solver.crossFit();
    const models = solved.map(({ parameters, lambda }) =>
      FittedLogistic.of(encoding, parameters, lambda, l1Ratio),
    );
    return {
      models,
      // As the models compute them, to the last bit; the path sums in another order.
      outOfFoldMargins: outOfFoldMarginsOf(models, vectors, folds),
      summary: `${count(encoding.columnCount, "column")}, ${penaltyRange(solved.map(({ lambda }) => lambda))}`,
    };
  }

  return {
    name: NAME,
    crossFit,
    async fit(vectors, labels, fit = {}) {
      const { design, encoding } = encoded(vectors, fit);
      let chosen = lambdas[0];
      if (lambdas.length > 1) {
        const folds = foldsFor(
          { function: "logisticRegression", argument: "labels" },
          labels,
          5,
          fit.seed ?? 0,
        );
        chosen = await new FoldSolver(design, labels, folds, l1Ratio, lambdas, fit).bestPenalty();
      }
      const allRows = Int32Array.from(labels.keys());
      const parameters = solveLogistic(
        design,
        labels,
        allRows,
        { lambda: chosen, l1Ratio },
        { weights: fit.weights },
      );
      return FittedLogistic.of(encoding, parameters, chosen, l1Ratio);
    },
  };
}

/** `"λ 0.0012"`, or the range of several. */
function penaltyRange(lambdas: readonly number[]): string {
  const ends = [Math.min(...lambdas), Math.max(...lambdas)].map((lambda) => lambda.toPrecision(2));
  return ends[0] === ends[1] ? `λ ${ends[0]}` : `λ ${ends.join(" to ")} a fold`;
}

/** Coefficients followed by the intercept, per fold. */
type FoldParameters = readonly Float64Array[];

/** Whether all coefficients are 0, and the intercept is all there is. */
function isConstant(parameters: Float64Array): boolean {
  return parameters.subarray(0, -1).every((coefficient) => coefficient === 0);
}

/** The solution outside a fold at one penalty. */
interface FoldSolution {
  readonly lambda: number;
  readonly parameters: Float64Array;
}

/** Solutions outside each fold, along falling penalties. */
class FoldSolver {
  private readonly training: readonly Int32Array[];
  private readonly curvature: Curvature | undefined;
  private readonly pulse: Pulse;
  private readonly total: number;

  constructor(
    private readonly design: LinearDesign,
    private readonly labels: Uint8Array,
    private readonly folds: Folds,
    private readonly l1Ratio: number,
    private readonly lambdas: readonly number[],
    private readonly fit: FitOptions,
  ) {
    this.training = Array.from({ length: folds.count }, (_, fold) => rowsOfFold(folds, fold, true));
    const size = design.columnCount + 1;
    const isWorthIt = l1Ratio === 0 && size >= LEAST_FOR_CURVATURE && size <= MOST_FOR_CURVATURE;
    this.curvature = isWorthIt ? new Curvature(size) : undefined;
    this.pulse = new Pulse(fit);
    this.total = (lambdas.length + 1) * folds.count;
  }

  /** For every fold the solution at the penalty that is best on the other folds, to full precision. */
  async crossFit(): Promise<readonly FoldSolution[]> {
    const { lambdas, folds, total } = this;
    const { path, curves } = await this.followPath();
    const choices = choicesOfOthers(curves);
    const tolerance = lambdas.length > 1 ? FINAL_TOLERANCE : 1e-11;
    const solved = [];
    for (let fold = 0; fold < folds.count; fold++) {
      const { steps } = choices[fold];
      const lambda = lambdas[steps];
      this.pulse.report({ phase: NAME, done: lambdas.length * folds.count + fold, total });
      await this.pulse.beat();
      solved.push({ lambda, parameters: this.solveFold(fold, lambda, path[steps][fold], tolerance) });
    }
    this.pulse.report({ phase: NAME, done: total, total });
    return solved;
  }

  /** The penalty with the least held-out log loss over all folds. */
  async bestPenalty(): Promise<number> {
    const { curves } = await this.followPath();
    this.pulse.report({ phase: NAME, done: this.total, total: this.total });
    return this.lambdas[leastOf(curves).steps];
  }

  /**
   * Follows the penalties from strong to weak on all folds at once, until the loss of all rows, and that of the others of
   * each fold, no longer falls; a single one is taken as it is. Under L1 strong penalties keep all coefficients at 0, and
   * the loss is level until they are passed: that is where glmnet begins its path, and scikit-learn measures every penalty.
   */
  private async followPath(): Promise<{ path: FoldParameters[]; curves: HeldOutCurve[] }> {
    const { design, labels, folds, lambdas, fit } = this;
    const weights = weightsOfFolds(folds, fit.weights);
    const heldOut = Array.from(weights, (_, fold) => rowsOfFold(folds, fold));
    const losses: number[][] = heldOut.map(() => []);
    const curves = losses.map((ofFold, fold) => ({ losses: ofFold, weight: weights[fold] }));
    let parameters: FoldParameters = this.training.map(() => new Float64Array(design.columnCount + 1));
    const path: FoldParameters[] = [];
    let constantUntil = 0;
    if (lambdas.length === 1) {
      for (const ofFold of losses) ofFold.push(0);
      return { path: [parameters], curves };
    }
    for (let step = 0; step < lambdas.length; step++) {
      parameters = await this.solve(lambdas[step], parameters, step);
      path.push(parameters);
      const margins = Float64Array.from(folds.of, (fold, row) => marginOfRow(design, row, parameters[fold]));
      heldOut.forEach((rows, fold) => {
        losses[fold].push(meanLogLossOfMargins(margins, labels, rows, fit.weights));
      });
      if (this.l1Ratio > 0 && parameters.some(isConstant)) constantUntil = step;
      const latest = [leastOf(curves), ...choicesOfOthers(curves)].map(({ steps }) => steps);
      if (step - Math.max(constantUntil, ...latest) >= PATIENCE) break;
    }
    return { path, curves };
  }

  private async solve(lambda: number, starts: FoldParameters, step: number): Promise<FoldParameters> {
    const { folds, pulse, total } = this;
    const solved: Float64Array[] = [];
    for (let fold = 0; fold < folds.count; fold++) {
      pulse.report({ phase: NAME, done: step * folds.count + fold, total });
      await pulse.beat();
      solved.push(this.solveFold(fold, lambda, starts[fold], SEARCH_TOLERANCE));
    }
    return solved;
  }

  private solveFold(fold: number, lambda: number, start: Float64Array, tolerance: number): Float64Array {
    const { design, labels, training, l1Ratio, curvature } = this;
    const options = { start, tolerance, weights: this.fit.weights, curvature };
    return solveLogistic(design, labels, training[fold], { lambda, l1Ratio }, options);
  }
}
