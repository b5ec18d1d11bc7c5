import { Pulse } from "../../progress.js";
import { type Folds, rowsOfFold, stratifiedFolds } from "../../vectors/folds.js";
import {
  fitLinearEncoding,
  type LinearDesign,
  linearDesign,
  type TermKind,
} from "../../vectors/linear-design.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { meanLogLossOfMargins } from "../margins.js";
import { Curvature } from "./curvature.js";
import { FittedLogistic } from "./fitted-logistic.js";
import { marginOfRow } from "./objective.js";
import { solveLogistic } from "./solve.js";

/** How the leaderboard and the progress call it. */
const NAME = "logistic";
/** Along the path, this many worse penalties in a row end the search. */
const PATIENCE = 2;
/** Enough to tell which penalty is best; what is kept is then solved to the end. */
const SEARCH_TOLERANCE = 2e-5;
const FINAL_TOLERANCE = 1e-9;
/** Parameters from which on a Hessian for every fold and penalty takes longer than products with it, and to which it fits. */
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
    const path = await searchPath(linearDesign(encoding, vectors), labels, folds, lambdas, l1Ratio, fit);
    const models = path.parameters.map((parameters) =>
      FittedLogistic.of(encoding, parameters, path.lambda, l1Ratio),
    );
    // As the models give them, to the last bit; the path sums in another order.
    const margins = models.map((model) => model.margin(vectors));
    return {
      models,
      outOfFoldMargins: Float64Array.from(folds.of, (fold, row) => margins[fold][row]),
      summary: `${encoding.columnCount} columns, λ ${path.lambda.toPrecision(2)}`,
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
        const folds = stratifiedFolds(labels, 5, fit.seed ?? 0);
        chosen = (await searchPath(design, labels, folds, lambdas, l1Ratio, fit)).lambda;
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

interface Path {
  lambda: number;
  /** Per fold: coefficients followed by the intercept. */
  parameters: Float64Array[];
}

/** Follows the penalties from strong to weak on all folds at once; keeps the one with the least held-out log loss. */
async function searchPath(
  design: LinearDesign,
  labels: Uint8Array,
  folds: Folds,
  lambdas: readonly number[],
  l1Ratio: number,
  fit: FitOptions,
): Promise<Path> {
  const { weights } = fit;
  const pulse = new Pulse(fit);
  const training = Array.from({ length: folds.count }, (_, fold) => rowsOfFold(folds, fold, true));
  const allRows = Int32Array.from(labels.keys());
  const total = (lambdas.length + 1) * folds.count;
  const size = design.columnCount + 1;
  const curvature =
    l1Ratio === 0 && size >= LEAST_FOR_CURVATURE && size <= MOST_FOR_CURVATURE
      ? new Curvature(size)
      : undefined;
  const solveAll = async (lambda: number, starts: Float64Array[], tolerance: number, done: number) => {
    const solved: Float64Array[] = [];
    for (let fold = 0; fold < folds.count; fold++) {
      pulse.report({ phase: NAME, done: done + fold, total });
      await pulse.beat();
      const options = { start: starts[fold], tolerance, weights, curvature };
      solved.push(solveLogistic(design, labels, training[fold], { lambda, l1Ratio }, options));
    }
    return solved;
  };
  let parameters: Float64Array[] = training.map(() => new Float64Array(size));
  let best = { lambda: lambdas[0], parameters, loss: Number.POSITIVE_INFINITY, step: 0 };
  for (let step = 0; step < lambdas.length && lambdas.length > 1; step++) {
    const lambda = lambdas[step];
    parameters = await solveAll(lambda, parameters, SEARCH_TOLERANCE, step * folds.count);
    const margins = Float64Array.from(folds.of, (fold, row) => marginOfRow(design, row, parameters[fold]));
    const loss = meanLogLossOfMargins(margins, labels, allRows, weights);
    if (loss < best.loss) best = { lambda, parameters, loss, step };
    else if (step - best.step >= PATIENCE) break;
  }
  const tolerance = lambdas.length > 1 ? FINAL_TOLERANCE : 1e-11;
  const solved = await solveAll(best.lambda, best.parameters, tolerance, lambdas.length * folds.count);
  pulse.report({ phase: NAME, done: total, total });
  return { lambda: best.lambda, parameters: solved };
}
