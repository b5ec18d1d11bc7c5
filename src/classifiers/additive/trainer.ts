import { count, invalidArgument } from "../../errors.js";
import { Pulse } from "../../progress.js";
import { type Folds, foldsFor, rowsOfFold } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import { checkTrainingRows } from "../check-rows.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { countRange } from "../count-range.js";
import type { FittedAdditive } from "./fitted-additive.js";
import type { AdditiveSettings } from "./options.js";
import { AdditiveRun, type AdditiveRunResult } from "./run.js";
import { prepareTerms } from "./terms.js";

const NAME = "additive";
/** Folds that determine the number of rounds of `fit` when it is not given. */
const FOLDS_FOR_ROUNDS = 5;

/** The work behind `additiveModel()`. */
export function additiveTrainer(
  settings: AdditiveSettings,
  roundsAreGiven: boolean,
): Classifier<FittedAdditive> {
  async function crossFitRuns(vectors: Vectors, labels: Uint8Array, folds: Folds, fit: FitOptions) {
    checkTrainingRows("additiveModel", vectors.rowCount, labels, fit.weights);
    const prepared = prepareTerms(vectors, settings);
    const pulse = new Pulse(fit);
    const total = 2 * settings.rounds * folds.count;
    const outOfFoldMargins = new Float64Array(vectors.rowCount);
    const results: AdditiveRunResult[] = [];
    for (let fold = 0; fold < folds.count; fold++) {
      const heldOut = rowsOfFold(folds, fold);
      const run = new AdditiveRun(
        prepared,
        settings,
        labels,
        fit.weights,
        rowsOfFold(folds, fold, true),
        heldOut,
      );
      const result = await run.train(pulse, (round, detail) => {
        const done = fold * 2 * settings.rounds + round;
        pulse.report({ phase: NAME, done, total, detail: `fold ${fold + 1} of ${folds.count}, ${detail}` });
      });
      heldOut.forEach((row, i) => {
        outOfFoldMargins[row] = result.heldOutMargins[i];
      });
      results.push(result);
    }
    pulse.report({ phase: NAME, done: total, total });
    return { results, outOfFoldMargins, prepared };
  }

  return {
    name: NAME,
    async crossFit(vectors, labels, folds, fit = {}): Promise<CrossFit> {
      const { results, outOfFoldMargins } = await crossFitRuns(vectors, labels, folds, fit);
      const rounds = results.map((result) => result.rounds);
      const pairs = new Set(results.flatMap((result) => result.pairNames));
      const summary = `${countRange(rounds, "round")} a fold, ${count(pairs.size, "pair")}`;
      return { models: results.map(({ model }) => model), outOfFoldMargins, summary };
    },
    async fit(vectors, labels, fit = {}): Promise<FittedAdditive> {
      let { rounds } = settings;
      let pairRounds = settings.pairs > 0 ? settings.rounds : 0;
      if (!roundsAreGiven) {
        const folds = foldsFor(
          { function: "additiveModel", argument: "labels" },
          labels,
          FOLDS_FOR_ROUNDS,
          fit.seed ?? 0,
        );
        const { results } = await crossFitRuns(vectors, labels, folds, fit);
        const mean = (of: (result: AdditiveRunResult) => number) =>
          Math.round(results.reduce((sum, result) => sum + of(result), 0) / results.length);
        rounds = mean((result) => result.rounds);
        pairRounds = mean((result) => result.pairRounds);
      }
      checkTrainingRows("additiveModel", vectors.rowCount, labels, fit.weights);
      if (!labels.includes(1) || !labels.includes(0))
        invalidArgument("additiveModel", "labels", "must hold both classes", labels[0]);
      const all = Int32Array.from(labels.keys());
      const exact = { ...settings, rounds };
      const prepared = prepareTerms(vectors, exact);
      const run = new AdditiveRun(prepared, exact, labels, fit.weights, all, new Int32Array(0), pairRounds);
      const phase = `${NAME}, all rows`;
      const pulse = new Pulse(fit);
      const total = Math.max(1, rounds + pairRounds);
      const { model } = await run.train(pulse, (round) =>
        pulse.report({ phase, done: Math.min(round, total), total }),
      );
      pulse.report({ phase, done: total, total });
      return model;
    },
  };
}
