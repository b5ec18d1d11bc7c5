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
import { FittedLogistic } from "./fitted-logistic.js";
import { marginOfRow } from "./objective.js";
import { solveLogistic } from "./solve.js";

/** How the leaderboard and the progress call it. */
const NAME = "logistic";
/** Along the path, this many worse penalties in a row end the search. */
const PATIENCE = 3;
const PATH_TOLERANCE = 1e-7;

/**
 * The work behind `logisticRegression()`.
 * @param lambdas the penalties to choose from, falling; a single one is taken as it is.
 */
export function logisticTrainer(
  lambdas: readonly number[],
  l1Ratio: number,
  kindOf: (feature: string) => TermKind,
): Classifier {
  async function crossFit(
    vectors: Vectors,
    labels: Uint8Array,
    folds: Folds,
    fit: FitOptions = {},
  ): Promise<CrossFit> {
    const encoding = fitLinearEncoding(vectors, kindOf);
    const path = await searchPath(linearDesign(encoding, vectors), labels, folds, lambdas, l1Ratio, fit);
    return {
      models: path.parameters.map((parameters) =>
        FittedLogistic.of(encoding, parameters, path.lambda, l1Ratio),
      ),
      outOfFoldMargins: path.margins,
      summary: `${encoding.columnCount} columns, λ ${path.lambda.toPrecision(2)}`,
    };
  }

  return {
    name: NAME,
    crossFit,
    async fit(vectors, labels, fit = {}) {
      const encoding = fitLinearEncoding(vectors, kindOf);
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
  margins: Float64Array;
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
  const tolerance = lambdas.length > 1 ? PATH_TOLERANCE : 1e-11;
  const allRows = Int32Array.from(labels.keys());
  const total = lambdas.length * folds.count;
  let parameters: Float64Array[] = training.map(() => new Float64Array(design.columnCount + 1));
  let best: (Path & { loss: number; step: number }) | undefined;
  for (let step = 0; step < lambdas.length; step++) {
    const lambda = lambdas[step];
    const next: Float64Array[] = [];
    for (let fold = 0; fold < folds.count; fold++) {
      pulse.report({ phase: NAME, done: step * folds.count + fold, total });
      await pulse.beat();
      next.push(
        solveLogistic(
          design,
          labels,
          training[fold],
          { lambda, l1Ratio },
          { start: parameters[fold], tolerance, weights },
        ),
      );
    }
    parameters = next;
    const margins = Float64Array.from(folds.of, (fold, row) => marginOfRow(design, row, parameters[fold]));
    const loss = meanLogLossOfMargins(margins, labels, allRows, weights);
    if (best === undefined || loss < best.loss) best = { lambda, parameters, margins, loss, step };
    else if (step - best.step >= PATIENCE) break;
  }
  pulse.report({ phase: NAME, done: total, total });
  return best as Path;
}
