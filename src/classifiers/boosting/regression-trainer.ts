import { createRandom, shuffle } from "../../random.js";
import type { Folds } from "../../vectors/folds.js";
import { outOfFoldOf } from "../margins.js";
import { FittedRegression, type RegressionJson } from "./fitted-regression.js";
import type { KeptTrees } from "./fold-runs.js";
import type { BoostingSettings } from "./options.js";
import type { Regression } from "./regression-contract.js";
import { FOLDS_FOR_ROUNDS, summaryOf } from "./trainer.js";
import { boostAll, crossBoost } from "./training.js";

/** The work behind `gradientBoostingRegression()`. */
export function regressionTrainer(
  name: string,
  settings: BoostingSettings,
  roundsAreGiven: boolean,
): Regression {
  const training = { name, functionName: "gradientBoostingRegression", settings };
  const objective = settings.objective as RegressionJson["objective"];
  const fittedOf = ({ baseMargin, trees }: KeptTrees) =>
    new FittedRegression({ family: "boosted-regression", objective, baseMargin, trees });
  return {
    name,
    async crossFit(vectors, labels, folds, fit = {}) {
      const crossBoosted = await crossBoost(training, { vectors, labels, fit }, folds);
      const models = crossBoosted.boosted.map(fittedOf);
      return {
        models,
        outOfFoldPredictions: outOfFoldOf(vectors, folds, (fold, heldOut) => models[fold].predict(heldOut)),
        summary: summaryOf(crossBoosted),
      };
    },
    async fit(vectors, labels, fit = {}) {
      const folds = roundsAreGiven ? undefined : randomFolds(vectors.rowCount, fit.seed ?? 0);
      return fittedOf(await boostAll(training, { vectors, labels, fit }, folds));
    },
  };
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
