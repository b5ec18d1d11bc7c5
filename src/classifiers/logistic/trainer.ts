import { count } from "../../errors.js";
import { Pulse } from "../../progress.js";
import { type Folds, foldsFor, rowsOfFold } from "../../vectors/folds.js";
import {
  fitLinearEncoding,
  type LinearDesign,
  linearDesign,
  type TermKind,
} from "../../vectors/linear-design.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { meanLogLossOfMargins, outOfFoldMarginsOf } from "../margins.js";
import { Curvature } from "./curvature.js";
import { FittedLogistic } from "./fitted-logistic.js";
import { marginOfRow } from "./objective.js";
import { solveLogistic } from "./solve.js";

/** Its name in the leaderboard and in progress events. */
const NAME = "logistic";
/** The search along the path ends after this many worse penalties in a row. */
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
 */
export function logisticTrainer(
  lambdas: readonly number[],
  l1Ratio: number,
  kindsOf: (vectors: Vectors) => (feature: string) => TermKind,
): Classifier<FittedLogistic> {
  async function crossFit(
    vectors: Vectors,
    labels: Uint8Array,
    folds: Folds,
    fit: FitOptions = {},
  ): Promise<CrossFit> {
    const encoding = fitLinearEncoding(vectors, kindsOf(vectors));
    const solver = new FoldSolver(linearDesign(encoding, vectors), labels, folds, l1Ratio, lambdas, fit);
    const { lambda, parameters } = await solver.crossFit();
    const models = parameters.map((ofFold) => FittedLogistic.of(encoding, ofFold, lambda, l1Ratio));
    return {
      models,
      // As the models compute them, to the last bit; the path sums in another order.
      outOfFoldMargins: outOfFoldMarginsOf(models, vectors, folds),
      summary: `${count(encoding.columnCount, "column")}, λ ${lambda.toPrecision(2)}`,
    };
  }

  return {
    name: NAME,
    crossFit,
    async fit(vectors, labels, fit = {}) {
      const encoding = fitLinearEncoding(vectors, kindsOf(vectors));
      const design = linearDesign(encoding, vectors);
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

/** Coefficients followed by the intercept, per fold. */
type FoldParameters = readonly Float64Array[];

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

  /** The penalty with the least held-out log loss, and its solutions, to full precision. */
  async crossFit(): Promise<{ lambda: number; parameters: FoldParameters }> {
    const { lambdas, total } = this;
    const { lambda, parameters } = await this.search();
    const tolerance = lambdas.length > 1 ? FINAL_TOLERANCE : 1e-11;
    const solved = await this.solve(lambda, parameters, tolerance, lambdas.length);
    this.pulse.report({ phase: NAME, done: total, total });
    return { lambda, parameters: solved };
  }

  /** That penalty alone. */
  async bestPenalty(): Promise<number> {
    const { lambda } = await this.search();
    this.pulse.report({ phase: NAME, done: this.total, total: this.total });
    return lambda;
  }

  /** Follows the penalties from strong to weak on all folds at once; a single one is taken as it is. */
  private async search(): Promise<{ lambda: number; parameters: FoldParameters }> {
    const { design, labels, folds, lambdas, fit } = this;
    const allRows = Int32Array.from(labels.keys());
    let parameters: FoldParameters = this.training.map(() => new Float64Array(design.columnCount + 1));
    let best = { lambda: lambdas[0], parameters, loss: Number.POSITIVE_INFINITY, step: 0 };
    for (let step = 0; step < lambdas.length && lambdas.length > 1; step++) {
      const lambda = lambdas[step];
      parameters = await this.solve(lambda, parameters, SEARCH_TOLERANCE, step);
      const margins = Float64Array.from(folds.of, (fold, row) => marginOfRow(design, row, parameters[fold]));
      const loss = meanLogLossOfMargins(margins, labels, allRows, fit.weights);
      if (loss < best.loss) best = { lambda, parameters, loss, step };
      else if (step - best.step >= PATIENCE) break;
    }
    return best;
  }

  private async solve(
    lambda: number,
    starts: FoldParameters,
    tolerance: number,
    step: number,
  ): Promise<FoldParameters> {
    const { design, labels, training, folds, l1Ratio, curvature, pulse, total } = this;
    const { weights } = this.fit;
    const solved: Float64Array[] = [];
    for (let fold = 0; fold < folds.count; fold++) {
      pulse.report({ phase: NAME, done: step * folds.count + fold, total });
      await pulse.beat();
      const options = { start: starts[fold], tolerance, weights, curvature };
      solved.push(solveLogistic(design, labels, training[fold], { lambda, l1Ratio }, options));
    }
    return solved;
  }
}
