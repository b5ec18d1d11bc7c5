import { Pulse } from "../../progress.js";
import { type Folds, rowsOfFold, stratifiedFolds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { type BinnedMatrix, binVectors } from "./binning.js";
import { type Boosted, type BoostingRun, boost } from "./boost.js";
import { FittedBoosting } from "./fitted-boosting.js";
import type { BoostingSettings } from "./options.js";

const NO_ROWS = new Int32Array(0);
/** Folds that say how many trees `fit` should make when it is not told. */
const FOLDS_FOR_ROUNDS = 5;

/** The work behind `gradientBoosting()`. @param roundsAreGiven whether `fit` makes exactly `settings.rounds` trees. */
export function boostingTrainer(
  name: string,
  settings: BoostingSettings,
  roundsAreGiven: boolean,
): Classifier {
  async function crossFitBinned(matrix: BinnedMatrix, labels: Uint8Array, folds: Folds, fit: FitOptions) {
    const pulse = new Pulse(fit);
    const total = settings.rounds * folds.count;
    const boosted: Boosted[] = [];
    for (let fold = 0; fold < folds.count; fold++) {
      const run: BoostingRun = {
        matrix,
        labels,
        trainingRows: rowsOfFold(folds, fold, true),
        heldOutRows: rowsOfFold(folds, fold),
        settings,
        seed: fit.seed ?? 0,
        run: fold,
      };
      boosted.push(
        await boost(run, pulse, (round) => {
          const detail = `fold ${fold + 1} of ${folds.count}, ${round} trees`;
          pulse.report({ phase: name, done: fold * settings.rounds + round, total, detail });
        }),
      );
    }
    pulse.report({ phase: name, done: total, total });
    return boosted;
  }

  return {
    name,
    async crossFit(
      vectors: Vectors,
      labels: Uint8Array,
      folds: Folds,
      fit: FitOptions = {},
    ): Promise<CrossFit> {
      const boosted = await crossFitBinned(binVectors(vectors), labels, folds, fit);
      const outOfFoldMargins = new Float64Array(vectors.rowCount);
      boosted.forEach(({ heldOutMargins }, fold) => {
        rowsOfFold(folds, fold).forEach((row, i) => {
          outOfFoldMargins[row] = heldOutMargins[i];
        });
      });
      const counts = boosted.map(({ trees }) => trees.length);
      return {
        models: boosted.map(fittedOf),
        outOfFoldMargins,
        summary: `${Math.min(...counts)} to ${Math.max(...counts)} trees a fold`,
      };
    },

    async fit(vectors, labels, fit = {}) {
      const matrix = binVectors(vectors);
      let { rounds } = settings;
      if (!roundsAreGiven) {
        const boosted = await crossFitBinned(
          matrix,
          labels,
          stratifiedFolds(labels, FOLDS_FOR_ROUNDS, fit.seed ?? 0),
          fit,
        );
        rounds = Math.max(
          1,
          Math.round(boosted.reduce((sum, { trees }) => sum + trees.length, 0) / boosted.length),
        );
      }
      const pulse = new Pulse(fit);
      const run: BoostingRun = {
        matrix,
        labels,
        trainingRows: Int32Array.from(labels.keys()),
        heldOutRows: NO_ROWS,
        settings: { ...settings, rounds },
        seed: fit.seed ?? 0,
        run: -1,
      };
      const boosted = await boost(run, pulse, (round) =>
        pulse.report({ phase: `${name}, all rows`, done: round, total: rounds }),
      );
      pulse.report({ phase: `${name}, all rows`, done: rounds, total: rounds });
      return fittedOf(boosted);
    },
  };
}

function fittedOf({ baseMargin, trees }: Boosted): FittedBoosting {
  return new FittedBoosting({ family: "boosting", baseMargin, trees });
}
