import type { TrainingChunks } from "../../trees/binning/training-chunks.js";
import { foldsFor } from "../../vectors/folds.js";
import type { Classifier, FitOptions } from "../classifier.js";
import { countRange } from "../count-range.js";
import { outOfFoldMarginsOf } from "../margins.js";
import { FittedBoosting } from "./fitted-boosting.js";
import type { KeptTrees } from "./fold-runs.js";
import type { BoostingSettings } from "./options.js";
import { boostAll, boostChunks, type CrossBoosted, crossBoost } from "./training.js";

/** Folds that determine the number of trees of `fit` when it is not given. */
export const FOLDS_FOR_ROUNDS = 5;

/** The work behind `gradientBoosting()`. @param roundsAreGiven whether `fit` makes exactly `settings.rounds` trees. */
export function boostingTrainer(
  name: string,
  settings: BoostingSettings,
  roundsAreGiven: boolean,
): Classifier<FittedBoosting> {
  const training = { name, functionName: "gradientBoosting", settings };
  return {
    name,
    async crossFit(vectors, labels, folds, fit = {}) {
      const crossBoosted = await crossBoost(training, { vectors, labels, fit }, folds);
      const models = crossBoosted.boosted.map(fittedOf);
      const outOfFoldMargins = outOfFoldMarginsOf(models, vectors, folds);
      return { models, outOfFoldMargins, summary: summaryOf(crossBoosted) };
    },
    async fit(vectors, labels, fit = {}) {
      const folds = roundsAreGiven
        ? undefined
        : foldsFor(
            { function: "gradientBoosting", argument: "labels" },
            labels,
            FOLDS_FOR_ROUNDS,
            fit.seed ?? 0,
          );
      return fittedOf(await boostAll(training, { vectors, labels, fit }, folds));
    },
  };
}

export function summaryOf({ boosted, manyLevels }: CrossBoosted): string {
  const counts = boosted.map(({ trees }) => trees.length);
  const trees = `${countRange(counts, "tree")} a fold`;
  return manyLevels === "statistics" ? `${trees}, statistics of categories` : trees;
}

function fittedOf({ baseMargin, trees }: KeptTrees): FittedBoosting {
  return new FittedBoosting({ family: "boosting", baseMargin, trees });
}

/** The work behind `gradientBoostingFromChunks()`. */
export async function chunkTrainer(
  settings: BoostingSettings,
  source: TrainingChunks,
  fit: FitOptions,
): Promise<FittedBoosting> {
  const name = `boosting, ${settings.maxLeaves} leaves`;
  return fittedOf(
    await boostChunks({ name, functionName: "gradientBoostingFromChunks", settings }, source, fit),
  );
}
