import { createRandom, shuffle } from "../../random.js";
import { checkRows } from "../../trees/growing/labels.js";
import type { Folds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { FitOptions } from "../classifier.js";
import { outOfFoldOf } from "../margins.js";
import { rowsOfWeight, takeCounted, takeFolds } from "../rows-of-weight.js";
import { FittedRegression, type RegressionJson } from "./fitted-regression.js";
import type { KeptTrees, TrainingInput } from "./fold-runs.js";
import type { BoostingSettings } from "./options.js";
import type { Regression } from "./regression-contract.js";
import { FOLDS_FOR_ROUNDS, summaryOf } from "./trainer.js";
import { boostAll, crossBoost } from "./training.js";

const NAME = "gradientBoostingRegression";

/** The work behind `gradientBoostingRegression()`. */
export function regressionTrainer(
  name: string,
  settings: BoostingSettings,
  roundsAreGiven: boolean,
): Regression {
  const training = { name, functionName: NAME, settings };
  const objective = settings.objective as RegressionJson["objective"];
  const fittedOf = ({ baseMargin, trees }: KeptTrees) =>
    new FittedRegression({ family: "boosted-regression", objective, baseMargin, trees });
  return {
    name,
    async crossFit(vectors, labels, folds, fit = {}) {
      const rows = rowsOfWeight(fit.weights);
      const input = inputOf(objective, rows, vectors, labels, fit);
      const crossBoosted = await crossBoost(
        training,
        input,
        rows === undefined ? folds : takeFolds(rows, folds),
      );
      const models = crossBoosted.boosted.map(fittedOf);
      return {
        models,
        outOfFoldPredictions: outOfFoldOf(vectors, folds, (fold, heldOut) => models[fold].predict(heldOut)),
        summary: summaryOf(crossBoosted),
      };
    },
    async fit(vectors, labels, fit = {}) {
      const input = inputOf(objective, rowsOfWeight(fit.weights), vectors, labels, fit);
      const folds = roundsAreGiven ? undefined : randomFolds(input.vectors.rowCount, fit.seed ?? 0);
      return fittedOf(await boostAll(training, input, folds));
    },
  };
}

/** Rows of weight 0 are as if absent. @param rows the others; undefined: all. */
function inputOf(
  objective: RegressionJson["objective"],
  rows: Int32Array | undefined,
  vectors: Vectors,
  labels: Float64Array,
  fit: FitOptions,
): TrainingInput {
  if (rows === undefined) return { vectors, labels, fit };
  // Before rows get other numbers.
  checkRows(NAME, objective, vectors.rowCount, labels, fit.weights);
  const { options, ...taken } = takeCounted(rows, vectors, labels, fit);
  return { ...taken, fit: options };
}

function randomFolds(rowCount: number, seed: number): Folds {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  shuffle(rows, createRandom(seed, "folds"));
  const of = new Uint8Array(rowCount);
  rows.forEach((row, place) => {
    of[row] = place % FOLDS_FOR_ROUNDS;
  });
  return { count: FOLDS_FOR_ROUNDS, of };
}
